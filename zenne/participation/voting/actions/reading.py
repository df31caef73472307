"""The sheets of a batch are read twice by different people; a third settles what they read differently; then they join the box."""

import secrets
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.people.accounts.models import Person

from .. import counting, filling, keying, marks, queries
from ..enums import BatchState, Channel
from ..keying import Reading
from ..models import PaperBatch, PaperEntry, SealedBallot
from .paper import held, told

FIRST, SECOND, THIRD = 1, 2, 3


def key_sheet(batch: PaperBatch, *, reading: int, position: int, line: str, by: Person, now: datetime) -> PaperEntry:
    """Key in one sheet, or correct what one keyed in oneself. `position` is its place in the pile, from 1.

    Raises Invalid for a line that no sheet can say, Conflict for another's turn.
    """
    with held(batch, by=by) as batch:
        _is_on_the_table(batch)
        if reading not in (FIRST, SECOND):
            raise Conflict(_("A sheet is keyed in twice."))
        others = batch.entries.filter(round=SECOND if reading == FIRST else FIRST, keyed_by=by)
        if others.exists():
            raise Conflict(_("You did the other reading of this batch: this one is for somebody else."))
        last = batch.entries.filter(round=reading).count()
        if not 1 <= position <= min(last + 1, batch.returned or 0):
            raise Conflict(_("Somebody else has keyed this sheet in the meantime, or all sheets are in."))
        before = batch.entries.filter(round=reading, position=position).first()
        if before is not None and before.keyed_by_id != by.pk:
            raise Conflict(_("Somebody else keyed this sheet in: only they correct it."))
        entry = before or PaperEntry(batch=batch, round=reading, position=position)
        _write(entry, _read(batch, line), by, now)
        batch.entries.filter(position=position, round=THIRD).delete()
        _see_whether_done(batch)
    return entry


def settle_sheet(batch: PaperBatch, *, position: int, line: str, by: Person, now: datetime) -> PaperEntry:
    """The third reading of a sheet that was read in two ways, by somebody who did neither of them."""
    with held(batch, by=by) as batch:
        _is_on_the_table(batch)
        if not queries.differing(batch).filter(position=position).exists():
            raise Conflict(_("Nothing is left to settle on this sheet."))
        if batch.entries.filter(position=position, keyed_by=by, round__lt=THIRD).exists():
            raise Conflict(_("You read this sheet before: somebody else settles it."))
        entry = PaperEntry(batch=batch, round=THIRD, position=position)
        _write(entry, _read(batch, line), by, now)
        told(batch, "paper.sheet_settled", by, now, sheet=position)
        _see_whether_done(batch)
    return entry


def begin_again(batch: PaperBatch, *, reading: int, reason: str, by: Person, now: datetime) -> None:
    """Drop a whole reading, for instance when the pile fell: with a reason in the history. What was settled by it is dropped as well."""
    with held(batch, by=by, manager=True) as batch:
        _is_on_the_table(batch)
        if not reason.strip():
            raise Conflict(_("Say why the reading begins again."))
        dropped, _kinds = batch.entries.filter(Q(round=reading) | Q(round=THIRD)).delete()
        if batch.state == BatchState.KEYED:
            batch.state = BatchState.RETURNED
            batch.save(update_fields=["state"])
        told(batch, "paper.reading_begun_again", by, now, reading=reading, dropped=dropped, reason=reason.strip()[:500])


def settle(batch: PaperBatch, *, by: Person, now: datetime) -> int:
    """Reconcile a batch and put its ballots into the sealed box, in the order of their leaves; how many there were.

    Raises Conflict while the box is not sealed, a sheet is not settled or a difference is not explained.
    """
    with held(batch, by=by, manager=True) as batch:
        vote = batch.vote
        if vote.sealed_at is None:
            raise Conflict(_("The box of this vote is not sealed yet. It happens within minutes of closing."))
        if queries.published_result(vote) is not None:
            raise Conflict(_("The result of this vote is public: no ballot can be added any more."))
        if batch.state != BatchState.KEYED:
            raise Conflict(
                _("Every sheet is read twice, and what was read differently is settled, before a batch is reconciled.")
            )
        if batch.issued != batch.returned and not batch.remark:
            raise Conflict(_("The numbers differ: explain it for the minutes first."))
        ballots = [_ballot(batch, entry) for entry in queries.readings(batch)]
        SealedBallot.objects.bulk_create(sorted(ballots, key=lambda ballot: ballot.leaf), batch_size=1000)
        batch.state, batch.settled_by, batch.settled_at = BatchState.SETTLED, by, now
        batch.save(update_fields=["state", "settled_by", "settled_at"])
        void = sum(1 for ballot in ballots if "invalid" in ballot.content)
        told(
            batch,
            "paper.settled",
            by,
            now,
            issued=batch.issued,
            keyed=len(ballots) - void,
            void=void,
            missing=batch.missing,
        )
    return len(ballots)


def _ballot(batch: PaperBatch, entry: PaperEntry) -> SealedBallot:
    content = entry.content or {"kind": batch.vote.method, "invalid": entry.void}
    district, nonce = counting.name_of(batch.district), secrets.token_hex(marks.NONCE_BYTES)
    leaf = counting.leaf(content, channel=Channel.PAPER, district=district, nonce=nonce)
    return SealedBallot(
        leaf=leaf, vote=batch.vote, channel=Channel.PAPER, district=district or "", content=content, nonce=nonce
    )


def _is_on_the_table(batch: PaperBatch) -> None:
    if batch.state not in (BatchState.RETURNED, BatchState.KEYED):
        raise Conflict(_("This batch is not being keyed in."))


def _read(batch: PaperBatch, line: str) -> Reading:
    vote = batch.vote
    offered = filling.offered(vote, queries.options_of(vote), batch.district)
    return keying.read(vote, line, offered, queries.districts_of(vote), batch.district)


def _write(entry: PaperEntry, read: Reading, by: Person, now: datetime) -> None:
    entry.content = dict(read.content) if read.content is not None else None
    entry.void, entry.line, entry.keyed_by, entry.keyed_at = read.void, read.line, by, now
    entry.save()


def _see_whether_done(batch: PaperBatch) -> None:
    state = BatchState.KEYED if queries.is_read(batch) else BatchState.RETURNED
    if batch.state != state:
        batch.state = state
        batch.save(update_fields=["state"])
