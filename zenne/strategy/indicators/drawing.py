"""Indicators beside each other, each as a card. A card is drawn again only when something it shows is another: published values never change, so their numbers
say whether the course is the same, and whatever else stands in it changes the version or the state of the indicator, or where it stands."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, partial

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zenne.web.pieces import piece

from . import queries, showing
from .models import Indicator


def cards(indicators: Iterable[Indicator], *, now: datetime, level: int, drawn: bool = True) -> list[SafeString]:
    """In the order given: one question while they are the same as before, else as many more as `showing.cards` asks. `level` is that of the headings."""
    found = list(indicators)
    held = queries.held([each.pk for each in found], now=now, last=showing.A_CARD if drawn else 0)

    @cache
    def shown() -> dict[int, showing.Card]:
        return {each.indicator.pk: each for each in showing.cards(found, held, drawn=drawn)}

    def draw(pk: int) -> SafeString:
        return render_to_string("strategy/indicators/card.html", {"each": shown()[pk], "level": level})

    return [
        piece(
            "indicator",
            {
                "number": each.pk,
                "version": each.version,
                "state": each.state,
                "standing": held[each.pk].standing,
                "values": held[each.pk].last,
                "level": level,
            },
            partial(draw, each.pk),
        )
        for each in found
    ]
