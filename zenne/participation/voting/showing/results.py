"""A result, list by list."""

from dataclasses import dataclass
from typing import Any

from zenne.places.areas import queries as areas
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.web.tags.words import grouped

from ..models import Option
from ..telling import Told
from .cards import card
from .paying import Payments, payments


@dataclass(frozen=True)
class Placed:
    """An option and what became of it."""

    option: Option
    title: str
    language: str
    hue: int
    url: str
    won: bool
    support: int
    score: int | str
    why: list[str]


@dataclass(frozen=True)
class ResultList:
    """One list of options that was counted by itself: winners first, then by votes."""

    name: str
    title: str
    headline: str
    rows: list[Placed]
    bars: list[dict[str, Any]]
    also: list[str]
    firmness: list[str]
    rounds: list[dict[str, Any]]
    stands: str
    payments: Payments | None


def lists(told: Told) -> list[ResultList]:
    """Every list of a result, in published order."""
    return [_list(told, name) for name in told.result.tally]


def district_map(told: Told) -> dict[str, Any] | None:
    """The districts that were counted by themselves, lit among the communes where they are some, with a numbered pin each, how many voted there and who
    won; None where they are not places."""
    numbers = {each.area_id: each.number for each in told.districts.values() if str(each.number) in told.result.tally}
    found = list(Area.objects.filter(pk__in=[pk for pk in numbers if pk]).order_by("pk"))
    drawn = [(area, numbers[area.pk], middle) for area in found if (middle := areas.middle_of(area))]
    drawn.sort(key=lambda each: each[1])
    if not drawn:
        return None
    places = list(told.result.tally)
    pins = [
        {"number": number, "lon": lon, "lat": lat, "title": told.headline(str(number))}
        | {"name": str(told.districts[str(number)]), "list": places.index(str(number)) + 1}
        | {"cast": told.result.tally[str(number)]["turnout"]["cast"], "won": told.winners(str(number))}
        for _area, number, (lon, lat) in drawn
    ]
    mine = [area for area, _number, _middle in drawn]
    around = None if all(area.kind == AreaKind.COMMUNE for area in mine) else mine
    return {"areas": around, "chosen": mine, "pins": pins}


def _list(told: Told, name: str) -> ResultList:
    mine = [option for option in told.options.values() if told.heading_of(option) == name]
    placed = [_placed(told, option) for option in mine]
    winners = told.result.tally[name]["winners"]
    order = {key: place for place, key in enumerate(winners)}
    placed.sort(key=lambda row: (order.get(row.option.key, len(order)), -row.support, row.option.number))
    district = told.districts.get(name)
    return ResultList(
        name=name,
        title=str(district) if district else "",
        headline=told.headline(name),
        rows=placed,
        bars=[
            {"label": row.title, "value": row.support, "category": row.hue, "text": grouped(row.support)}
            for row in placed
        ],
        also=[told.other(name, other) for other in told.result.explanation.get(name, {}).get("also", ())],
        firmness=told.firmness(name),
        rounds=told.rounds(name),
        stands=told.stands(name),
        payments=payments(told, name),
    )


def _placed(told: Told, option: Option) -> Placed:
    drawn = card(option, told.vote)
    return Placed(
        option=option,
        title=drawn.title,
        language=drawn.language,
        hue=drawn.hue,
        url=drawn.url,
        won=told.won(option),
        support=told.support(option),
        score=told.score(option),
        why=told.why(option),
    )
