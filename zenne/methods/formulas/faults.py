"""What can be wrong with a formula, at its place."""

from typing import NamedTuple


class Place(NamedTuple):
    """Where in the text, both counted from one."""

    line: int
    column: int


START = Place(1, 1)


class FormulaFault(Exception):
    """`code` is of a closed list, for the caller to put into words with the facts.

    From the text: `empty` `too-long` (most) `too-deep` (most) `sign` (found) `unfinished` `expected` (found) `function` (found) `arguments` (function) `period`
    (found) `needs-name` (function) `needs-number` (function). From its names and units: `unknown-name` (name) `mismatch` (left, right) `needs-unit` (wanted)
    `result` (found, wanted) `unit` (found).
    """

    def __init__(self, code: str, place: Place = START, **facts: str | int) -> None:
        super().__init__(code, place, facts)
        self.code, self.place, self.facts = code, place, facts
