"""The reads worth a name."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from zenne.methods.targets import Path
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import listed, organisations_of
from zenne.places.areas.models import Area

from . import standing
from .enums import PUBLIC, IndicatorState, MeasurementState
from .models import Indicator, Latest, Level, Measurement, Target
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


def lights(indicators: Iterable[Indicator | int], *, now: datetime, area: Area | None = None) -> dict[int, Standing]:
    """Where each of them stands, by its number: one question, however many."""
    keys = [each if isinstance(each, int) else each.pk for each in indicators]
    where = Q(latest__area=area) if area else Q(latest__area__isnull=True)
    aims = Target.objects.filter(indicator=OuterRef("pk")).order_by("day")
    rows = Indicator.objects.filter(pk__in=keys).annotate(
        held=FilteredRelation("latest", condition=where),
        found_value=F("held__measurement__value"),
        found_low=F("held__measurement__low"),
        found_high=F("held__measurement__high"),
        found_start=F("held__measurement__start"),
        found_end=F("held__measurement__end"),
        found_evidence=F("held__measurement__evidence"),
        aims=ArraySubquery(aims.values(point=JSONObject(day="day", value="value"))),
    )
    return {row.pk: _standing(row, now) for row in rows.order_by("pk")}


def _standing(row: Indicator, now: datetime) -> Standing:
    latest = None
    if row.found_end is not None:  # type: ignore[attr-defined]
        latest = {name: getattr(row, f"found_{name}") for name in ("value", "low", "high", "start", "end", "evidence")}
    points = [
        (standing.day_of(point["day"]), standing.exactly(point["value"]))
        for point in row.aims  # type: ignore[attr-defined]
    ]
    return standing.of(row, points, latest, now)


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


def targets(indicators: Iterable[Indicator]) -> QuerySet[Target]:
    found = Target.objects.filter(indicator__in=[each.pk for each in indicators])
    return found.order_by("indicator_id", "day")


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


LAST_KEYS = """
select wanted.indicator, array(
    select id from indicators_measurement where indicator_id = wanted.indicator and area_id is null and state = 'published'
    order by "end" desc, start desc, id desc limit %s
) from unnest(%s::bigint[]) as wanted (indicator)
"""


def last_keys(indicators: Iterable[Indicator], most: int) -> dict[int, tuple[int, ...]]:
    """The numbers of the same values, the last first."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_KEYS, [most, [each.pk for each in indicators]])
        return {indicator: tuple(keys) for indicator, keys in cursor.fetchall()}


def last_values(indicators: Iterable[Indicator], most: int) -> Iterable[Measurement]:
    """The last published values of the whole of each, in order of their periods: one question, as long as what it answers."""
    return Measurement.objects.raw(LAST, [[each.pk for each in indicators], most])
