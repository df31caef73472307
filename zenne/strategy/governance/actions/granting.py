"""Money that is asked for: calls, the projects that fit them, and what a dossier still needs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import say
from zenne.core.whole import require_whole
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.strategy.portfolio import actions as portfolio
from zenne.strategy.portfolio.models import Project

from .. import notifications
from ..enums import OPEN, MatchState
from ..models import Call, Match, Piece
from ..rules import may_move_match, may_write
from .way import Words, note, own, require_reason, require_said

MOST_PIECES = 60


@transaction.atomic
def save_call(*, call: Call, by: Person | None, now: datetime) -> Call:
    """Write a call down, or write it again."""
    require(may_write(by, call.organisation))
    if call.team is not None:
        own(call.team.organisation_id, call.organisation)
    event = "grant_call.changed" if call.pk else "grant_call.entered"
    if call.pk is None:
        call.created_at = now
    require_said(call, "title", _("Give the call a title."))
    require_whole(call)
    call.save()
    note(event, call, by, now, call.organisation, due_on=call.due_on.isoformat())
    return call


@transaction.atomic
def match_project(
    call: Call,
    project: Project,
    *,
    owner: Person | None = None,
    asked_cents: int | None = None,
    note_text: str = "",
    by: Person | None,
    now: datetime,
) -> Match:
    """A project that fits a call: its dossier begins with the pieces that the call asks for."""
    call = Call.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=call.pk)
    require(may_write(by, call.organisation))
    own(project.plan.organisation_id, call.organisation)
    if not call.open(in_brussels(now).date()):
        require(Refused(Reason.CLOSED))
    if call.matches.filter(project=project).exists():
        raise Conflict(_("This project is matched with this call already."))
    made = Match(call=call, project=project, owner=owner, asked_cents=asked_cents, note=note_text, changed_at=now)
    require_whole(made)
    made.save()
    wanted = [line.strip()[:200] for line in call.dossier.splitlines() if line.strip()][:MOST_PIECES]
    Piece.objects.bulk_create(Piece(match=made, position=n, title=title) for n, title in enumerate(wanted, 1))
    note("match.made", made, by, now, call.organisation, project=project.pk, call=call.pk)
    return made


@transaction.atomic
def write_match(
    match: Match,
    *,
    owner: Person | None,
    asked_cents: int | None,
    note_text: str,
    by: Person | None,
    now: datetime,
) -> Match:
    """Who writes it, how much is asked, what staff should know."""
    match = locked(match)
    require(may_write(by, match.call.organisation))
    match.owner, match.asked_cents, match.note, match.changed_at = owner, asked_cents, note_text.strip(), now
    require_whole(match)
    match.save()
    note("match.changed", match, by, now, match.call.organisation)
    return match


@transaction.atomic
def add_piece(match: Match, *, title: str, required: bool = True, by: Person | None, now: datetime) -> Piece:
    """One more thing that the dossier needs."""
    match = _open(match, by)
    last = match.pieces.aggregate(last=Max("position"))["last"] or 0
    if match.pieces.count() >= MOST_PIECES:
        raise Invalid(_("A dossier has at most %(most)s pieces.") % {"most": MOST_PIECES})
    made = Piece(match=match, position=last + 1, title=title.strip(), required=required)
    require_whole(made)
    made.save()
    return made


@transaction.atomic
def tick(piece: Piece, *, ready: bool, by: Person | None, now: datetime) -> Piece:
    """It is ready, or it is not ready after all."""
    match = _open(piece.match, by)
    piece = match.pieces.get(pk=piece.pk)
    piece.done_on, piece.done_by = (in_brussels(now).date(), by) if ready else (None, None)
    piece.save()
    return piece


@transaction.atomic
def drop_piece(piece: Piece, *, by: Person | None, now: datetime) -> None:
    match = _open(piece.match, by)
    match.pieces.filter(pk=piece.pk).delete()


@transaction.atomic
def move_match(
    match: Match,
    *,
    to: MatchState,
    on: date | None = None,
    cents: int | None = None,
    reason: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Match:
    """Prepare it, hand it in, enter the answer, or drop it. Handed in only complete and in time; granted, it leaves a planned budget line of the project."""
    match = locked(match)
    require(may_move_match(by, match, to))
    today = in_brussels(now).date()
    day = on or today
    if day > today:
        raise Invalid(_("That day is still to come."))
    say(match, "reason", reason)
    if to == MatchState.SUBMITTED:
        _require_complete(match, day)
        match.submitted_on = day
    elif to in (MatchState.GRANTED, MatchState.REFUSED):
        assert match.submitted_on is not None  # the database holds it
        if day < match.submitted_on:
            raise Invalid(_("It was answered after it was handed in."))
        match.decided_on = day
    if to == MatchState.GRANTED:
        _grant(match, cents, by, now)
    if to in (MatchState.REFUSED, MatchState.DROPPED):
        require_reason(reason)
    if to == MatchState.WISHED:
        match.submitted_on = match.decided_on = None
    before, match.state, match.changed_at = match.state, to, now
    match.save()
    note("match.moved", match, by, now, match.call.organisation, before=before, after=to.value)
    return match


def _require_complete(match: Match, day: date) -> None:
    if day > match.call.due_on:
        require(Refused(Reason.TOO_LATE))
    lacking = match.pieces.filter(required=True, done_on__isnull=True).order_by("position")
    if titles := list(lacking.values_list("title", flat=True)):
        raise Invalid(_("The dossier is not complete: %(pieces)s.") % {"pieces": ", ".join(titles)})


def _grant(match: Match, cents: int | None, by: Person | None, now: datetime) -> None:
    if cents is None or cents <= 0:
        raise Invalid(_("Say how much was granted."))
    match.granted_cents = cents
    assert match.decided_on is not None
    values: Mapping[str, Any] = {
        "source": match.call.source,
        "funder": match.call.funder,
        "year": match.decided_on.year,
        "planned_cents": cents,
    }
    match.line = portfolio.write_line(match.project, values=values, by=by, now=now)


def remind_calls(*, now: datetime) -> int:
    """Tell the team of each call whose deadline comes near, 30, 7 and 1 days before, each once. How many calls were looked at."""
    today = in_brussels(now).date()
    rows = Call.objects.filter(due_on__gte=today, due_on__lte=today + notifications.SOON)
    found = list(rows.select_related("organisation", "team").order_by("due_on", "id"))
    for call in found:
        notifications.call_due(call, now)
    return len(found)


def _open(match: Match, by: Person | None) -> Match:
    match = locked(match)
    require(may_write(by, match.call.organisation))
    if match.state not in OPEN:
        require(Refused(Reason.WRONG_STATE))
    return match


def locked(match: Match) -> Match:
    rows = Match.objects.select_for_update(of=("self",))
    return rows.select_related("call__organisation", "project__plan__organisation").get(pk=match.pk)
