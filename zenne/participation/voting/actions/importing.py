"""A vote that was held elsewhere, brought here from a public file: sealed at once, so that it is counted and checked like our own."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.core.languages import LANGUAGES, attribute, in_every_language
from zenne.participation.processes import actions as processes
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from .. import counting, queries
from ..enums import Channel
from ..importing import Plan
from ..models import Option, SealedBallot, Vote, VoteKey, Voter
from ..rules import gaps, may_manage

STEP = 5_000
NONCE_BYTES = 16


@transaction.atomic
def import_election(process: Process, plan: Plan, *, by: Person, now: datetime) -> Vote:
    """A phase and a vote with the dates, options and ballots of the file, all or nothing. Nobody is on its voter list but as a number.

    The box is sealed from the start: ballots get random nonces and stand in the order of their fingerprints, as ours do.
    """
    require(may_manage(by, process.organisation))
    if process.state == ProcessState.DRAFT:
        raise Conflict(_("Publish the process first: the rule of a vote is frozen in public."))
    here = Vote.objects.filter(activity__phase__process=process, imported__sha256=plan.imported["sha256"])
    if before := here.filter(annulled_at=None).first():
        raise Conflict(
            _("This file was imported before: it is vote %(number)d of this process.") % {"number": before.pk}
        )
    title = dict.fromkeys(LANGUAGES, plan.title)
    intro = in_every_language(
        lambda: (
            _("This vote was held elsewhere. It was imported from the file %(file)s and counted again here.")
            % {"file": plan.imported["file"]}
        )
    )
    window = {"opens_at": plan.opens_at, "closes_at": plan.closes_at}
    phase = processes.add_phase(process, values={**_said("title", title), **window}, by=by, now=now)
    words = {**_said("title", title), **_said("intro", intro)}
    activity = processes.add_activity(phase, kind="vote", values=words, by=by, now=now)
    vote = queries.votes().get(pk=activity.pk)
    for name, value in plan.settings.items():
        setattr(vote, name, value)
    vote.imported = plan.imported
    vote.save()
    for number, project in enumerate(plan.projects, start=1):
        option = Option(vote=vote, number=number, cost_cents=project.cost_cents)
        for field, text in (("title", project.title), ("summary", project.summary)):
            for name, value in _said(field, dict.fromkeys(LANGUAGES, text)).items():
                setattr(option, name, value)
        option.save()
    if missing := gaps(vote):
        raise Conflict(_("The file makes no vote. Missing: %(names)s.") % {"names": ", ".join(missing)})
    processes.ensure_frozen(vote.activity, now=now)
    _fill(vote, plan)
    VoteKey.objects.filter(vote=vote).delete()
    leaves = queries.leaves_of(vote, paper=False)
    vote.sealed_at, vote.root, vote.size = now, counting.root(leaves), len(leaves)
    vote.save(update_fields=["sealed_at", "root", "size"])
    details: dict[str, object] = {"file": plan.imported["file"], "root": vote.root, "size": vote.size}
    record("vote.imported", by=by, now=now, about=activity, organisation=process.organisation, details=details)
    return vote


def _fill(vote: Vote, plan: Plan) -> None:
    sealed = [_sealed(vote, content, channel) for content, channel in plan.ballots()]
    sealed.sort(key=lambda ballot: ballot.leaf)
    SealedBallot.objects.bulk_create(sealed, batch_size=STEP)
    lines = sorted((secrets.token_hex(32), ballot.channel) for ballot in sealed)
    Voter.objects.bulk_create(
        (Voter(vote=vote, mark=mark, channel=channel) for mark, channel in lines), batch_size=STEP
    )


def _sealed(vote: Vote, content: dict[str, object], channel: Channel) -> SealedBallot:
    nonce = secrets.token_hex(NONCE_BYTES)
    leaf = counting.leaf(content, channel=channel, district=None, nonce=nonce)
    return SealedBallot(leaf=leaf, vote=vote, channel=channel, content=content, nonce=nonce)


def _said(field: str, words: dict[str, str]) -> dict[str, str]:
    return {attribute(field, language): text for language, text in words.items()}
