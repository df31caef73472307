"""The first step of a draw: a published list of panels, each with as many tickets as it is likely. Exact: whole numbers and fractions, no floats."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from urllib.parse import quote, unquote

from .errors import LotteryError

TICKETS = 1_000_000
HEADER = "from,to,panel"


@dataclass(frozen=True)
class Distribution:
    """Panels and their tickets, TICKETS in all. Made by `of`; the constructor takes only what is in its one order: ids sorted in each panel, panels sorted, none twice."""

    panels: tuple[tuple[str, ...], ...]
    tickets: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.panels) != len(self.tickets) or any(number < 1 for number in self.tickets):
            raise LotteryError("bad-tickets")
        if sum(self.tickets) != TICKETS:
            raise LotteryError("tickets-do-not-add-up", tickets=sum(self.tickets), expected=TICKETS)
        if any(one >= other for one, other in pairwise(self.panels)):
            raise LotteryError("panels-out-of-order")
        if any(one >= other for panel in self.panels for one, other in pairwise(panel)):
            raise LotteryError("panel-out-of-order")

    @classmethod
    def of(cls, panels: Iterable[Sequence[str]], weights: Iterable[float | Fraction]) -> "Distribution":
        """Weights (they need not sum to 1) -> tickets, by the method of largest remainders (Hamilton): everybody gets the whole part of the share of TICKETS,
        and the tickets left go to the largest remainders, at equal remainders to the panel that comes first. A panel that gets no ticket is left out,
        so that rounding moves nobody's odds by more than one ticket for each panel they are on.
        """
        merged: dict[tuple[str, ...], Fraction] = {}
        for panel, weight in zip(panels, weights, strict=True):
            key = tuple(sorted(panel))
            merged[key] = merged.get(key, Fraction(0)) + max(Fraction(0), Fraction(weight))
        total = sum(merged.values())
        if not total:
            raise LotteryError("no-panels")
        order = sorted(merged)
        shares = {panel: merged[panel] * TICKETS / total for panel in order}
        tickets = {panel: int(share) for panel, share in shares.items()}
        left = TICKETS - sum(tickets.values())
        for panel in sorted(order, key=lambda one: (tickets[one] - shares[one], one))[:left]:
            tickets[panel] += 1
        kept = [panel for panel in order if tickets[panel]]
        return cls(tuple(kept), tuple(tickets[panel] for panel in kept))

    @cached_property
    def held(self) -> dict[str, int]:
        """Tickets of each person who is on a panel at all."""
        counted: Counter[str] = Counter()
        for panel, number in zip(self.panels, self.tickets, strict=True):
            for one in panel:
                counted[one] += number
        return dict(sorted(counted.items()))

    def odds(self) -> dict[str, Fraction]:
        """The exact probability of each person who is on a panel at all."""
        return {one: Fraction(number, TICKETS) for one, number in self.held.items()}

    def row_of(self, ticket: int) -> int:
        """Which panel owns a ticket. The first owns 0 to its number less one, the second the next ones, and so on."""
        for row, number in enumerate(self.tickets):
            if ticket < number:
                return row
            ticket -= number
        raise LotteryError("no-such-ticket", ticket=ticket)

    @cached_property
    def text(self) -> str:
        """As it is published: CSV, a line for each panel with its first and last ticket and its members, spaces between them (what is not a plain letter or digit
        in an id is percent-encoded as in an address of the web).
        """
        lines, start = [HEADER], 0
        for panel, number in zip(self.panels, self.tickets, strict=True):
            lines.append(f"{start},{start + number - 1},{' '.join(quote(one, safe='') for one in panel)}")
            start += number
        return "\n".join(lines) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 of the published text: what `sha256sum distribution.csv` says."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @classmethod
    def read(cls, text: str) -> "Distribution":
        """The published text -> the distribution. Raises LotteryError, with the line where one line is wrong: bad-distribution(line), or what the constructor says."""
        lines = text.split("\n")
        if lines[0] != HEADER:
            raise LotteryError("bad-distribution", line=1)
        panels, tickets, start = [], [], 0
        for number, line in enumerate(lines[1:-1], 2):
            cells = line.split(",")
            try:
                first, last = int(cells[0]), int(cells[1])
            except (ValueError, IndexError):
                raise LotteryError("bad-distribution", line=number) from None
            if len(cells) != 3 or first != start or last < first:
                raise LotteryError("bad-distribution", line=number)
            panels.append(tuple(unquote(one) for one in cells[2].split(" ")))
            tickets.append(last - first + 1)
            start = last + 1
        made = cls(tuple(panels), tuple(tickets))
        if made.text != text:
            raise LotteryError("bad-distribution", line=len(lines))
        return made


@dataclass(frozen=True)
class Odds:
    """The odds of a whole pool in a few figures. `smallest` and `largest`: of those who may be drawn. `histogram`: how many people have from k/bins up to (k+1)/bins of the largest."""

    smallest: Fraction
    largest: Fraction
    never: int  # how many have no chance at all
    histogram: tuple[int, ...]

    @classmethod
    def of(cls, distribution: Distribution, pool: Iterable[str], bins: int = 20) -> "Odds":
        """`pool`: all who may be drawn, so without those who are excluded beforehand."""
        held = [distribution.held.get(one, 0) for one in pool]
        largest = max(held, default=0)
        places = Counter(min(bins - 1, number * bins // largest) if largest else 0 for number in held)
        return cls(
            Fraction(min(held, default=0), TICKETS),
            Fraction(largest, TICKETS),
            held.count(0),
            tuple(places[place] for place in range(bins)),
        )
