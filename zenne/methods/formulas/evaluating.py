"""The value of a formula in exact fractions, with its interval; or nothing, with the reason. Never an exception.

Intervals are carried through by interval arithmetic: the result's interval holds every result that values within the intervals of the inputs can give. It may be
wider than needed where a name stands twice. A value without an interval counts as exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from .faults import Place
from .reading import Call, Chain, Formula, Name, Node, Number

Back = tuple[str, ...]  # how far back to look: one period after another, as in ("year",)


@dataclass(frozen=True)
class Known:
    """In base units; `low` and `high` are the value itself where it is exact."""

    value: Fraction
    low: Fraction
    high: Fraction

    @classmethod
    def exact(cls, value: Fraction | int) -> "Known":
        return cls(Fraction(value), Fraction(value), Fraction(value))


@dataclass(frozen=True)
class Nothing:
    """Why there is no value: `no-value` (name), `no-earlier-value` (name, period) or `division-by-zero`."""

    code: str
    place: Place
    facts: dict[str, str] = field(default_factory=dict)


Outcome = Known | Nothing


class Readings(Protocol):
    """Where values come from, in base units. `back` shifts the period that is computed, and is empty for that period itself."""

    def at(self, name: str, back: Back) -> Known | None:
        """The value of the period."""

    def within(self, name: str, back: Back) -> Sequence[Known]:
        """Every value whose own period lies within the period."""


def evaluate(formula: Formula, readings: Readings) -> Outcome:
    """The exact value of a formula, or why there is none."""
    return _of(formula.root, readings, ())


def _of(node: Node, readings: Readings, back: Back) -> Outcome:
    if isinstance(node, Number):
        return Known.exact(node.value)
    if isinstance(node, Name):
        return readings.at(node.name, back) or _missing(node, back)
    if isinstance(node, Chain):
        return _chain(node, readings, back)
    return _call(node, readings, back)


def _missing(node: Name, back: Back) -> Nothing:
    if back:
        return Nothing("no-earlier-value", node.place, {"name": node.name, "period": back[-1]})
    return Nothing("no-value", node.place, {"name": node.name})


def _chain(node: Chain, readings: Readings, back: Back) -> Outcome:
    found: Known | None = None
    for sign, part, place in zip(node.signs, node.parts, node.places, strict=True):
        value = _of(part, readings, back)
        if isinstance(value, Nothing):
            return value
        if found is None:
            found = _less(Known.exact(0), value) if sign == "-" else value
        elif sign == "+":
            found = _plus(found, value)
        elif sign == "-":
            found = _less(found, value)
        elif sign == "*":
            found = _times(found, value)
        elif value.value == 0:
            return Nothing("division-by-zero", place)
        else:
            found = _by(found, value)
    assert found is not None  # a chain has parts
    return found


def _call(node: Call, readings: Readings, back: Back) -> Outcome:
    if node.function == "change":
        return _change(node, readings, back)
    values: list[Known] = []
    if node.over and isinstance(name := node.arguments[0], Name):
        values = list(readings.within(name.name, back))
        if not values:
            return _missing(name, back)
    else:
        for argument in node.arguments:
            value = _of(argument, readings, back)
            if isinstance(value, Nothing):
                return value
            values.append(value)
    if node.function in ("ratio", "share") or (len(values) == 3 and node.function == "per"):
        if values[1].value == 0:
            return Nothing("division-by-zero", node.arguments[1].place)
        found = _by(values[0], values[1])
        return _times(found, values[2]) if node.function == "per" else found
    return _gathered(node.function, values)


def _gathered(function: str, values: list[Known]) -> Known:
    if function == "per":
        return _times(values[0], values[1])
    if function in ("min", "max"):
        pick = min if function == "min" else max
        return Known(pick(v.value for v in values), pick(v.low for v in values), pick(v.high for v in values))
    count = len(values) if function == "mean" else 1
    return Known(
        sum((v.value for v in values), Fraction(0)) / count,
        sum((v.low for v in values), Fraction(0)) / count,
        sum((v.high for v in values), Fraction(0)) / count,
    )


def _change(node: Call, readings: Readings, back: Back) -> Outcome:
    """(now - before) / before, as now / before - 1, so that the interval is no wider than it need be."""
    later = _of(node.arguments[0], readings, back)
    if isinstance(later, Nothing):
        return later
    before = _of(node.arguments[0], readings, (*back, node.period))
    if isinstance(before, Nothing):
        return before
    if before.value == 0:
        return Nothing("division-by-zero", node.place)
    return _less(_by(later, before), Known.exact(1))


def _plus(left: Known, right: Known) -> Known:
    return Known(left.value + right.value, left.low + right.low, left.high + right.high)


def _less(left: Known, right: Known) -> Known:
    return Known(left.value - right.value, left.low - right.high, left.high - right.low)


def _times(left: Known, right: Known) -> Known:
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Known(left.value * right.value, min(ends), max(ends))


def _by(left: Known, right: Known) -> Known:
    """Where nought lies within the interval of what is divided by, nothing is known of the interval: the value stands alone."""
    value = left.value / right.value
    if right.low <= 0 <= right.high:
        return Known.exact(value)
    ends = [a / b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Known(value, min(ends), max(ends))
