"""What a frozen rule asks for: which kernel counts it, and which script recounts it. The only place that knows that rules differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol

from zenne.methods.ballots.content import Content, Malformed
from zenne.methods.ballots.counting import Cast, count_districts
from zenne.methods.ballots.rule import Heading, Method, Rule

from . import budgets, pabulib
from .budgets import BudgetRule

SCRIPTS = {Method.RUNOFF: "runoff", Method.SCHULZE: "schulze", Method.BORDA: "borda"}


class Tally(Protocol):
    """A rule that can be counted."""

    @property
    def options(self) -> Sequence[Mapping[str, Any]]: ...

    @property
    def headings(self) -> Sequence[Heading]: ...

    def check(self, content: Content) -> None: ...

    def count(self, ballots: Sequence[Cast], electorates: Mapping[str, int]) -> dict[str, dict[str, Any]]: ...

    def script(self) -> bytes: ...

    def files(
        self, ballots: Sequence[Cast], outcomes: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any]
    ) -> dict[str, bytes]:
        """What else the bundle holds."""


@dataclass(frozen=True)
class Ballots:
    """The rules of `zenne.methods.ballots`."""

    rule: Rule

    @property
    def options(self) -> Sequence[Mapping[str, Any]]:
        return [option.plain() for option in self.rule.options]

    @property
    def headings(self) -> Sequence[Heading]:
        return self.rule.districts

    def check(self, content: Content) -> None:
        self.rule.form.check(content, frozenset(self.rule.ids))

    def count(self, ballots: Sequence[Cast], electorates: Mapping[str, int]) -> dict[str, dict[str, Any]]:
        entitled = by_heading(self.headings, electorates)
        outcomes = count_districts(self.rule, ballots, electorates=entitled)
        return {name(heading): outcome.plain() for heading, outcome in outcomes.items()}

    def script(self) -> bytes:
        return script("ballots", SCRIPTS.get(self.rule.method, "sums"))

    def files(
        self, ballots: Sequence[Cast], outcomes: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any]
    ) -> dict[str, bytes]:
        return {}


@dataclass(frozen=True)
class Budgets:
    """The rules of `zenne.methods.budgets`."""

    rule: BudgetRule

    @property
    def options(self) -> Sequence[Mapping[str, Any]]:
        return [option.plain() for option in self.rule.options]

    @property
    def headings(self) -> Sequence[Heading]:
        return self.rule.districts

    def check(self, content: Content) -> None:
        costs = self.rule.costs
        self.rule.form.check(content, frozenset(costs), costs)

    def count(self, ballots: Sequence[Cast], electorates: Mapping[str, int]) -> dict[str, dict[str, Any]]:
        entitled = by_heading(self.headings, electorates)
        return {
            name(heading): found for heading, found in budgets.count(self.rule, ballots, electorates=entitled).items()
        }

    def script(self) -> bytes:
        exhaustive, comparison = self.rule.completion == "exhaustive", self.rule.comparison
        fill = ("fill",) if exhaustive or comparison else ()
        end = (*(("exhaustive",) if exhaustive else ()), *(("comparison",) if comparison else ()), "return")
        if self.rule.method is budgets.Method.PHRAGMEN:
            return script("budgets", *fill, "phragmen", *end)
        if self.rule.method is budgets.Method.EQUAL_SHARES:
            run = "add1u" if self.rule.completion == "add1u" else "once"
            return script("budgets", *fill, "shares", run, *end)
        return script("budgets", "fill", "greedy")

    def files(
        self, ballots: Sequence[Cast], outcomes: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any]
    ) -> dict[str, bytes]:
        names = {
            heading: f"result-{name(heading)}.pb" if heading is not None else "result.pb" for heading in self.headings
        }
        return {
            file: pabulib.file_of(self.rule, heading, ballots, outcomes[name(heading)], about)
            for heading, file in names.items()
        }


def tally_of(data: object) -> Tally:
    """The `tally` of a frozen rule -> what counts it. Raises Malformed."""
    if not isinstance(data, Mapping):
        raise Malformed("tally is an object.")
    if data.get("method") in list(budgets.Method):
        return Budgets(BudgetRule.parse(data))
    return Ballots(Rule.parse(data))


def by_heading(headings: Sequence[Heading], electorates: Mapping[str, int]) -> dict[Heading, int]:
    """Numbers of people by name of heading -> by heading. Raises Malformed for a name that is none."""
    known = {name(heading): heading for heading in headings}
    if unknown := sorted(electorates.keys() - known.keys()):
        raise Malformed(f"There is no district {unknown[0][:80]!r} to have an electorate.")
    return {known[key]: number for key, number in electorates.items()}


def name(heading: Heading) -> str:
    """The heading as a key of JSON; "" when there is one list."""
    return "" if heading is None else str(heading)


@cache
def script(*parts: str) -> bytes:
    """A recount script, put together: what all have in common, the method, and the run."""
    folder = resources.files(__package__) / "recount"
    return b"".join((folder / f"{part}.txt").read_bytes() for part in ("opening", *parts, "ending"))
