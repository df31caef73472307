"""A draw as it is shown: its odds, its chance, its numbers, in pictures, in words and as plain text."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.web.tags.words import grouped, moment

from .. import drawing
from ..enums import FREES_A_SEAT, DrawState, OfferState, Source
from ..models import Answer, Draw, Offer
from .quotas import percent
from .standing import annulment

BINS = 10
OFTEN = 0.38  # from here on "1 in so many" would be off by too much


@dataclass(frozen=True)
class Lot:
    """A number of the panel. `state`: "" as drawn, "new" who came in from the reserve, "gone" who gave the seat up."""

    number: int
    state: str = ""
    mine: bool = False

    @property
    def said(self) -> str:
        return {"new": _("from the reserve"), "gone": _("has given up the seat")}.get(self.state, "")


def lots(draw: Draw, offers: list[Offer], mine: int | None) -> tuple[list[Lot], list[Lot]]:
    """Who was drawn and what became of them, and who came in since; without a name, and without a reason."""
    freed = {offer.answer.number for offer in offers if offer.state in FREES_A_SEAT}
    taken = [offer.answer.number for offer in offers if offer.state == OfferState.CONFIRMED and offer.replaces_id]
    drawn = [Lot(number, "gone" if number in freed else "", number == mine) for number in draw.panel]
    return drawn, [Lot(number, "new", number == mine) for number in taken if number is not None]


def odds_words(tickets: int) -> str:
    """Tickets out of a million as people say it: `12.4% – about 1 in 8`, `68.83% – about 7 in 10`; what is all but certain needs no second number."""
    if not tickets:
        return _("none")
    share = drawing.share(tickets)
    said = percent(share * 100, 2)
    if share < OFTEN:
        return pgettext("odds", "%(percent)s – about 1 in %(number)s") % {
            "percent": said,
            "number": grouped(round(1 / share)),
        }
    tenths = round(share * 10)
    if tenths == 10:
        return said
    return pgettext("odds", "%(percent)s – about %(tenths)s in 10") % {"percent": said, "tenths": tenths}


def own_odds(draw: Draw, answer: Answer) -> dict[str, Any] | None:
    """Number and odds of one of the pool of this draw; None for who was not in it."""
    if answer.number is None or str(answer.number) not in draw.odds:
        return None
    tickets = draw.odds[str(answer.number)]
    reserve = draw.reserve.index(answer.number) + 1 if answer.number in draw.reserve else None
    return {
        "number": answer.number,
        "tickets": tickets,
        "words": odds_words(tickets),
        "drawn": answer.number in draw.panel,
        "reserve": reserve,
    }


def histogram(draw: Draw) -> list[dict[str, Any]]:
    """How many of the pool have which odds, in ten steps from nothing to the largest; one step where all are equal."""
    held = [int(tickets) for tickets in draw.odds.values()]
    if not held:
        return []
    largest, smallest = max(held), min(held)
    if odds_words(largest) == odds_words(smallest):
        return [{"label": percent(drawing.share(largest) * 100, 2), "value": len(held), "text": grouped(len(held))}]
    step = largest / BINS
    counted = Counter(min(BINS - 1, int(tickets / step)) for tickets in held)
    return [
        {
            "label": _("%(from)s to %(to)s")
            % {
                "from": percent(drawing.share(1) * at * step * 100, 2),
                "to": percent(drawing.share(1) * (at + 1) * step * 100, 2),
            },
            "value": counted[at],
            "text": grouped(counted[at]),
        }
        for at in range(min(counted), BINS)
    ]


def chance(draw: Draw) -> dict[str, str]:
    """Where chance comes from, in words, and the address where it can be read."""
    if draw.source == Source.DICE:
        throws = drawing.throws_of(draw)
        words = _("Dice thrown in public: %(throws)s throws, at %(place)s.") % {
            "throws": throws,
            "place": draw.place or _("a place announced with the moment"),
        }
        return {"words": words, "address": ""}
    words = _(
        "Round %(round)s of drand, a public beacon run together by universities and companies in many countries. It does not exist before its moment, and nobody can choose it."
    ) % {"round": grouped(draw.round)}
    return {"words": words, "address": drawing.address_of(draw)}


def files(draw: Draw) -> list[dict[str, str]]:
    """What can be downloaded of a draw, from the moment it is committed."""
    place = [draw.lottery.process.slug, draw.lottery_id, draw.number]
    named = [
        ("commitment.json", _("The commitment, word for word: its SHA-256 is the fingerprint")),
        ("pool.csv", _("The pool: a number and its groups on each line, no names")),
        ("quotas.csv", _("The quotas")),
        ("distribution.csv", _("Every possible panel with its tickets")),
    ]
    return [
        {"name": name, "about": about, "url": reverse("sortition:file", args=[*place, name])} for name, about in named
    ]


def plain(draw: Draw, offers: list[Offer]) -> str:
    """Everything of a draw as plain text, for who reads with the ears, prints or copies."""
    lottery = draw.lottery
    address = reverse("sortition:draw", args=[lottery.process.slug, lottery.pk, draw.number])
    lines = [
        f"{lottery} – {lottery.process}",
        _("Draw %(number)d. %(pool)d people in the pool, %(size)d seats.")
        % {"number": draw.number, "pool": draw.pool_size, "size": draw.size},
        f"{settings.BASE_URL}{address}",
        "",
        _("1. Committed on %(moment)s") % {"moment": moment(draw.published_at)},
        _("Fingerprint (SHA-256) of the commitment:") + f" {draw.commitment_digest}",
        _("Fingerprint of pool and quotas:") + f" {draw.instance_digest}",
        _("Fingerprint of the odds:") + f" {draw.distribution_digest}",
        _("Possible panels:") + f" {draw.panels}",
        "",
        _("2. Chance, on %(moment)s") % {"moment": moment(draw.due_at)},
        chance(draw)["words"],
    ]
    if draw.state == DrawState.DRAWN or draw.panel:
        lines += [
            _("What chance gave:") + f" {draw.randomness}",
            _("Seed:") + f" {draw.seed}",
            _("Ticket:") + f" {drawing.ticket_of(draw)}",
            "",
            _("3. Drawn on %(moment)s") % {"moment": moment(draw.drawn_at)},
            _("Panel:") + " " + ", ".join(str(number) for number in draw.panel),
            _("Reserve, in this order:") + " " + ", ".join(str(number) for number in draw.reserve),
        ]
        _drawn, new = lots(draw, offers, None)
        if new:
            lines.append(_("Came in from the reserve:") + " " + ", ".join(str(lot.number) for lot in new))
        lines += [
            "",
            _("Check it:") + f" zenne verify lot-{lottery.pk}-{draw.number}.zip --commitment {draw.commitment_digest}",
        ]
    if draw.state == DrawState.ANNULLED:
        lines += ["", _("Annulled on %(moment)s:") % {"moment": moment(draw.annulled_at)} + f" {annulment(draw)}"]
    return "\n".join(lines) + "\n"
