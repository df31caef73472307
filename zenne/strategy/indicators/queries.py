"""The reads worth a name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from zenne.core.prepared import prepared
from zenne.methods.targets import Path
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import listed, organisations_of
from zenne.places.areas.models import Area

from . import standing
from .enums import PUBLIC, IndicatorState, MeasurementState
from .models import Indicator, Latest, Level, Measurement
from .standing import Standing

LIVE = Q(state__in=PUBLIC, organisation__opened_at__isnull=False)


def public() -> QuerySet[Indicator]:
    """What everybody sees: what is active, and what is retired, of organisations that are live."""
    return Indicator.objects.filter(LIVE).select_related("organisation").order_by("slug")


def shown_list(request: HttpRequest) -> QuerySet[Indicator]:
    """For the public list: on an organisation's own host name its own only."""
    return public().filter(organisation__in=listed(request).values("pk"))


def manageable(person: Person) -> QuerySet[Indicator]:
    found = Indicator.objects.filter(organisation__in=organisations_of(person))
    return found.select_related("organisation").order_by("slug")


#: What a light is made of, beside values and aims, in the order of the columns.
JUDGED = (
    *("id", "direction", "least", "most", "tolerance", "frequency"),
    *("baseline_value", "baseline_on", "state"),
)
VALUED = ("value", "low", "high", "start", "end", "evidence")
HELD = """
select {judged}, {valued},
    array(select day from indicators_target where indicator_id = judged.id order by day),
    array(select value from indicators_target where indicator_id = judged.id order by day),
    array(select id from indicators_measurement where indicator_id = judged.id and area_id is null and state = 'published'
        order by "end" desc, start desc, id desc limit %s)
from unnest(%s::bigint[]) as wanted (id) join indicators_indicator as judged on judged.id = wanted.id
left join indicators_latest as latest on latest.indicator_id = judged.id and latest.area_id {area}
left join indicators_measurement as valued on valued.id = latest.measurement_id
order by judged.id
"""


@dataclass(frozen=True)
class Held:
    """Where an indicator stands, what is aimed at day by day, and the numbers of its last published values of the whole, as many as were asked for, the last first."""

    standing: Standing
    aims: tuple[tuple[date, Decimal], ...]
    last: tuple[int, ...]


def held(keys: Iterable[int], *, now: datetime, area: Area | None = None, last: int = 0) -> dict[int, Held]:
    """Of each by its number, in the order of these: one question, however many."""
    judged, valued = (
        ", ".join(f'{table}."{name}"' for name in names) for table, names in (("judged", JUDGED), ("valued", VALUED))
    )
    words = HELD.format(judged=judged, valued=valued, area="= %s" if area else "is null")
    with prepared(), connection.cursor() as cursor:
        cursor.execute(words, [last, list(keys), *([area.pk] if area else [])])
        return {row[0]: _held(row, now) for row in cursor}


def _held(row: tuple[Any, ...], now: datetime) -> Held:
    indicator = Indicator.from_db(connection.alias, JUDGED, row[: len(JUDGED)])
    *valued, days, values, last = row[len(JUDGED) :]
    latest = dict(zip(VALUED, valued, strict=True))
    aims = tuple(zip(days, values, strict=True))
    return Held(standing.of(indicator, aims, latest if latest["end"] else None, now), aims, tuple(last))


def lights(indicators: Iterable[Indicator | int], *, now: datetime, area: Area | None = None) -> dict[int, Standing]:
    """Where each of them stands, by its number: one question, however many."""
    keys = (each if isinstance(each, int) else each.pk for each in indicators)
    return {pk: each.standing for pk, each in held(keys, now=now, area=area).items()}


def light(indicator: Indicator, *, now: datetime) -> Standing:
    return lights([indicator], now=now)[indicator.pk]


def latest(indicators: Iterable[Indicator | int], *, area: Area | None = None) -> dict[int, Measurement]:
    """The latest published value of each, by its number: one question."""
    keys = [each if isinstance(each, int) else each.pk for each in indicators]
    rows = Latest.objects.filter(indicator__in=keys, area=area).select_related("measurement")
    return {row.indicator_id: row.measurement for row in rows.order_by("indicator_id")}


def path(indicator: Indicator) -> Path:
    """What is aimed at, day by day."""
    return standing.path_of(indicator, indicator.targets.order_by("day").values_list("day", "value"))


def values(indicator: Indicator, *, area: Area | None = None) -> QuerySet[Measurement]:
    """The published values that stand, the first period first."""
    found = Measurement.objects.filter(indicator=indicator, area=area, state=MeasurementState.PUBLISHED)
    return found.order_by("end", "start", "id")


def all_published(indicator: Indicator) -> QuerySet[Measurement]:
    """Every value that ever was published, those revised since too: the latest period first, of one period the latest revision first."""
    states = (MeasurementState.PUBLISHED, MeasurementState.REVISED)
    found = (
        Measurement.objects.filter(indicator=indicator, state__in=states).select_related("area").defer("area__outline")
    )
    return found.order_by("-end", "-start", "area_id", "-revision", "-id")


def areas_of(indicator: Indicator) -> QuerySet[Area]:
    """The areas that it has published values of."""
    keys = Latest.objects.filter(indicator=indicator, area__isnull=False).values("area")
    return Area.objects.filter(pk__in=keys).defer("outline").order_by("kind", "code")


NEWS = """
select found.* from unnest(%s::bigint[]) as wanted (indicator) cross join lateral (
    select * from indicators_measurement where indicator_id = wanted.indicator and state = 'published' order by published_at desc, id desc limit 1
) as found order by found.published_at desc, found.id desc limit %s
"""


def news(indicators: Iterable[int], most: int) -> list[Measurement]:
    """What was published last of each of these, the latest first, bad news as well as good: an indicator of many areas is told once. One question that
    looks at one value of each, however many there are."""
    found = list(Measurement.objects.raw(NEWS, [list(indicators), most]))
    models.prefetch_related_objects(found, "indicator", models.Prefetch("area", Area.objects.defer("outline")))
    return found


def of_period(indicator: Indicator, area: Area | None, start: date, end: date) -> QuerySet[Measurement]:
    """The value that stands for a period, published or waiting: one at most."""
    found = Measurement.objects.filter(indicator=indicator, area=area, start=start, end=end)
    return found.exclude(state=MeasurementState.REVISED)


def waiting(indicators: QuerySet[Indicator]) -> QuerySet[Measurement]:
    """Values that are not published yet."""
    found = Measurement.objects.filter(
        indicator__in=indicators, state__in=(MeasurementState.PROVISIONAL, MeasurementState.VALIDATED)
    )
    return found.select_related("indicator", "area").defer("area__outline").order_by("indicator_id", "-end", "id")


def active(organisation: Organisation) -> QuerySet[Indicator]:
    return Indicator.objects.filter(organisation=organisation, state=IndicatorState.ACTIVE).order_by("slug")


def levels(indicators: Collection[int]) -> QuerySet[Level]:
    return Level.objects.filter(indicator__in=indicators).order_by("indicator_id", "value")


def latest_by_area(indicator: Indicator) -> QuerySet[Latest]:
    """The latest value of each area that has one, by its name."""
    found = Latest.objects.filter(indicator=indicator, area__isnull=False).select_related("area").defer("area__outline")
    return found.order_by("area__kind", "area__name_fr", "area_id")


def revised(indicator: Indicator) -> QuerySet[Measurement]:
    """The old values, with what took their place; the last period first."""
    found = Measurement.objects.filter(indicator=indicator, state=MeasurementState.REVISED)
    found = found.select_related("superseded_by", "area").defer("area__outline")
    return found.order_by("-end", "-start", "area_id", "-revision", "-id")


LAST = """
select found.* from unnest(%s::bigint[]) as wanted (indicator) cross join lateral (
    select * from indicators_measurement where indicator_id = wanted.indicator and area_id is null and state = 'published'
    order by "end" desc, start desc, id desc limit %s
) as found order by found.indicator_id, found."end", found.start, found.id
"""


def last_values(indicators: Iterable[Indicator], most: int) -> Iterable[Measurement]:
    """The last published values of the whole of each, in order of their periods: one question, as long as what it answers."""
    return Measurement.objects.raw(LAST, [[each.pk for each in indicators], most])
