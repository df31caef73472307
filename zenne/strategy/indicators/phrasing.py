"""Values, periods and lights as people read them, in the language of the page."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from zenne.core.languages import current
from zenne.web.tags.words import DECIMAL, MINUS, MONTHS, NBSP, day, grouped

from . import periods
from .enums import Evidence, Frequency, Light, Nature
from .models import Indicator
from .standing import Standing

SIGNS = {
    Light.GREEN: ("ok", "circle-check"),
    Light.AMBER: ("warn", "alert-triangle"),
    Light.RED: ("bad", "alert-triangle"),
    Light.GREY: ("", "help-circle"),
}
LETTERS = {"EUR": "€", "CO2": "CO₂", "m2": "m²", "m3": "m³"}
WRITTEN = re.compile(rf"{'|'.join(LETTERS)}|\b(?:persons?|people|day|week|month|year)\b")
Levels = Mapping[int, str]


def number(value: Decimal | Fraction | float, decimals: int) -> str:
    """`1 234,5`; a minus that is one."""
    exact = (
        Decimal(str(value))
        if isinstance(value, float)
        else Decimal(round(Fraction(value) * 10**decimals)) / 10**decimals
    )
    text = f"{abs(exact):.{decimals}f}"
    whole, _point, rest = text.partition(".")
    sign = MINUS if exact < 0 and any(digit != "0" for digit in text if digit.isdigit()) else ""
    return f"{sign}{grouped(int(whole))}{DECIMAL[current()] + rest if rest else ''}"


def plain(value: Decimal) -> str:
    """With the decimals it has, and none that say nothing."""
    return number(value, max(0, -int(value.normalize().as_tuple().exponent)))


def value(indicator: Indicator, given: Decimal | Fraction | None, levels: Levels | None = None) -> str:
    """With its unit; the words of a level where the indicator has levels."""
    if given is None:
        return "–"
    if indicator.nature == Nature.QUALITATIVE:
        at = int(given)
        return (levels or {}).get(at) or str(at)
    said = number(given, indicator.decimals)
    return f"{said}{NBSP}{unit(indicator.unit, given)}" if indicator.unit else said


def unit(symbol: str, given: Decimal | Fraction | None = None) -> str:
    """A unit as people write it: `person` in words, for so many or for several where none is given; `m3` as m³; `m2/person` as both."""
    count = int(abs(given)) if given is not None and given == int(given) else 2
    match symbol:
        case "person" | "persons" | "people":
            return npgettext("unit", "person", "people", count)
        case "d" | "day":
            return npgettext("unit", "day", "days", count)
        case "week":
            return npgettext("unit", "week", "weeks", count)
        case "month":
            return npgettext("unit", "month", "months", count)
        case "year":
            return npgettext("unit", "year", "years", count)
    return WRITTEN.sub(lambda found: LETTERS.get(found.group()) or unit(found.group(), Decimal(1)), symbol)


def interval(indicator: Indicator, low: Decimal | None, high: Decimal | None) -> str:
    """From … to …, or one of the two; nothing where neither is known."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        words = _("at most %(value)s") if low is None else _("at least %(value)s")
        return words % {"value": value(indicator, high if low is None else low)}
    return _("%(low)s to %(high)s") % {"low": number(low, indicator.decimals), "high": value(indicator, high)}


def period(start: date, end: date) -> str:
    """`2025`, `March 2025`, `2nd quarter of 2025`, a day, or both days."""
    text = periods.written((start, end))
    if len(text) == 4:
        return text
    if len(text) == 7 and text[5] == "Q":
        return _("quarter %(number)s of %(year)s") % {"number": text[6], "year": text[:4]}
    if len(text) == 7 and text[5] == "S":
        return _("half-year %(number)s of %(year)s") % {"number": text[6], "year": text[:4]}
    if "W" in text:
        return _("week %(number)s of %(year)s") % {"number": int(text[6:]), "year": text[:4]}
    if len(text) == 7:
        return f"{MONTHS[start.month]}{NBSP}{start.year}"
    return day(start) if start == end else _("from %(start)s to %(end)s") % {"start": day(start), "end": day(end)}


def light(standing: Standing) -> str:
    """In words: a colour alone says nothing."""
    if standing.late:
        return pgettext("indicator", "Late: not measured in time")
    if standing.value is None:
        return pgettext("indicator", "Not measured yet")
    if standing.light == Light.GREY and standing.goal is None and standing.ahead is None:
        return pgettext("indicator", "No target")
    return str(Light(standing.light).label)


def evidence(given: str) -> str:
    return str(Evidence(given).label) if given else ""


def rhythm(given: str) -> str:
    return str(Frequency(given).label)


def value_head(indicator: Indicator) -> str:
    """The head of a column of values."""
    return f"{_('Value')} ({unit(indicator.unit)})" if indicator.unit else _("Value")
