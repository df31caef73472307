"""Values as rows of a file: the same for everybody who reads the page and for staff."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zenne.core.languages import shown
from zenne.opendata.exports.kinds import STEP, Column, Row

from .enums import MeasurementState
from .models import Measurement

COLUMNS = (
    Column("indicator", _("Indicator"), _("Its address, as in the address of its page.")),
    Column("area", _("Area"), _("The official code; empty for the whole.")),
    Column("start", _("First day")),
    Column("end", _("Last day")),
    Column("value", _("Value")),
    Column("low", _("At least"), _("Its interval, where one is known.")),
    Column("high", _("At most"), _("Its interval, where one is known.")),
    Column("unit", pgettext_lazy("of an indicator", "Unit")),
    Column("evidence", _("Evidence"), _("measured, reported or estimated: a word for programs that stays the same.")),
    Column("state", _("State"), _("published; revised where another value took its place.")),
    Column("revision", _("Revision"), _("0 for the first value of a period.")),
    Column("published", _("Published"), _("The moment at which everybody could read it.")),
    Column("because", _("Why it was revised")),
    Column("note", pgettext_lazy("of a measurement", "Note")),
)


def published(rows: QuerySet[Measurement]) -> Iterator[Row]:
    """Those that stand and those that were revised, a step at a time by key; what arrives meanwhile stays out."""
    found = rows.filter(state__in=(MeasurementState.PUBLISHED, MeasurementState.REVISED))
    found = found.select_related("indicator", "area").defer("area__outline").order_by("-pk")
    last = None
    while True:
        batch = list((found if last is None else found.filter(pk__lt=last))[:STEP])
        for each in batch:
            yield _row(each)
        if len(batch) < STEP:
            return
        last = batch[-1].pk


def _row(each: Measurement) -> Row:
    def plain(number: Decimal | None) -> str | None:
        return None if number is None else f"{number.normalize():f}"

    return (
        each.indicator.slug,
        each.area.code if each.area else None,
        each.start.isoformat(),
        each.end.isoformat(),
        plain(each.value),
        plain(each.low),
        plain(each.high),
        each.indicator.unit,
        each.evidence,
        each.state,
        each.revision,
        each.published_at.isoformat() if each.published_at else None,
        shown(each, "because")[0],
        shown(each, "note")[0],
    )
