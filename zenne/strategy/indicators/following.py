"""Indicators that follow a series: what the series says of each period that is over is published, and revised where it says something else since."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.languages import LANGUAGES, attribute, in_every_language
from zenne.methods.formulas import unit

from . import graph, keeping, kinds, periods
from .enums import Frequency, IndicatorState, MeasurementState
from .kinds import Spot
from .models import Indicator, Latest, Measurement
from .periods import Period

AGAIN = 3  # so many periods back are looked at again: what was written down late is seen


@transaction.atomic
def read(
    pk: int, now: datetime, *, since: date | None = None, tell: Callable[[int], None] = lambda measurement: None
) -> int:
    """How many values are new or different. From the first day of the series where nothing is known yet, or from `since`. `tell` hears, in the same
    transaction, of a value that is now the latest."""
    indicator = Indicator.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=pk).first()
    if indicator is None or indicator.state != IndicatorState.ACTIVE or not indicator.series:
        return 0
    series = kinds.series(indicator.series)
    due = _due(indicator, series, now, since) if series else []
    if series is None or not due:
        return 0
    scale = unit(series.unit).scale / unit(indicator.unit).scale
    asked = kinds.Asked(indicator.organisation, indicator.series_of, due)
    found = {
        spot: Decimal(round(Fraction(value) * scale * 10**6)) / 10**6 for spot, value in series.read(asked).items()
    }
    standing = {
        (row.area_id, row.start, row.end): row
        for row in Measurement.objects.filter(
            indicator=indicator, state=MeasurementState.PUBLISHED, end__gte=due[0][1], end__lte=due[-1][1]
        ).order_by("pk")
    }
    made, replaced = [], []
    for spot, value in sorted(found.items(), key=lambda item: (item[0][1], item[0][0] or 0)):
        old = standing.get(spot)
        if old is None or old.value != value:
            made.append(_made(indicator, spot, value, old, now))
            replaced += [old.pk] if old else []
    Measurement.objects.filter(pk__in=replaced).update(state=MeasurementState.REVISED)
    rows = Measurement.objects.bulk_create(made, batch_size=1000)
    if rows:
        keeping.published([row.pk for row in rows], used=graph.used([indicator.pk]))
        latest = Latest.objects.filter(indicator=indicator, area__isnull=True).first()
        if latest is not None and latest.measurement_id in {row.pk for row in rows}:
            tell(latest.measurement_id)
    return len(rows)


def _due(indicator: Indicator, series: kinds.Series, now: datetime, since: date | None) -> list[Period]:
    """The periods that are over, from the last that is known."""
    frequency, today = Frequency(indicator.frequency), in_brussels(now).date()
    last = Measurement.objects.filter(indicator=indicator, state=MeasurementState.PUBLISHED).order_by("-end").first()
    first = since
    if first is None and last is not None:
        first = last.start
        for _step in range(AGAIN):
            first = periods.of(first - timedelta(days=1), frequency)[0]
    known = series.since(indicator.organisation, indicator.series_of)
    if known is None:
        return []
    first = known if first is None else max(first, known)
    if frequency == Frequency.ONCE:
        return [(known, today)] if last is None else []
    return [period for period in periods.between(first, today, frequency) if period[1] < today]


def _made(indicator: Indicator, spot: Spot, value: Decimal, old: Measurement | None, now: datetime) -> Measurement:
    area, start, end = spot
    made = Measurement(
        indicator=indicator,
        area_id=area,
        start=start,
        end=end,
        value=value,
        evidence=indicator.evidence,
        state=MeasurementState.PUBLISHED,
        entered_at=now,
        published_at=now,
    )
    if old is not None:
        made.revision, made.supersedes = old.revision + 1, old
        words = in_every_language(lambda: _("The series that it follows counts something else for this period now."))
        for language in LANGUAGES:
            setattr(made, attribute("because", language), words[language])
    return made
