"""A batch of paper ballots, from the printer to the minutes. Handing out: `counter.py`; reading the sheets: `reading.py`."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES
from zenne.participation.processes.enums import WindowState
from zenne.participation.processes.kinds import kinds
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from .. import counting, queries
from ..enums import BATCH_TRANSITIONS, BatchState
from ..errors import NotReady
from ..models import District, PaperBatch, Vote
from ..rules import is_ready, may_manage, may_serve
from .setting import WHILE_OPEN, Words

MOST = 20_000


def ballot_digest(vote: Vote) -> str:
    """The fingerprint of what a ballot of this vote says: its rule, without what may still change while it is open."""
    kind = kinds.get("vote")
    assert kind is not None
    rule = {name: value for name, value in kind.rule(vote.activity).items() if name not in WHILE_OPEN}
    return hashlib.sha256(counting.canonical(rule)).hexdigest()


def print_batch(
    vote: Vote, *, language: str, district: District | None = None, printed: int, by: Person, now: datetime
) -> PaperBatch:
    """A new batch with the next number. The sheets are all alike: the batch has a number, a sheet has none. Raises NotReady, Invalid."""
    organisation = vote.process.organisation
    require(may_manage(by, organisation))
    with transaction.atomic():
        vote = Vote.objects.select_for_update(of=("self",)).select_related("activity__phase__process").get(pk=vote.pk)
        if not is_ready(vote):
            raise NotReady()
        if vote.sealed_at or vote.annulled_at or vote.activity.state(now) == WindowState.CLOSED:
            raise Conflict(_("The vote is over: no more ballots are handed out."))
        if language not in organisation.languages:
            raise Invalid(_("Choose one of the languages of the organisation."))
        if vote.splits_voters != (district is not None) or (district and district.vote_id != vote.pk):
            raise Invalid(_("Choose the group of options whose ballot is printed."))
        if not 1 <= printed <= MOST:
            raise Invalid(_("A batch has 1 to %(most)d sheets.") % {"most": MOST})
        last = vote.batches.aggregate(Max("number"))["number__max"] or 0
        batch = PaperBatch.objects.create(
            vote=vote,
            number=last + 1,
            language=language,
            district=district,
            printed=printed,
            ballot_digest=ballot_digest(vote),
            made_by=by,
            made_at=now,
        )
        told(batch, "paper.batch_printed", by, now, printed=printed, language=language)
    return batch


def scrap_batch(batch: PaperBatch, *, by: Person, now: datetime) -> PaperBatch:
    """A batch that never reached a counter is destroyed. Its number stays: sheets with it may still turn up."""
    with held(batch, by=by, manager=True) as batch:
        _move(batch, BatchState.SCRAPPED)
        told(batch, "paper.batch_scrapped", by, now)
    return batch


def bring_to_counter(batch: PaperBatch, *, by: Person, now: datetime) -> PaperBatch:
    """From now on its ballots can be handed out. Refused when the ballot changed after it was printed."""
    with held(batch, by=by) as batch:
        if batch.ballot_digest != ballot_digest(batch.vote):
            raise Conflict(_("The ballot changed after this batch was printed: destroy it and print a new one."))
        _move(batch, BatchState.OUT)
        told(batch, "paper.batch_out", by, now)
    return batch


def take_in(batch: PaperBatch, *, returned: int, by: Person, now: datetime) -> PaperBatch:
    """The vote is over, the box was emptied and its sheets were counted by hand. Counting them again corrects it. Raises Conflict, Invalid."""
    with held(batch, by=by) as batch:
        if not queries.has_ended(batch.vote, now):
            raise Conflict(_("Boxes are opened when the vote is over, not before: until then nobody sees a ballot."))
        if batch.state not in (BatchState.OUT, BatchState.RETURNED, BatchState.KEYED):
            raise Conflict(_("This batch is %(state)s.") % {"state": batch.get_state_display().lower()})
        read = batch.entries.aggregate(Max("position"))["position__max"] or 0
        if returned < read:
            raise Invalid(_("%(count)d sheets are keyed in already.") % {"count": read})
        if returned > batch.printed:
            raise Invalid(_("Only %(count)d were printed.") % {"count": batch.printed})
        batch.returned, batch.missing = returned, max(batch.issued - returned, 0)
        batch.state = BatchState.KEYED if queries.is_read(batch) else BatchState.RETURNED
        batch.save(update_fields=["returned", "missing", "state"])
        told(batch, "paper.returned", by, now, returned=returned, issued=batch.issued)
    return batch


def explain(batch: PaperBatch, *, remark: Words, by: Person, now: datetime) -> PaperBatch:
    """Say in the minutes why the numbers differ, or what else happened with this batch: in every language of the organisation, or nothing. Raises Invalid."""
    with held(batch, by=by) as batch:
        if batch.state == BatchState.SETTLED:
            raise Conflict(_("This batch is reconciled: it no longer changes."))
        said = {language: text for language in LANGUAGES if (text := remark.get(language, "").strip()[:1000])}
        if said and not set(batch.vote.process.organisation.languages) <= set(said):
            raise Invalid(
                _("Write the remark in every language that your organisation promises: everyone can read it.")
            )
        batch.remark = said
        batch.save(update_fields=["remark"])
        told(batch, "paper.explained", by, now)
    return batch


def _move(batch: PaperBatch, to: BatchState) -> None:
    if to not in BATCH_TRANSITIONS[BatchState(batch.state)]:
        raise Conflict(_("This batch is %(state)s.") % {"state": batch.get_state_display().lower()})
    batch.state = to
    batch.save(update_fields=["state"])


@contextmanager
def held(batch: PaperBatch, *, by: Person, manager: bool = False) -> Iterator[PaperBatch]:
    """The batch, held until the end of the transaction, for somebody who may handle it."""
    with transaction.atomic():
        found = PaperBatch.objects.select_for_update(of=("self",))
        batch = found.select_related("vote__activity__phase__process__organisation", "district").get(pk=batch.pk)
        organisation = batch.vote.process.organisation
        require(may_manage(by, organisation) if manager else may_serve(by, organisation))
        if batch.vote.annulled_at:
            raise Conflict(_("This vote was annulled."))
        yield batch


def told(batch: PaperBatch, event: str, by: Person, now: datetime, **details: Any) -> None:
    """Into the history of the vote: which batch, and never who stood at the counter."""
    organisation = batch.vote.process.organisation
    facts = {"batch": batch.number, **details}
    record(event, by=by, now=now, about=batch.vote.activity, organisation=organisation, details=facts)
