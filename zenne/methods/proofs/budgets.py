"""The rule of a vote on a budget: what is frozen, and how `zenne.methods.budgets` counts the ballots under it.

    method       greedy | greedy-cost | equal-shares | phragmen
    completion   none | add1u (equal shares) | exhaustive (equal shares, phragmen)
    utility      cost | count | points: what a funded option is worth to who supports it (equal shares)
    districts    one budget for each heading, in cents; its id is null when there is one list
    exclusions   groups of options of one heading of which at most one is funded
    comparison   with equal shares: the outcome of greedy stands instead when more voters prefer it, by what is spent on what they support
    payers       who bring the money together, each with a part of each heading's budget; what is funded is divided by `zenne.methods.dividing`
    tie          order | min-cost | max-votes | lot | refuse; a rule that refuses funds nothing in a heading in which it meets a tie

An option needs as many supporting ballots as its `minimum`, at least one. The money of equal shares and the earnings of Phragmén's rule belong to the
ballots that support an option of the heading; blank and null ballots count for the quorum only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from zenne.methods import budgets, dividing
from zenne.methods.ballots.content import Content, Kind, Malformed
from zenne.methods.ballots.counting import Cast, grouped, turnout_of
from zenne.methods.ballots.rule import Form, Heading, Quorum, heading, mapping, named, number, quorum_of, titles, truth
from zenne.methods.ballots.sums import support

KINDS = (Kind.APPROVAL, Kind.SINGLE, Kind.POINTS, Kind.SCORE)
DEAREST = 10**15


class Method(StrEnum):
    GREEDY = "greedy"
    GREEDY_COST = "greedy-cost"
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"


COMPLETIONS = {
    Method.GREEDY: ("none",),
    Method.GREEDY_COST: ("none",),
    Method.EQUAL_SHARES: ("none", "add1u", "exhaustive"),
    Method.PHRAGMEN: ("none", "exhaustive"),
}
# What rules that were frozen before these were known do not have.
LATER: dict[str, Any] = {"comparison": False, "payers": []}
TIES = ("order", "min-cost", "max-votes", "lot", "refuse")


@dataclass(frozen=True)
class Option:
    """`cost` in cents. The rest as in `ballots.rule.Option`."""

    id: str
    cost: int
    district: Heading = None
    minimum: int = 0
    title: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        names = {"id": self.id, "cost": self.cost, "district": self.district}
        return names | {"minimum": self.minimum, "title": dict(self.title)}


@dataclass(frozen=True)
class Payer:
    """`amounts`: cents by heading; together those of all payers of a heading are its budget."""

    id: str
    amounts: Mapping[Heading, int]
    title: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        amounts = [{"district": name, "amount": cents} for name, cents in self.amounts.items()]
        return {"id": self.id, "amounts": amounts, "title": dict(self.title)}


@dataclass(frozen=True)
class BudgetRule:
    """`budgets`: cents by heading (None: one list). `tie`: the name of a tie rule; `seed` goes with "lot". `unit`: cents that `add1u` raises by."""

    method: Method
    options: tuple[Option, ...]
    budgets: Mapping[Heading, int]
    form: Form
    completion: str = "none"
    utility: str = "cost"
    tie: str = "order"
    seed: str = ""
    quorum: Quorum | None = None
    exclusions: tuple[frozenset[str], ...] = ()
    unit: int = 100
    comparison: bool = False
    payers: tuple[Payer, ...] = ()

    def __post_init__(self) -> None:
        places = {option.id: option.district for option in self.options}
        if len(places) != len(self.options):
            raise Malformed("Two options have the same id.")
        if self.form.kind not in KINDS:
            raise Malformed(f"A budget is not counted from {self.form.kind} ballots.")
        if self.completion not in COMPLETIONS[self.method]:
            raise Malformed(f"{self.method} is not completed by {self.completion!r}.")
        if self.tie not in TIES or bool(self.seed) != (self.tie == "lot"):
            raise Malformed("A tie rule is order, min-cost, max-votes, lot with a seed, or refuse.")
        if unfunded := set(places.values()) - set(self.budgets):
            raise Malformed(f"{sorted(map(str, unfunded))[0]!r} has options, but no budget.")
        for group in self.exclusions:
            if group - places.keys() or len({places[one] for one in group}) > 1:
                raise Malformed("Options that exclude each other stand under one heading.")
        if self.unit < 1:
            raise Malformed("A unit is at least one cent.")
        if self.comparison and self.method is not Method.EQUAL_SHARES:
            raise Malformed("Only equal shares are compared with greedy.")
        self._judge_payers()

    def _judge_payers(self) -> None:
        if len({payer.id for payer in self.payers}) != len(self.payers):
            raise Malformed("Two payers have the same id.")
        if {name for payer in self.payers for name in payer.amounts} - set(self.budgets):
            raise Malformed("A payer pays under a heading that has no budget.")
        for name, budget in self.budgets.items():
            brought = [payer.amounts[name] for payer in self.payers if name in payer.amounts]
            if brought and sum(brought) != budget:
                raise Malformed(f"The payers of {name!r} bring {sum(brought)} cents together, not {budget}.")

    @property
    def districts(self) -> tuple[Heading, ...]:
        """The headings that have options, in published order."""
        return tuple(dict.fromkeys(option.district for option in self.options))

    @property
    def costs(self) -> dict[str, int]:
        return {option.id: option.cost for option in self.options}

    def plain(self) -> dict[str, Any]:
        quorum = self.quorum
        return {
            "method": self.method.value,
            "options": [option.plain() for option in self.options],
            "districts": [{"id": name, "budget": budget} for name, budget in self.budgets.items()],
            "ballot": self.form.plain(),
            "completion": self.completion,
            "utility": self.utility,
            "tie": {"rule": self.tie, **({"seed": self.seed} if self.seed else {})},
            "quorum": {"ballots": quorum.ballots, "share": str(quorum.share)} if quorum else None,
            "exclusions": [sorted(group) for group in self.exclusions],
            "unit": self.unit,
            "comparison": self.comparison,
            "payers": [payer.plain() for payer in self.payers],
        }

    @classmethod
    def parse(cls, data: object) -> "BudgetRule":
        """What `plain` wrote -> BudgetRule. Raises Malformed with the place."""
        keys = {
            "method",
            "options",
            "districts",
            "ballot",
            "completion",
            "utility",
            "tie",
            "quorum",
            "exclusions",
            "unit",
        }
        found = {**LATER, **mapping(data, "tally", keys | set(LATER))}
        if missing := sorted(keys - set(found)):
            raise Malformed(f"tally lacks {', '.join(missing)}.")
        lists = {name: found[name] for name in ("options", "districts", "exclusions", "payers")}
        if not all(isinstance(one, list) for one in lists.values()):
            raise Malformed("tally.options, tally.districts, tally.exclusions and tally.payers are lists.")
        tie = mapping(found["tie"], "tally.tie", {"rule", "seed"})
        return cls(
            method=named(Method, found["method"], "tally.method"),
            options=tuple(_option(option) for option in lists["options"]),
            budgets=_budgets(lists["districts"]),
            form=Form.parse(found["ballot"]),
            completion=str(found["completion"]),
            utility=named(budgets.Utility, found["utility"], "tally.utility").value,
            tie=str(tie.get("rule")),
            seed=str(tie.get("seed", "")),
            quorum=quorum_of(found["quorum"]),
            exclusions=tuple(_group(group) for group in lists["exclusions"]),
            unit=number(found["unit"], "tally.unit"),
            comparison=truth(found["comparison"], "tally.comparison"),
            payers=tuple(_payer(payer) for payer in lists["payers"]),
        )


def count(
    rule: BudgetRule, ballots: Sequence[Cast], *, electorates: Mapping[Heading, int] | None = None
) -> dict[Heading, dict[str, Any]]:
    """Each heading on its own, in published order: the outcome as plain data. `winners` are in the order in which they were funded."""
    return {name: _count_heading(rule, name, ballots, (electorates or {}).get(name)) for name in rule.districts}


def _count_heading(rule: BudgetRule, name: Heading, ballots: Sequence[Cast], electorate: int | None) -> dict[str, Any]:
    ids = [option.id for option in rule.options if option.district == name]
    box = grouped(ballot.content.only(ids) for ballot in ballots if ballot.district in (name, None))
    turnout, votes = turnout_of(box, electorate), support(box, ids)
    quorum = rule.quorum.needed(electorate) if rule.quorum else None
    quorate = quorum is None or turnout.cast >= quorum
    plain = {
        "method": rule.method.value,
        "turnout": turnout.plain(),
        "quorum": {"needed": quorum, "reached": quorate} if quorum is not None else None,
        "votes": votes,
        "scores": {one: sum(weights(said).get(one, 0) * times for said, times in box.items()) for one in ids},
        "budget": rule.budgets[name],
    }
    try:
        outcome = funded(rule, name, ballots) if quorate else None
    except budgets.Tied as tied:
        return plain | {"winners": [], "undecided": list(tied.projects), "cost": 0, "endowment": None, "steps": []}
    if outcome is None:
        return plain | {"winners": [], "undecided": [], "cost": 0, "endowment": None, "steps": []}
    compared = {"preferred": list(outcome.preferred)} if outcome.preferred else {}
    paid = payments(rule, name, outcome.selected)
    return plain | {
        "winners": list(outcome.selected),
        "undecided": [],
        "cost": outcome.cost,
        "endowment": None if outcome.endowment is None else str(outcome.endowment),
        "steps": [_plain_step(step) for step in outcome.steps],
        **compared,
        **({"payments": paid} if paid else {}),
    }


def payments(rule: BudgetRule, name: Heading, winners: Sequence[str]) -> dict[str, dict[str, int]]:
    """Cents by payer of one heading, and by option, in the order of both."""
    payers = [payer for payer in rule.payers if name in payer.amounts]
    if not payers or not rule.budgets[name]:
        return {payer.id: dict.fromkeys(winners, 0) for payer in payers}
    rows = dividing.divided([rule.costs[one] for one in winners], [payer.amounts[name] for payer in payers])
    columns = [[row[at] for row in rows] for at in range(len(payers))]
    return {payer.id: dict(zip(winners, column, strict=True)) for payer, column in zip(payers, columns, strict=True)}


def funded(rule: BudgetRule, name: Heading, ballots: Sequence[Cast]) -> budgets.Outcome:
    """The outcome of one heading as the kernel gives it, whatever the quorum. Raises budgets.Tied when the tie rule refuses."""
    instance, profile = election(rule, name, ballots)
    ties = budgets.TieRule(rule.tie, rule.seed)
    if rule.method is Method.PHRAGMEN:
        return budgets.phragmen(instance, profile, exhaustive=rule.completion == "exhaustive", ties=ties)
    if rule.method is Method.EQUAL_SHARES:
        utility, completion = budgets.Utility(rule.utility), budgets.Completion(rule.completion)
        return budgets.equal_shares(
            instance, profile, utility=utility, completion=completion, comparison=rule.comparison, ties=ties
        )
    return budgets.greedy(instance, profile, per_cost=rule.method is Method.GREEDY_COST, ties=ties)


def election(rule: BudgetRule, name: Heading, ballots: Sequence[Cast]) -> tuple[budgets.Instance, budgets.Profile]:
    """One heading as the kernel of budgets takes it: the options with enough support, and the ballots that support any option of the heading."""
    ids = [option.id for option in rule.options if option.district == name]
    box = grouped(ballot.content.only(ids) for ballot in ballots if ballot.district in (name, None))
    votes = support(box, ids)
    able = [option for option in rule.options if option.district == name and votes[option.id] >= max(1, option.minimum)]
    kept = {option.id for option in able}
    instance = budgets.Instance(
        tuple(budgets.Project(option.id, option.cost) for option in able),
        rule.budgets[name],
        unit=rule.unit,
        exclusions=tuple(group & kept for group in rule.exclusions if len(group & kept) > 1),
    )
    given = [(weights(said), times) for said, times in box.items()]
    rows = [([(one, value) for one, value in said.items() if one in kept], times) for said, times in given if said]
    profile = budgets.Profile.from_rows(
        len(able),
        copies=[times for _row, times in rows],
        lengths=[len(row) for row, _times in rows],
        choice=[instance.position[one] for row, _times in rows for one, _value in row],
        points=[value for row, _times in rows for _one, value in row],
    )
    return instance, profile


def weights(said: Content) -> dict[str, int]:
    """What a ballot gives: its points or scores above zero, or 1 for each option it names."""
    if said.kind in (Kind.POINTS, Kind.SCORE):
        return {one: value for one, value in said.values.items() if value}
    return dict.fromkeys(said.options, 1)


def _plain_step(step: budgets.Step) -> dict[str, Any]:
    return {
        "option": step.project,
        "way": step.way.value,
        "rate": str(step.rate),
        "tied": list(step.tied),
        "payment": None if step.payment is None else str(step.payment),
        "least": None if step.least is None else str(step.least),
        "payers": step.payers,
        "drained": step.drained,
    }


def _option(data: object) -> Option:
    found = mapping(data, "tally.options", {"id", "cost", "district", "minimum", "title"})
    if not isinstance(found.get("id"), str):
        raise Malformed("An option has an id, which is text.")
    return Option(
        found["id"],
        cents(found.get("cost"), "tally.options.cost"),
        heading(found.get("district"), "tally.options.district"),
        number(found.get("minimum"), "tally.options.minimum"),
        titles(found.get("title"), "tally.options.title"),
    )


def _budgets(data: list[object]) -> dict[Heading, int]:
    found: dict[Heading, int] = {}
    for one in data:
        district = mapping(one, "tally.districts", {"id", "budget"})
        name = heading(district.get("id"), "tally.districts.id")
        if name in found:
            raise Malformed("Two districts have the same id.")
        found[name] = cents(district.get("budget"), "tally.districts.budget")
    return found


def _payer(data: object) -> Payer:
    found = mapping(data, "tally.payers", {"id", "amounts", "title"})
    if not isinstance(found.get("id"), str) or not isinstance(found.get("amounts"), list):
        raise Malformed("A payer has an id, which is text, and a list of amounts.")
    amounts = [mapping(one, "tally.payers.amounts", {"district", "amount"}) for one in found["amounts"]]
    where = "tally.payers.amounts"
    return Payer(
        found["id"],
        {heading(one.get("district"), where): cents(one.get("amount"), where) for one in amounts},
        titles(found.get("title"), "tally.payers.title"),
    )


def _group(data: object) -> frozenset[str]:
    if not isinstance(data, list) or not all(isinstance(one, str) for one in data):
        raise Malformed("tally.exclusions are lists of ids.")
    return frozenset(data)


def cents(value: object, where: str) -> int:
    """Money in whole cents. Raises Malformed."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= DEAREST:
        raise Malformed(f"{where} is a whole number of cents.")
    return value
