"""The sitting: it begins with what the scores alone would keep, and ends with what the jury keeps, each difference with its reason."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.participation.processes.actions import ensure_frozen
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person

from .. import queries
from ..enums import MemberState, Stage
from ..errors import ReasonNeeded, WrongMoment
from ..models import Candidate, Jury, Member, Move, Session
from ..notifications import deliberation_opened
from ..rules import may_lead, may_move
from ..tallying import proposal, tallies
from .holding import Words, held, held_seats, note, require_stage, write


@transaction.atomic
def open_session(jury: Jury, *, present: Iterable[Member], reason: str = "", by: Person, now: datetime) -> Session:
    """Let the jury sit. The first time, scoring ends for good: with scores missing only for a reason, which stays in the record."""
    ensure_frozen(jury.activity, now=now)
    jury = held(jury)
    require(may_lead(by, jury))
    require_stage(jury, now, Stage.SCORING, Stage.WAITING, Stage.DELIBERATING)
    seats = {seat.pk: seat for seat in held_seats(jury)}
    if queries.session_open(jury) is not None:
        raise WrongMoment(_("The jury is sitting already."))
    here = [seats[each.pk] for each in present if each.pk in seats]
    if not here or any(seat.state != MemberState.ACCEPTED for seat in here):
        raise Invalid(_("Say which members are present."))
    first = not jury.sessions.exists()
    if first:
        _begin(jury, reason)
    session = Session.objects.create(
        jury=jury,
        number=jury.sessions.count() + 1,
        opened_at=now,
        opened_by=by,
        reason=reason.strip()[:1000] if first else "",
    )
    session.present.set(here)
    note("jury.session_opened", session, jury, by, now, number=session.number, present=len(here))
    if first:
        transaction.on_commit(lambda: deliberation_opened(jury, now))
    return session


def _begin(jury: Jury, reason: str) -> None:
    """Put each candidate on the side where the scores alone would have it."""
    standing = queries.standing(jury)
    given = list(queries.assessments(standing))
    if not given:
        raise WrongMoment(_("No assessment was submitted yet: there is nothing to deliberate on."))
    if queries.missing_scores(jury) and not reason.strip():
        raise ReasonNeeded(_("Scores are still missing. Say why the jury sits without them."))
    sides = proposal(tallies(standing, given, queries.criteria(jury)), jury.keep)
    for candidate in standing:
        candidate.kept = sides[candidate.pk]
    Candidate.objects.bulk_update(standing, ["kept"], batch_size=500)


@transaction.atomic
def close_session(session: Session, *, by: Person, now: datetime) -> Session:
    jury = held(session.jury)
    require(may_lead(by, jury))
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.closed_at is None:
        session.closed_at = now
        session.save(update_fields=["closed_at"])
        note("jury.session_closed", session, jury, by, now, number=session.number)
    return session


@transaction.atomic
def move(candidate: Candidate, *, kept: bool, reason: str, by: Person, now: datetime) -> Move:
    """Move a candidate in or out of what is kept, while the jury sits, with the reason. Not by anybody who is recused on it."""
    candidate, jury = _deliberated(candidate, by=by, now=now)
    session = queries.session_open(jury)
    if session is None:
        raise WrongMoment(_("Nothing is moved unless the jury sits. Open a session first."))
    if not candidate.stands:
        require(Refused(Reason.WRONG_STATE))
    if candidate.kept == kept:
        raise WrongMoment(_("It is on that side already."))
    if not reason.strip():
        raise ReasonNeeded()
    candidate.kept = kept
    candidate.save(update_fields=["kept"])
    made = Move.objects.create(
        session=session, candidate=candidate, kept=kept, reason=reason.strip()[:2000], moved_by=by, moved_at=now
    )
    note("jury.moved", made, jury, by, now, number=candidate.number, kept=kept)
    return made


@transaction.atomic
def word_reason(candidate: Candidate, *, reason: Words, by: Person, now: datetime) -> Candidate:
    """Write what everybody will read about a candidate, whichever way it goes."""
    candidate, jury = _deliberated(candidate, by=by, now=now)
    if changed := write(candidate, reason=reason):
        candidate.save()
        note("jury.reason_worded", jury, jury, by, now, number=candidate.number, fields=changed)
    return candidate


@transaction.atomic
def word_statement(jury: Jury, *, statement: Words, by: Person, now: datetime) -> Jury:
    """Write what the jury says in public when it publishes."""
    jury = held(jury)
    require(may_lead(by, jury))
    require_stage(jury, now, Stage.DELIBERATING)
    if changed := write(jury, statement=statement):
        jury.save()
        note("jury.statement_worded", jury, jury, by, now, fields=changed)
    return jury


def _deliberated(candidate: Candidate, *, by: Person, now: datetime) -> tuple[Candidate, Jury]:
    """The candidate as it is now, its jury held, for whoever may speak on it while the jury deliberates."""
    jury = held(candidate.jury)
    found = Candidate.objects.select_related("idea__process").get(pk=candidate.pk)
    found.jury = jury
    require(may_move(by, found))
    require_stage(jury, now, Stage.DELIBERATING)
    return found, jury
