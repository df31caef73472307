"""A small, safe language for indicators that are computed from others. Pure; faults are codes with facts and a place, never sentences.

    tree = read("per(leaks, network, 100)")           # raises FormulaFault
    tree.names                                        # {"leaks", "network"}
    check(tree, {"leaks": unit("leak"), ...}, wanted=unit("leak"))
    evaluate(tree, readings)                          # Known(value, low, high), or Nothing(code, place, facts)
    order({"a": {"b"}, "b": set()})                   # ["b", "a"]; a circle raises Circle, with all its names

The grammar, what each function means, and what is guaranteed: docs/methods/indicators.md.
"""

from .checking import check, unit_of
from .evaluating import Known, Nothing, Readings, evaluate
from .faults import FormulaFault, Place
from .ordering import Circle, order
from .reading import FUNCTIONS, MOST_DEPTH, MOST_LENGTH, PERIODS, Formula, read
from .units import ONE, Unit, unit

__all__ = [
    "FUNCTIONS",
    "MOST_DEPTH",
    "MOST_LENGTH",
    "ONE",
    "PERIODS",
    "Circle",
    "Formula",
    "FormulaFault",
    "Known",
    "Nothing",
    "Place",
    "Readings",
    "Unit",
    "check",
    "evaluate",
    "order",
    "read",
    "unit",
    "unit_of",
]
