"""Count the ballots of a vote under its rule. Exact, repeatable, and the order of ballots cannot matter."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import runoff, schulze, sums
from .content import Content
from .outcome import Number, Outcome, TieBroken, Turnout, levels
from .rule import Heading, Method, Rule
from .sums import Box


@dataclass(frozen=True)
class Cast:
    """A ballot as it lies in the box. `district`: the heading it was cast in; None when it speaks of all of them. `block`: whatever it came in with, if known
    (a paper batch, a day), for looking at results without it."""

    content: Content
    channel: str = "online"
    district: Heading = None
    block: str = ""


def count(rule: Rule, ballots: Iterable[Cast], *, electorate: int | None = None) -> Outcome:
    """One contest over all options of the rule. Raises Malformed when a ballot is not what the rule allows: such a ballot must not be in the box."""
    return count_box(rule, box_of(rule, (ballot.content for ballot in ballots)), electorate=electorate)


def count_districts(
    rule: Rule, ballots: Iterable[Cast], *, electorates: Mapping[Heading, int] | None = None
) -> dict[Heading, Outcome]:
    """Each heading on its own, in published order: its options, and the ballots cast in it or in no heading, as far as they speak of its options."""
    kept = list(ballots)
    box_of(rule, (ballot.content for ballot in kept))  # refuses what no ballot may hold as a whole
    found = {}
    for district in rule.districts:
        options = tuple(option for option in rule.options if option.district == district)
        own = replace(rule, options=options)
        said = (ballot.content.only(own.ids) for ballot in kept if ballot.district in (district, None))
        found[district] = count_box(own, grouped(said), electorate=(electorates or {}).get(district))
    return found


def box_of(rule: Rule, contents: Iterable[Content]) -> Box:
    """Ballots with how often each was cast, every one checked against the form of the rule."""
    box = grouped(contents)
    options = frozenset(rule.ids)
    for content in box:
        rule.form.check(content, options)
    return box


def grouped(contents: Iterable[Content]) -> Box:
    """Ballots with how often each was cast, as they come."""
    return Counter(contents)


def count_box(rule: Rule, box: Box, *, electorate: int | None = None, firsts: runoff.Count | None = None) -> Outcome:
    """As `count`, of ballots that are checked and grouped already. `firsts`: the first choices of this box, for a runoff, where they are known."""
    turnout = turnout_of(box, electorate)
    bases = {"cast": turnout.cast, "valid": turnout.valid, "electorate": electorate}
    support, needed = sums.support(box, rule.ids), sums.needed(rule, box, bases)
    eligible = tuple(option for option in rule.ids if support[option] >= needed[option])
    quorum = rule.quorum.needed(electorate) if rule.quorum else None
    quorate = quorum is None or turnout.cast >= quorum
    order = rule.tie.order(rule.ids)
    steps = _steps(rule, box, eligible, order, firsts or runoff.Firsts(box))
    if steps.pop("stuck", False):  # a refused tie inside the rounds
        tie: TieBroken = steps["ties"][-1]
        return Outcome(
            rule.method, turnout, quorum, (), tie.options if quorate else (), support=support, needed=needed, **steps
        )
    winners, undecided, last_tie = elect(steps["ranking"], frozenset(eligible), rule.winners, order)
    if last_tie and quorate:
        steps["ties"] = (*steps.get("ties", ()), last_tie)
    if not quorate:
        winners, undecided = (), ()
    return Outcome(rule.method, turnout, quorum, winners, undecided, support=support, needed=needed, **steps)


def turnout_of(box: Box, electorate: int | None) -> Turnout:
    """How many ballots there are, of each sort. `electorate`: how many were entitled, None where nobody knows."""
    cast = sum(box.values())
    blank = sum(times for content, times in box.items() if content.blank)
    reasons: Counter[str] = Counter()
    for content, times in box.items():
        if content.invalid is not None:
            reasons[content.invalid] += times
    null = sum(reasons.values())
    return Turnout(cast, cast - blank - null, blank, null, dict(sorted(reasons.items())), electorate)


def elect(
    ranking: Sequence[Sequence[str]], eligible: frozenset[str], seats: int | None, order: Sequence[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...], TieBroken | None]:
    """Winners (best first), those that the tie rule leaves undecided, and the tie about the last seat if there was one."""
    winners: list[str] = []
    free = len(eligible) if seats is None else seats
    for level in ranking:
        group = [option for option in level if option in eligible]
        if order is not None:
            group.sort(key=order.index)
        if len(group) <= free - len(winners):
            winners += group
        elif free > len(winners):
            if order is None:
                return tuple(winners), tuple(group), TieBroken(tuple(group), None)
            tie = TieBroken(tuple(option for option in level if option in eligible), tuple(group))
            return (*winners, *group[: free - len(winners)]), (), tie
    return tuple(winners), (), None


def _steps(
    rule: Rule, box: Box, eligible: tuple[str, ...], order: Sequence[str] | None, firsts: runoff.Count
) -> dict[str, Any]:
    """What the method of the rule leaves: ranking, scores and its steps. Runoffs take the eligible options only, so that votes for the others go on to the next."""
    if rule.method is Method.RUNOFF:
        seats = len(eligible) if rule.winners is None else rule.winners
        counted = runoff.run(firsts, eligible, seats, order)
        rest = tuple(option for option in rule.ids if option not in eligible)
        ranking = (*counted.ranking, rest) if rest else counted.ranking
        votes = {option: counted.scores.get(option, 0) for option in rule.ids}
        steps = {"ranking": ranking, "scores": votes, "rounds": counted.rounds, "ties": counted.ties}
        return steps | {"stuck": counted.stuck}
    if rule.method is Method.SCHULZE:
        table = schulze.pairwise(box, rule.ids)
        paths = schulze.strongest_paths(schulze.links(table))
        beaten = schulze.beaten_by(paths)
        unbeaten: dict[str, Number] = {one: len(beaten) - 1 - len(by) for one, by in beaten.items()}
        return {"ranking": schulze.ranked(beaten), "scores": unbeaten, "pairwise": table, "paths": paths}
    scores = sums.scores(rule.method, box, rule.ids)
    return {"ranking": levels(scores, rule.ids), "scores": scores}
