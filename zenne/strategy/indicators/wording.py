"""What is wrong with a formula or a unit, in words: the methods give codes, facts and a place."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    "no-earlier-value": gettext_lazy("“%(name)s” has no value one %(period)s before."),
    "division-by-zero": gettext_lazy("It would be divided by nought."),
    "too-large": gettext_lazy("The result is too large to be kept."),
}
STEPS = {
    "day": gettext_lazy("day"),
    "week": gettext_lazy("week"),
    "month": gettext_lazy("month"),
    "quarter": gettext_lazy("quarter"),
    "year": gettext_lazy("year"),
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
