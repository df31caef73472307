"""From text to a tree, or to the first fault with its line and column.

    expression = term {("+" | "-") term}          term   = factor {("*" | "/") factor}
    factor     = "-" factor | "(" expression ")" | number ["%" | "[" unit "]"] | name | function "(" argument {"," argument} ")"

Chains of sums and products are one node each, so that the depth of the tree is that of its brackets, which is bounded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Union

from .faults import FormulaFault, Place
from .units import ONE, Unit, unit

MOST_LENGTH = 2000
MOST_DEPTH = 30
PERIODS = ("day", "week", "month", "quarter", "year")
# the fewest and the most arguments
FUNCTIONS = {
    "sum": (1, 40),
    "mean": (1, 40),
    "min": (1, 40),
    "max": (1, 40),
    "ratio": (2, 2),
    "share": (2, 2),
    "change": (2, 2),
    "per": (2, 3),
}
OVER_TIME = frozenset({"sum", "mean", "min", "max"})
_TOKEN = re.compile(r"(\d+(?:\.\d+)?)|([^\W\d]\w*)|([-+*/(),%])|\[([^\]\n]*)\]")


@dataclass(frozen=True)
class Number:
    """In the unit it was written in; `value` is in base units."""

    value: Fraction
    unit: Unit
    place: Place


@dataclass(frozen=True)
class Name:
    name: str
    place: Place


@dataclass(frozen=True)
class Chain:
    """Terms with `+` or `-` before them, or factors with `*` or `/`; a lone minus is a chain of one."""

    signs: tuple[str, ...]
    parts: tuple["Node", ...]
    places: tuple[Place, ...]  # of the signs; of the first, where it begins

    @property
    def place(self) -> Place:
        return self.places[0]


@dataclass(frozen=True)
class Call:
    """`over` says that a function of one name goes over all its values in the period."""

    function: str
    arguments: tuple["Node", ...]
    place: Place
    over: bool = False
    period: str = ""


Node = Union[Number, Name, Chain, Call]  # noqa: UP007 - the names stand in quotation marks above


@dataclass(frozen=True)
class Formula:
    """A tree, the names it needs, and every step that it looks back by: as many as `change` stands in it."""

    root: Node
    names: frozenset[str]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Token:
    kind: str  # number, name, sign, unit, end
    text: str
    place: Place


def read(text: str) -> Formula:
    """The tree of a formula. Raises FormulaFault."""
    if len(text) > MOST_LENGTH:
        raise FormulaFault("too-long", most=MOST_LENGTH)
    tokens = _tokens(text)
    if len(tokens) == 1:
        raise FormulaFault("empty")
    reader = _Reader(tokens)
    root = reader.expression()
    if reader.now.kind != "end":
        raise FormulaFault("expected", reader.now.place, found=reader.now.text)
    return Formula(root, frozenset(reader.names), tuple(reader.steps))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for number, line in enumerate(text.splitlines() or [""], start=1):
        at = 0
        while at < len(line):
            if line[at].isspace():
                at += 1
                continue
            place, match = Place(number, at + 1), _TOKEN.match(line, at)
            if match is None:
                raise FormulaFault("sign", place, found=line[at])
            kind = ("number", "name", "sign", "unit")[(match.lastindex or 1) - 1]
            found.append(_Token(kind, match[match.lastindex or 0], place))
            at = match.end()
    lines = text.splitlines() or [""]
    return [*found, _Token("end", "", Place(len(lines), len(lines[-1]) + 1))]


class _Reader:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0
        self.names: set[str] = set()
        self.steps: list[str] = []

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.now
        self.at += 1
        return token

    def expect(self, sign: str) -> None:
        if self.now.kind == "end":
            raise FormulaFault("unfinished", self.now.place)
        if self.now.kind != "sign" or self.now.text != sign:
            raise FormulaFault("expected", self.now.place, found=self.now.text)
        self.at += 1

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise FormulaFault("too-deep", self.now.place, most=MOST_DEPTH)
        found = self._chain(("+", "-"), self._term)
        self.depth -= 1
        return found

    def _term(self) -> Node:
        return self._chain(("*", "/"), self._factor)

    def _chain(self, signs: tuple[str, str], part: Callable[[], "Node"]) -> "Node":
        place = self.now.place
        parts = [part()]
        found, places = [signs[0]], [place]
        while self.now.kind == "sign" and self.now.text in signs:
            token = self.take()
            found.append(token.text)
            places.append(token.place)
            parts.append(part())
        return parts[0] if len(parts) == 1 else Chain(tuple(found), tuple(parts), tuple(places))

    def _factor(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name":
            if self.now.kind == "sign" and self.now.text == "(":
                return self._call(token)
            self.names.add(token.text)
            return Name(token.text, token.place)
        if token.kind == "sign" and token.text == "-":
            self.depth += 1
            if self.depth > MOST_DEPTH:
                raise FormulaFault("too-deep", token.place, most=MOST_DEPTH)
            part = self._factor()
            self.depth -= 1
            return Chain(("-",), (part,), (token.place,))
        if token.kind == "sign" and token.text == "(":
            found = self.expression()
            self.expect(")")
            return found
        self.at -= 1
        if token.kind == "end":
            raise FormulaFault("unfinished", token.place)
        raise FormulaFault("expected", token.place, found=token.text)

    def _number(self, token: _Token) -> Number:
        value, of = Fraction(token.text), ONE
        if self.now.kind == "sign" and self.now.text == "%":
            self.take()
            of = unit("%")
        elif self.now.kind == "unit":
            written = self.take()
            try:
                of = unit(written.text)
            except FormulaFault as fault:
                place = Place(written.place.line, written.place.column + fault.place.column)
                raise FormulaFault("unit", place, found=written.text) from fault
        return Number(value * of.scale, of, token.place)

    def _call(self, token: _Token) -> Call:
        name = token.text
        if name not in FUNCTIONS:
            raise FormulaFault("function", token.place, found=name)
        self.expect("(")
        if name == "change":
            first = self.expression()
            self.expect(",")
            period = self.take()
            if period.kind != "name" or period.text not in PERIODS:
                raise FormulaFault("period", period.place, found=period.text)
            self.expect(")")
            self.steps.append(period.text)
            return Call(name, (first,), token.place, period=period.text)
        arguments = [self.expression()]
        while self.now.kind == "sign" and self.now.text == ",":
            self.take()
            arguments.append(self.expression())
        self.expect(")")
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(arguments) <= most:
            raise FormulaFault("arguments", token.place, function=name)
        over = name in OVER_TIME and len(arguments) == 1
        if over and not isinstance(arguments[0], Name):
            raise FormulaFault("needs-name", arguments[0].place, function=name)
        if name == "per" and not isinstance(arguments[-1], Number):
            raise FormulaFault("needs-number", arguments[-1].place, function=name)
        return Call(name, tuple(arguments), token.place, over)
