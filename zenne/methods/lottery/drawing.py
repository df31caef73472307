"""The second step of a draw: one panel, and the order of the reserve, from a seed that nobody chose. All of it can be done by hand with `sha256sum`.

    ticket    For n = 0, 1, 2, ...: take SHA-256 of "SEED/ticket/n" and read its first 15 hexadecimal digits as a number. If it is below
              1,152,921,504,606,000,000 (the largest multiple of a million that 15 digits reach), its remainder by 1,000,000 is the ticket;
              otherwise take the next n (it happens once in a million million draws, and makes every ticket exactly as likely as every other).
    panel     The line of the distribution that owns the ticket.
    reserve   Everybody else who may be drawn, in the order of SHA-256 of "SEED/reserve/NUMBER", smallest first.

In a shell, SEED being 64 hexadecimal digits:

    h=$(printf '%s' "$SEED/ticket/0" | sha256sum); echo $(( 0x${h:0:15} % 1000000 ))
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from zenne.methods.lots import drawn

from .distribution import TICKETS, Distribution

DIGITS = 15
LIMIT = 16**DIGITS // TICKETS * TICKETS


@dataclass(frozen=True)
class Outcome:
    """What was drawn. `row`: the place of the panel in the distribution, from 0."""

    seed: str
    ticket: int
    row: int
    selected: tuple[str, ...]
    reserve: tuple[str, ...]


def ticket(seed: str) -> int:
    """A number from 0 to TICKETS - 1, each exactly as likely."""
    attempt = 0
    while True:
        number = int(hashlib.sha256(f"{seed}/ticket/{attempt}".encode()).hexdigest()[:DIGITS], 16)
        if number < LIMIT:
            return number % TICKETS
        attempt += 1


def panel(distribution: Distribution, seed: str) -> int:
    """Which line of the distribution is drawn, from 0."""
    return distribution.row_of(ticket(seed))


def reserve(others: Iterable[str], seed: str) -> tuple[str, ...]:
    """All `others` in the order in which they are asked when a seat falls free; see `replacement` for who of them fits."""
    return drawn(others, f"{seed}/reserve")


def draw(distribution: Distribution, eligible: Iterable[str], seed: str) -> Outcome:
    """Panel and reserve. `eligible`: the ids of all who may be drawn, in any order."""
    number = ticket(seed)
    row = distribution.row_of(number)
    selected = distribution.panels[row]
    return Outcome(seed, number, row, selected, reserve(set(eligible) - set(selected), seed))
