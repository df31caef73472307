"""Where a lottery stands, in a badge, a sentence, and as stops on a line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.clock import MIDNIGHT, in_brussels
from zenne.core.languages import current
from zenne.web.tags.words import day, moment

from ..enums import BEFORE_LETTERS, DrawState, LotteryState
from ..models import Draw, Lottery

L = LotteryState
ORDER = (L.DESIGNED, L.FRAMED, L.INVITED, L.CLOSED, L.CHECKED, L.COMMITTED, L.DRAWN, L.SEATED, L.ENDED)


@dataclass(frozen=True)
class Standing:
    label: str
    kind: str
    words: str


def closing(until: datetime | None, now: datetime | None = None) -> str:
    """`21 June 2026 at 16:00`; what ends with a day ends "at midnight", as people say it."""
    if until is None:
        return _("a day that is not fixed yet")
    if in_brussels(until).time() == MIDNIGHT:
        return _("%(day)s at midnight") % {"day": day(until - timedelta(microseconds=1), now)}
    return moment(until, now)


def standing(lottery: Lottery, draw: Draw | None, now: datetime) -> Standing:
    """`draw`: the last one that is public."""
    until = {"moment": closing(lottery.answer_until, now)}
    match LotteryState(lottery.state):
        case L.DESIGNED | L.FRAMED:
            return Standing(pgettext("draw by lot", "In preparation"), "info", _("The letters have not left yet."))
        case L.INVITED if lottery.takes_answers(now):
            return Standing(_("Answers open"), "new", _("Whoever got a letter can answer until %(moment)s.") % until)
        case L.INVITED | L.CLOSED | L.CHECKED:
            return Standing(
                _("Answers closed"), "info", _("One could answer until %(moment)s. The draw is being prepared.") % until
            )
        case L.COMMITTED:
            due = moment(draw.due_at, now) if draw else ""
            return Standing(_("Committed"), "new", _("The draw is on %(moment)s.") % {"moment": due})
        case L.DRAWN:
            return Standing(_("Drawn"), "ok", _("The panel is drawn. Those who were drawn are asked for their seat."))
        case L.SEATED:
            return Standing(_("Drawn"), "ok", _("The panel is drawn and all its seats are taken."))
    return Standing(pgettext("draw by lot", "Ended"), "info", _("The panel has ended."))


def draw_standing(draw: Draw, now: datetime) -> Standing:
    if draw.state == DrawState.DRAWN:
        return Standing(_("Drawn"), "ok", _("Drawn on %(moment)s.") % {"moment": moment(draw.drawn_at, now)})
    if draw.state == DrawState.ANNULLED:
        return Standing(_("Annulled"), "bad", _("Annulled on %(day)s.") % {"day": day(draw.annulled_at, now)})
    assert draw.due_at is not None  # of committed draws
    if draw.due_at <= now:
        return Standing(_("Being drawn"), "new", _("Chance has spoken. The panel appears here in a moment."))
    return Standing(_("Committed"), "new", _("The draw is on %(moment)s.") % {"moment": moment(draw.due_at, now)})


def annulment(draw: Draw) -> str:
    """Why it was annulled, in the language of the page or another one."""
    given = draw.annulment or {}
    return next((given[language] for language in (current(), *given) if given.get(language)), "")


def stops(lottery: Lottery, draw: Draw | None, now: datetime) -> list[dict[str, Any]]:
    """The way of a lottery: letters, answers, commitment, draw, seats."""
    at = ORDER.index(LotteryState(lottery.state))
    here = draw if draw and draw.state != DrawState.ANNULLED else None

    def state(begins: LotteryState, done: LotteryState) -> str:
        return "done" if at >= ORDER.index(done) else "now" if at >= ORDER.index(begins) else "next"

    def address(name: str) -> str:
        return reverse(f"sortition:{name}", args=[lottery.process.slug, lottery.pk, here.number]) if here else ""

    answering = "now" if lottery.takes_answers(now) else state(L.INVITED, L.INVITED)
    return [
        {
            "title": _("Letters"),
            "when": day(lottery.invited_at, now),
            "state": "now" if lottery.state in BEFORE_LETTERS else "done",
        },
        {
            "title": _("Answers"),
            "when": _("until %(moment)s") % {"moment": closing(lottery.answer_until, now)}
            if lottery.answer_until
            else "",
            "state": answering,
        },
        {
            "title": _("Odds committed"),
            "when": day(here.published_at, now) if here else "",
            "state": state(L.CLOSED, L.COMMITTED),
            "url": address("commitment"),
        },
        {
            "title": _("Draw"),
            "when": moment(here.drawn_at or here.due_at, now) if here else "",
            "state": state(L.COMMITTED, L.DRAWN),
            "url": address("draw"),
        },
        {"title": pgettext("of a panel", "Seats"), "when": "", "state": state(L.DRAWN, L.SEATED)},
    ]
