"""What is wrong with a formula or a unit, in words: the methods give codes, facts and a place."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zenne.methods.formulas import FUNCTIONS, PERIODS, Circle, FormulaFault, Nothing

FAULTS = {
    "empty": gettext_lazy("The formula is empty."),
    "too-long": gettext_lazy("The formula is too long: %(most)s signs at most."),
    "too-deep": gettext_lazy("Too many brackets inside each other: %(most)s at most."),
    "sign": gettext_lazy("“%(found)s” means nothing in a formula."),
    "unfinished": gettext_lazy("The formula ends too early: something is missing here."),
    "expected": gettext_lazy("“%(found)s” cannot stand here."),
    "function": gettext_lazy("There is no function “%(found)s”. These exist: %(functions)s."),
    "arguments": gettext_lazy("The function “%(function)s” has another number of arguments."),
    "period": gettext_lazy("“%(found)s” is no period. These exist: %(periods)s."),
    "needs-name": gettext_lazy("With one argument, “%(function)s” takes the name of an indicator."),
    "needs-number": gettext_lazy("The last argument of “%(function)s” is a number, such as 1000."),
    "needs-unit": gettext_lazy(
        "Write the unit of this number in square brackets, such as 100[km]: it counts %(wanted)s."
    ),
    "unknown-name": gettext_lazy(
        "There is no indicator “%(name)s”. A name is the address of an indicator with _ in place of each hyphen."
    ),
    "mismatch": gettext_lazy("These do not go together: %(left)s and %(right)s."),
    "result": gettext_lazy("The formula gives %(found)s, but the unit of the indicator is %(wanted)s."),
    "unit": gettext_lazy("“%(found)s” is no unit that can be understood."),
}
NOTHING = {
    "no-value": gettext_lazy("“%(name)s” has no value for this period."),
    "no-earlier-value": gettext_lazy("“%(name)s” has no value for the period before (%(period)s)."),
    "division-by-zero": gettext_lazy("It would be divided by nought."),
    "too-large": gettext_lazy("The result is too large to be kept."),
}
STEPS = {
    "day": pgettext_lazy("one step back", "a day"),
    "week": pgettext_lazy("one step back", "a week"),
    "month": pgettext_lazy("one step back", "a month"),
    "quarter": pgettext_lazy("one step back", "a quarter"),
    "year": pgettext_lazy("one step back", "a year"),
}


def fault(found: FormulaFault) -> str:
    """With its place where it has one beyond the first sign."""
    facts: Mapping[str, object] = {
        **found.facts,
        "functions": ", ".join(sorted(FUNCTIONS)),
        "periods": ", ".join(PERIODS),
    }
    words = str(FAULTS[found.code]) % facts
    if found.code in ("empty", "too-long"):
        return words
    place = {"line": found.place.line, "column": found.place.column}
    return _("Line %(line)s, column %(column)s: %(words)s") % {**place, "words": words}


def circle(found: Circle) -> str:
    """The whole way round."""
    return _("The formula goes round in a circle: %(names)s.") % {"names": " → ".join(found.names)}


def nothing(found: Nothing) -> str:
    facts = {**found.facts}
    if "period" in facts:
        facts["period"] = str(STEPS[facts["period"]])
    words = str(NOTHING[found.code]) % facts
    place = {"line": found.place.line, "column": found.place.column}
    return _("Line %(line)s, column %(column)s: %(words)s") % {**place, "words": words}


ROWS = {
    "not-readable": gettext_lazy(
        "This file cannot be read: it is neither text with columns (csv) nor a workbook (xlsx)."
    ),
    "no-header": gettext_lazy("The first row must name the columns."),
    "column-twice": gettext_lazy("This column stands there twice."),
    "no-column": gettext_lazy("This column is missing: %(value)s."),
    "no-rows": gettext_lazy("There are no rows under the names of the columns."),
    "too-many-rows": gettext_lazy("A file has %(value)s rows at most."),
    "formula": gettext_lazy(
        "A formula stands here (%(value)s), and not what comes out of it. Open the file in a spreadsheet program, save it there, and give it again."
    ),
    "empty": gettext_lazy("This cell is empty."),
    "unknown-indicator": gettext_lazy("Your organisation has no indicator “%(value)s”."),
    "by-itself": gettext_lazy("The values of “%(value)s” come by themselves: it is computed, or follows a series."),
    "retired": gettext_lazy("“%(value)s” is retired and takes no more values."),
    "unknown-area": gettext_lazy("There is no area with the code “%(value)s”."),
    "no-period": gettext_lazy("“%(value)s” is no period. Write 2026, 2026-Q1, 2026-03 or 2026-03-15."),
    "no-date": gettext_lazy("“%(value)s” is no day between 1900 and 2199. Write 2026-03-15 or 15/03/2026."),
    "order": gettext_lazy("The last day comes before the first."),
    "no-number": gettext_lazy("“%(value)s” is no number."),
    "too-large": gettext_lazy("“%(value)s” is too large to be kept."),
    "below-low": gettext_lazy("The value lies below its own interval, which begins at %(value)s."),
    "above-high": gettext_lazy("The value lies above its own interval, which ends at %(value)s."),
    "unknown-evidence": gettext_lazy("“%(value)s” is no evidence: measured, reported or estimated."),
    "unknown-level": gettext_lazy("“%(value)s” is none of the levels of the indicator."),
    "too-long": gettext_lazy("This text is too long: %(value)s signs at most."),
    "twice": gettext_lazy("Row %(value)s has the same indicator, area and period already."),
    "stopped": gettext_lazy(
        "The writing stopped. What was written stays; give the file again, and only what is missing is new."
    ),
}


def row_fault(found: Mapping[str, object]) -> str:
    """What is wrong with a row of a file: {code, value}."""
    return str(ROWS[str(found["code"])]) % {"value": found.get("value", "")}


def changes() -> dict[str, str]:
    """What becomes of the rows of a file, by kind."""
    return {
        "new": _("New"),
        "changed": _("Waiting and changed"),
        "revised": _("Published and revised"),
        "same": _("The same as now"),
    }
