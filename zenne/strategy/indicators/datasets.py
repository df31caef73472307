"""Every published value of the organisation's indicators, for its staff; everybody takes those of one indicator from its page."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.opendata.exports.kinds import Dataset, Row, Wish, datasets

from . import rows
from .enums import MeasurementState
from .models import Measurement


def _measurements(wish: Wish) -> QuerySet[Measurement]:
    found = Measurement.objects.filter(indicator__organisation__in=wish.organisations)
    if slug := wish.asked.get("indicator", ""):
        found = found.filter(indicator__slug=slug[:80])
    return found.filter(state__in=(MeasurementState.PUBLISHED, MeasurementState.REVISED))


def _rows(wish: Wish) -> Iterator[Row]:
    return rows.published(_measurements(wish))


datasets.register(
    "measurements",
    Dataset(
        label=_("Values of indicators"),
        about=_("One row for each published value, those that were revised too."),
        columns=rows.COLUMNS,
        count=lambda wish: _measurements(wish).count(),
        rows=_rows,
        anonymity=_("Nobody is named."),
        named="values",
        back="indicator:index",
        order=60,
    ),
)
