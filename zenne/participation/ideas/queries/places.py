"""Where ideas are: points for a map, gathered by the database where there are too many to tell apart."""

from dataclasses import dataclass

from django.db.models import Avg, Count, F, FloatField, Max, Min, QuerySet
from django.db.models.functions import Floor

from zenne.core.memory import Remembered

from ..models import Idea

MOST = 500
SQUARES = 8
_squares: Remembered[list["Pin"]] = Remembered(most=64)


@dataclass(frozen=True)
class Pin:
    """One idea (`pk` and `title`), or `number` of them around a point, all within `box` (west, south, east, north)."""

    lon: float
    lat: float
    number: int = 1
    pk: int | None = None
    title: str = ""
    hue: int | None = None
    box: tuple[float, float, float, float] | None = None


def pins(ideas: QuerySet[Idea], *, most: int = MOST) -> list[Pin]:
    """The ideas that have a place: each by itself up to `most`, then by squares of a grid over them all."""
    placed = ideas.filter(lon__isnull=False)
    rows = placed.order_by("-published_at", "-id").values_list("lon", "lat", "pk", "title", "theme__hue")[: most + 1]
    found = [Pin(lon or 0.0, lat or 0.0, 1, pk, title, hue) for lon, lat, pk, title, hue in rows]
    return found if len(found) <= most else _squares.get(str(placed.order_by().query), lambda: _gathered(placed))


def _gathered(placed: QuerySet[Idea]) -> list[Pin]:
    """Counts every idea, from the index alone (`idea_place`) while nothing but the place is asked."""
    box = placed.aggregate(west=Min("lon"), east=Max("lon"), south=Min("lat"), north=Max("lat"))
    wide = max((box["east"] - box["west"]) / SQUARES, 0.0005)
    high = max((box["north"] - box["south"]) / SQUARES, 0.0005)
    squares = (
        placed.order_by()
        .annotate(
            across=Floor((F("lon") - box["west"]) / wide, output_field=FloatField()),
            up=Floor((F("lat") - box["south"]) / high, output_field=FloatField()),
        )
        .values("across", "up")
        .annotate(number=Count("*"), x=Avg("lon"), y=Avg("lat"), w=Min("lon"), s=Min("lat"), e=Max("lon"), n=Max("lat"))
        .order_by("across", "up")
    )
    return [
        Pin(round(one["x"], 5), round(one["y"], 5), one["number"], box=(one["w"], one["s"], one["e"], one["n"]))
        for one in squares
    ]
