"""Sittings, bodies and applications as pages show them: questions are answered here once, not in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.languages import shown
from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body
from zenne.strategy.portfolio.models import Project, Revision
from zenne.web.tags.words import day

from .enums import ItemKind, MatchState, Outcome, SittingState, Step
from .models import Item, Match, Resolution, Review, Seat, Sitting, Stage

OUTCOMES: dict[str, tuple[str, str]] = {
    Outcome.ADOPTED: ("ok", "circle-check"),
    Outcome.REFUSED: ("bad", "ban"),
    Outcome.POSTPONED: ("warn", "clock"),
}
STATES: dict[str, tuple[str, str]] = {
    SittingState.CALLED: ("info", "calendar-event"),
    SittingState.HELD: ("info", "check"),
    SittingState.PUBLISHED: ("ok", "file-text"),
    SittingState.CANCELLED: ("bad", "ban"),
}
ANSWERS: dict[str, tuple[str, str]] = {
    MatchState.SUBMITTED: ("info", "clock"),
    MatchState.GRANTED: ("ok", "circle-check"),
    MatchState.REFUSED: ("bad", "ban"),
}


@dataclass(frozen=True)
class Group:
    """The bodies of one kind."""

    label: str
    bodies: list[Body]


def groups(bodies: Iterable[Body]) -> list[Group]:
    """By what they are, in the order of the roles: what governs first."""
    found: dict[str, list[Body]] = {}
    for body in bodies:
        found.setdefault(body.role, []).append(body)
    return [Group(str(role.label), found[role]) for role in BodyRole if role in found]


@dataclass(frozen=True)
class Term:
    """`state`: done, now or next."""

    seat: Seat
    part: str
    language: str
    state: str


def terms(seats: Iterable[Seat], today: date) -> list[Term]:
    return [Term(seat, *shown(seat, "part"), _when(seat, today)) for seat in seats]


def _when(seat: Seat, today: date) -> str:
    if seat.sits(today):
        return "now"
    return "next" if seat.since > today else "done"


@dataclass(frozen=True)
class Line:
    """A sitting in a list."""

    sitting: Sitting
    state: str
    kind: str
    icon: str


def line(sitting: Sitting) -> Line:
    return Line(sitting, str(SittingState(sitting.state).label), *STATES[sitting.state])


@dataclass(frozen=True)
class Point:
    """An item of an agenda. A confidential one has no words."""

    item: Item
    title: str
    language: str
    text: tuple[str, str]
    kind: str
    subject: str
    url: str
    outcome: str
    outcome_kind: str
    outcome_icon: str
    resolution: Resolution | None
    reason: tuple[str, str]


def point(item: Item) -> Point:
    """Of one read by `queries.agenda`."""
    made: Resolution | None = getattr(item, "resolution", None)
    kind, icon = OUTCOMES[made.outcome] if made else ("", "")
    outcome = str(Outcome(made.outcome).label) if made else ""
    if item.confidential:
        title, language = _("A confidential item"), ""
        empty = ("", "")
        return Point(item, title, language, empty, _kind(item), "", "", outcome, kind, icon, None, empty)
    name, url = subject_of(item.subject)
    reason = shown(made, "reason") if made else ("", "")
    return Point(
        item, *shown(item, "title"), shown(item, "text"), _kind(item), name, url, outcome, kind, icon, made, reason
    )


def _kind(item: Item) -> str:
    return str(ItemKind(item.kind).label)


def subject_of(thing: Model | None) -> tuple[str, str]:
    """What something is about, and where everyone reads of it; no address where it is not public."""
    if thing is None:
        return "", ""
    if isinstance(thing, Revision):
        name = _("Revision %(number)s of %(plan)s") % {"number": thing.number, "plan": thing.plan}
        return name, thing.plan.get_absolute_url() if thing.plan.is_public else ""
    if isinstance(thing, Review):
        public = thing.reported_at is not None and thing.plan.is_public
        return _("Review: %(review)s") % {"review": thing}, thing.get_absolute_url() if public else ""
    if isinstance(thing, Project):
        return (str(thing), thing.get_absolute_url()) if thing.is_public else ("", "")
    is_public = getattr(thing, "is_public", False)
    return str(thing), thing.get_absolute_url() if is_public else ""  # type: ignore[attr-defined]


def stops(review: Review, stages: Iterable[Stage], today: date) -> list[dict[str, Any]]:
    """The steps of a review as a tram line."""
    found: list[dict[str, Any]] = []
    for stage in stages:
        done = stage.done_at is not None
        state = "done" if done else "now" if stage.step == review.state else "next"
        when = day(stage.done_at) if done else _("due by %(day)s") % {"day": day(stage.due_on)}
        told = shown(stage, "note")[0]
        if stage.late(today):
            told = " · ".join(part for part in (_("Late"), told) if part)
        found.append({"title": str(Step(stage.step).label), "when": when, "state": state, "note": told})
    return found


@dataclass(frozen=True)
class Answer:
    """An application that everyone reads."""

    match: Match
    state: str
    kind: str
    icon: str
    title: str
    url: str
    reason: tuple[str, str]


def answer(match: Match) -> Answer:
    kind, icon = ANSWERS[match.state]
    project = match.project
    title, url = (str(project), project.get_absolute_url()) if project.is_public else ("", "")
    return Answer(match, str(MatchState(match.state).label), kind, icon, title, url, shown(match, "reason"))
