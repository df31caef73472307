"""Advices as pages show them: questions are answered here once, not in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.participation.decisions import queries as commitments
from zenne.participation.decisions.showing import Promise, promises
from zenne.web.tags.words import day, grouped

from . import queries
from .enums import AdviceState, Verdict
from .models import Advice, Recommendation

VERDICTS: dict[str, tuple[str, str]] = {
    Verdict.TAKEN: ("ok", "circle-check"),
    Verdict.PARTLY: ("info", "info-circle"),
    Verdict.REFUSED: ("bad", "ban"),
}


@dataclass(frozen=True)
class Standing:
    """Where an advice stands, in a few words, with the days counted where its answer is or came late."""

    text: str
    kind: str
    icon: str
    late: int


def standing(advice: Advice, today: date) -> Standing:
    late = advice.days_late(today)
    days = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": grouped(late)}
    if advice.state == AdviceState.WITHDRAWN:
        return Standing(str(AdviceState.WITHDRAWN.label), "", "arrow-back-up", 0)
    if advice.state == AdviceState.ANSWERED and late:
        return Standing(_("Answered, %(days)s") % {"days": days}, "warn", "clock", late)
    if advice.state == AdviceState.ANSWERED:
        return Standing(_("Answered in time"), "ok", "check", 0)
    if late:
        return Standing(_("No answer, %(days)s") % {"days": days}, "bad", "alert-triangle", late)
    left = advice.days_left(today)
    words = ngettext("%(days)s day left to answer", "%(days)s days left to answer", left) % {"days": grouped(left)}
    return Standing(words if left else _("To be answered today"), "info", "clock", 0)


@dataclass(frozen=True)
class Line:
    """An advice in a list. `said` counts its recommendations; by verdict once they are answered."""

    advice: Advice
    title: str
    language: str
    issuer: str
    issuer_language: str
    standing: Standing
    said: str


def lines(counted: Iterable[Advice], today: date) -> list[Line]:
    """Of those that `queries.counted` found."""
    return [_line(advice, today) for advice in counted]


def _line(advice: Advice, today: date) -> Line:
    return Line(advice, *shown(advice, "title"), *shown(advice, "issuer"), standing(advice, today), _said(advice))


def _said(advice: Advice) -> str:
    """Of one with its counts (`queries.counted`)."""
    asked: int = advice.asked  # type: ignore[attr-defined]
    words = ngettext("%(number)s recommendation", "%(number)s recommendations", asked) % {"number": asked}
    if advice.state != AdviceState.ANSWERED:
        return words
    verdicts = [(Verdict(each).label, getattr(advice, each)) for each in Verdict.values]
    return " · ".join([words, *(f"{label} {number}" for label, number in verdicts if number)])


@dataclass(frozen=True)
class Row:
    """One recommendation and, once the answer is public, what the body says of it and what it promised."""

    it: Recommendation
    title: str
    title_language: str
    text: str
    text_language: str
    verdict: str
    kind: str
    icon: str
    reason: str
    reason_language: str
    promise: Promise | None


def rows(advice: Advice, today: date) -> list[Row]:
    """Four queries, however many."""
    asked = list(queries.recommendations(advice))
    if advice.state != AdviceState.ANSWERED:
        return [_row(each, None) for each in asked]
    kept = commitments.standing().filter(advice_answer__recommendation__advice=advice)
    promised = {each.commitment.pk: each for each in promises(kept, today)}
    return [_row(each, promised.get(each.answer.commitment_id or 0), answered=True) for each in asked]


def _row(each: Recommendation, promise: Promise | None, *, answered: bool = False) -> Row:
    verdict, kind, icon, reason = "", "", "", ("", "")
    if answered:
        kind, icon = VERDICTS[each.answer.verdict]
        verdict, reason = each.answer.get_verdict_display(), shown(each.answer, "reason")
    return Row(each, *shown(each, "title"), *shown(each, "text"), verdict, kind, icon, *reason, promise)


@dataclass(frozen=True)
class Figures:
    """How a body, or a process, deals with what it is asked."""

    waiting: int
    late: int
    in_time: int
    too_late: int


def figures(advices: Iterable[Advice], today: date) -> Figures:
    waiting = late = in_time = too_late = 0
    for advice in advices:
        overdue = bool(advice.days_late(today))
        open_one, closed = advice.state == AdviceState.ISSUED, advice.state == AdviceState.ANSWERED
        late += open_one and overdue
        waiting += open_one and not overdue
        too_late += closed and overdue
        in_time += closed and not overdue
    return Figures(waiting, late, in_time, too_late)


def tiles(figures: Figures) -> list[dict[str, str]]:
    return [
        {"label": label, "value": grouped(number)}
        for label, number in (
            (_("Not answered in time"), figures.late),
            (_("Waiting for an answer"), figures.waiting),
            (_("Answered in time"), figures.in_time),
            (_("Answered too late"), figures.too_late),
        )
    ]


def dates(advice: Advice) -> list[tuple[str, str, str]]:
    """What happened when: words, the moment for programs, the day in words."""
    found = []
    if advice.issued_at:
        found.append((_("Issued"), in_brussels(advice.issued_at).date()))
    found.append((_("To be answered by"), advice.due_on))
    if advice.answered_at:
        found.append((_("Answered on"), in_brussels(advice.answered_at).date()))
    if advice.withdrawn_at:
        found.append((_("Withdrawn on"), in_brussels(advice.withdrawn_at).date()))
    return [(label, moment.isoformat(), day(moment)) for label, moment in found]
