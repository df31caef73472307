"""Units as exact products: a scale and whole powers of base symbols.

`kWh` is 3,600,000 joule, `%` is 1/100, `EUR/m2` is euro by metre to the minus two. A word that is not in the table is a symbol of its own, so that persons and
ideas are never added up. Temperatures in degrees are symbols too: a degree cannot be converted by a factor. A month and a year have no exact number
of days; a year is twelve months.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .faults import FormulaFault, Place

MOST_POWER = 9
MOST_LENGTH = 60
_DIGITS = str.maketrans("²³", "23")
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([^\W\d_][\w°€]*|[%‰€°]\w*)(?:\^(-?\d))?|([*·/()]))")


@dataclass(frozen=True)
class Unit:
    """`scale` base units make one; `powers` are the base symbols with their exponents, in the order of the alphabet, none of them zero."""

    scale: Fraction = Fraction(1)
    powers: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: "Unit") -> "Unit":
        return Unit(self.scale * other.scale, _added(self.powers, other.powers, 1))

    def __truediv__(self, other: "Unit") -> "Unit":
        return Unit(self.scale / other.scale, _added(self.powers, other.powers, -1))

    def to(self, power: int) -> "Unit":
        return Unit(self.scale**power, tuple((symbol, each * power) for symbol, each in self.powers if power))

    def measures_like(self, other: "Unit") -> bool:
        """Whether values in one can be told in the other: same symbols, same powers, whatever the scale."""
        return self.powers == other.powers

    def __str__(self) -> str:
        """Of the base symbols, as a fault names it: `EUR/m2`, `1`."""
        above = [_power(symbol, each) for symbol, each in self.powers if each > 0]
        below = [_power(symbol, -each) for symbol, each in self.powers if each < 0]
        return "/".join(["*".join(above) or "1", *below])


ONE = Unit()


def _power(symbol: str, exponent: int) -> str:
    return symbol if exponent == 1 else f"{symbol}^{exponent}" if symbol[-1].isdigit() else f"{symbol}{exponent}"


def _added(
    left: tuple[tuple[str, int], ...], right: tuple[tuple[str, int], ...], sign: int
) -> tuple[tuple[str, int], ...]:
    powers = dict(left)
    for symbol, exponent in right:
        powers[symbol] = powers.get(symbol, 0) + sign * exponent
    return tuple(sorted((symbol, exponent) for symbol, exponent in powers.items() if exponent))


def _table() -> Mapping[str, Unit]:
    base = {symbol: Unit(powers=((symbol, 1),)) for symbol in ("m", "kg", "s", "J", "EUR", "person", "month", "kgCO2e")}

    def times(number: int | Fraction, unit: Unit) -> Unit:
        return Unit(Fraction(number) * unit.scale, unit.powers)

    metre, second, joule, euro = base["m"], base["s"], base["J"], base["EUR"]
    watt, watt_hour, litre = joule / second, times(3600, joule), times(Fraction(1, 1000), metre.to(3))
    thousands = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
    found = dict(base)
    found |= {"%": Unit(Fraction(1, 100)), "‰": Unit(Fraction(1, 1000))}
    found |= {
        f"{name}m": times(Fraction(1, number), metre) for name, number in (("m", 1000), ("c", 100), ("d", 10))
    } | {"km": times(1000, metre), "ha": times(10_000, metre.to(2))}
    found |= {"l": litre, "L": litre, "hl": times(100, litre), "ml": times(Fraction(1, 1000), litre)}
    found |= {
        "g": times(Fraction(1, 1000), base["kg"]),
        "mg": times(Fraction(1, 10**6), base["kg"]),
        "t": times(1000, base["kg"]),
        "kgCO2": base["kgCO2e"],
        "tCO2": times(1000, base["kgCO2e"]),
        "tCO2e": times(1000, base["kgCO2e"]),
        "gCO2e": times(Fraction(1, 1000), base["kgCO2e"]),
    }
    for prefix, number in thousands.items():
        found[f"{prefix}J"], found[f"{prefix}W"] = times(number, joule), times(number, watt)
        found[f"{prefix}Wh"] = times(number, watt_hour)
        if prefix not in ("T",):
            found[f"{prefix}EUR"] = found[f"{prefix}€"] = times(number, euro)
    found["cent"] = times(Fraction(1, 100), euro)
    found |= {"min": times(60, second), "h": times(3600, second), "day": times(86_400, second)}
    found |= {"d": found["day"], "week": times(7, found["day"]), "year": times(12, base["month"])}
    found |= {"persons": base["person"], "people": base["person"]}
    return found


KNOWN = _table()


def unit(text: str) -> Unit:
    """What a text such as `EUR`, `m3`, `kWh/m2`, `%`, `person/(1000 m2)` means; nothing at all is a plain number.

    A space, `*` or `·` multiplies; `/` divides by what follows it at once. Raises FormulaFault `unit` at the column it cannot read.
    """
    if len(text) > MOST_LENGTH:
        raise FormulaFault("unit", Place(1, MOST_LENGTH + 1), found=text[:MOST_LENGTH])
    if not text.strip():
        return ONE
    reader = _Reader(text.translate(_DIGITS))
    found = reader.product()
    if reader.at < len(reader.tokens):
        raise reader.fault()
    if found.scale == 0:
        raise FormulaFault("unit", Place(1, 1), found=text)
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.tokens: list[tuple[str, str, int]] = []  # kind, text, column
        end, stop = 0, len(text.rstrip())
        while end < stop:
            match = _TOKEN.match(text, end)
            if match is None:
                column = end + len(text[end:]) - len(text[end:].lstrip()) + 1
                raise FormulaFault("unit", Place(1, column), found=text)
            number, word, power, sign = match.groups()
            kind = "number" if number else "word" if word else "sign"
            column = match.start(1 if number else 2 if word else 4) + 1
            self.tokens.append((kind, (number or word or sign) + (f"^{power}" if power else ""), column))
            end = match.end()

    def fault(self) -> FormulaFault:
        column = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text) + 1
        return FormulaFault("unit", Place(1, column), found=self.text)

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def product(self) -> Unit:
        found = self.factor()
        while self.at < len(self.tokens) and self.peek() != ")":
            divides = self.peek() == "/"
            if self.peek() in ("*", "·", "/"):
                self.at += 1
            other = self.factor()
            if divides and other.scale == 0:
                raise self.fault()
            found = found / other if divides else found * other
        return found

    def factor(self) -> Unit:
        if self.at >= len(self.tokens):
            raise self.fault()
        kind, text, _column = self.tokens[self.at]
        if text == "(":
            self.at, self.depth = self.at + 1, self.depth + 1
            if self.depth > MOST_POWER:
                raise self.fault()
            found = self.product()
            if self.peek() != ")":
                raise self.fault()
            self.at, self.depth = self.at + 1, self.depth - 1
            return found
        if kind == "sign":
            raise self.fault()
        self.at += 1
        return Unit(Fraction(text)) if kind == "number" else _word(text)


def _word(text: str) -> Unit:
    word, _sign, power = text.partition("^")
    exponent = int(power) if power else 1
    if word in KNOWN:
        return KNOWN[word].to(exponent)
    match = re.fullmatch(r"(\D+)(\d)", word)
    if match and match[1] in KNOWN and not power:
        return KNOWN[match[1]].to(int(match[2]))
    return Unit(powers=((word, 1),)).to(exponent)
