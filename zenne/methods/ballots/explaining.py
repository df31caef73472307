"""Why each option won or lost, and what the result hangs on: plain data that a page puts into words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from . import content, runoff, schulze
from .content import Content, Kind
from .counting import Cast, count_box, elect, grouped
from .outcome import Outcome, levels
from .rule import Method, Rule
from .sums import Box, expressed, marks, required


class Why(StrEnum):
    WON = "won"
    WON_TIE = "won_tie"  # equal with others, first by the tie rule
    NO_QUORUM = "no_quorum"
    NO_SUPPORT = "no_support"  # no ballot supports it
    UNDER_MINIMUM = "under_minimum"  # its support is below its minimum or the threshold
    FEWER = "fewer"  # a lower score than every winner
    ELIMINATED = "eliminated"  # runoff: fell out in `round`
    BEATEN = "beaten"  # Schulze: `lost_to` have stronger paths to it than it has to them
    LOST_TIE = "lost_tie"  # equal with a winner, later by the tie rule
    UNDECIDED = "undecided"  # equal, and the tie rule refuses to choose


@dataclass(frozen=True)
class Explanation:
    """Of one option.

    `missing`: how many more ballots that speak for it alone (full points, top score, ranked alone) would have made it win, all others staying as they are: exact.
    None for winners, and when no number would. Without a quorum: how many ballots of any kind were missing. `lost_to`: whom it lost to. `tied`: with
    whom it was equal where it mattered.
    """

    option: str
    why: Why
    score: str
    support: int
    needed: int
    missing: int | None = None
    lost_to: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    round: int | None = None

    @property
    def won(self) -> bool:
        return self.why in (Why.WON, Why.WON_TIE)

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"why": self.why.value, "lost_to": list(self.lost_to), "tied": list(self.tied)}


@dataclass(frozen=True)
class LeftOut:
    """The result without some ballots (and without a quorum). `entered` win only then, `left` win only with them. Nothing moved when both are empty."""

    what: str
    which: str
    ballots: int
    winners: tuple[str, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def moved(self) -> bool:
        return bool(self.entered or self.left)

    def plain(self) -> dict[str, Any]:
        names = {"winners": list(self.winners), "entered": list(self.entered), "left": list(self.left)}
        return {"what": self.what, "which": self.which, "ballots": self.ballots, **names}


def explain(rule: Rule, box: Box, outcome: Outcome, *, electorate: int | None = None) -> tuple[Explanation, ...]:
    """One explanation for each option, in published order. `box`: as counted (`counting.box_of`)."""
    firsts = runoff.Firsts(box)
    return tuple(_explained(rule, box, outcome, option, electorate, firsts) for option in rule.ids)


def without_each(
    rule: Rule, ballots: Sequence[Cast], *, blocks: Mapping[str, Callable[[Cast], str]] | None = None
) -> tuple[LeftOut, ...]:
    """The result without each district, each channel and each block of ballots. `blocks`: other ways to part them, by name, each giving a label ("" for none).

    Only ways that part the ballots in two or more are looked at.
    """
    ways: dict[str, Callable[[Cast], str]] = {
        "district": lambda ballot: "" if ballot.district is None else str(ballot.district),
        "channel": lambda ballot: ballot.channel,
        "block": lambda ballot: ballot.block,
        **(blocks or {}),
    }
    open_rule = replace(rule, quorum=None)
    electorate = None if rule.threshold is None else len(ballots)
    whole = count_box(open_rule, grouped(ballot.content for ballot in ballots), electorate=electorate)
    found: list[LeftOut] = []
    for what, label in ways.items():
        labels = sorted({label(ballot) for ballot in ballots})
        if len(labels) > 1:
            found += (_left_out(open_rule, ballots, whole, what, which, label) for which in labels if which)
    return tuple(found)


def _left_out(
    rule: Rule, ballots: Iterable[Cast], whole: Outcome, what: str, which: str, label: Callable[[Cast], str]
) -> LeftOut:
    kept = [ballot.content for ballot in ballots if label(ballot) != which]
    rest = count_box(rule, grouped(kept), electorate=whole.turnout.electorate)
    entered = tuple(option for option in rest.winners if option not in whole.winners)
    left = tuple(option for option in whole.winners if option not in rest.winners)
    return LeftOut(what, which, whole.turnout.cast - len(kept), rest.winners, entered, left)


def plump(rule: Rule, option: str) -> Content:
    """The ballot that does most for one option and nothing for any other."""
    kind, form = rule.method.kind, rule.form
    if kind is Kind.POINTS:
        return content.points({option: min(form.cap or content.LARGEST, form.total or content.LARGEST)})
    if kind is Kind.SCORE:
        return content.score({option: form.highest or content.LARGEST})
    if kind is Kind.YES_NO:
        return content.yes_no({option: "yes"})
    return Content(kind, (option,))


def missing(
    rule: Rule,
    box: Box,
    outcome: Outcome,
    option: str,
    *,
    electorate: int | None = None,
    firsts: runoff.Firsts | None = None,
) -> int | None:
    """The smallest number of `plump` ballots that would have made the option win. Every method here is monotone in them (more never harm), so halving finds it;
    but in a runoff with a threshold that is a share they may strike another option, whose ballots move on: there it is a number that suffices.

    None when even a hundred times as many ballots as were cast would not. `firsts`: those of the box, where several options are asked for.
    """
    wins = _wins(rule, box, outcome, option, electorate, firsts or runoff.Firsts(box))
    low, high, most = 0, 1, 100 * (outcome.turnout.cast + 1)
    while not wins(high):
        low, high = high, high * 2
        if high > most:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if wins(middle) else (middle, high)
    return high


def _wins(
    rule: Rule, box: Box, outcome: Outcome, option: str, electorate: int | None, firsts: runoff.Firsts
) -> Callable[[int], bool]:
    """Whether an option wins with so many `plump` ballots more. Sums, duels and first choices move by what they add."""
    vote, order = plump(rule, option), rule.tie.order(rule.ids)
    given, answered = marks(rule.method, vote, rule.ids), expressed(box, rule.ids)

    def ranking(more: int, eligible: frozenset[str]) -> Sequence[Sequence[str]]:
        if rule.method is Method.RUNOFF:
            able = [one for one in rule.ids if one in eligible]
            seats = len(able) if rule.winners is None else rule.winners
            counted = runoff.run(firsts.changed(more={vote: more}), able, seats, order)
            return () if counted.stuck else counted.ranking
        if outcome.pairwise is None:
            return levels({one: score + given.get(one, 0) * more for one, score in outcome.scores.items()}, rule.ids)
        table = dict(outcome.pairwise)
        table[option] = {other: number + more for other, number in table[option].items()}
        return schulze.ranked(schulze.beaten_by(schulze.strongest_paths(schulze.links(table))))

    def wins(more: int) -> bool:
        turnout = outcome.turnout
        bases = {"cast": turnout.cast + more, "valid": turnout.valid + more, "electorate": electorate}
        least = required(rule, bases, answered | {option: answered[option] + more})
        support = {**outcome.support, option: outcome.support[option] + more}
        eligible = frozenset(one for one in rule.ids if support[one] >= least[one])
        return option in elect(ranking(more, eligible), eligible, rule.winners, order)[0]

    return wins


def _explained(
    rule: Rule, box: Box, outcome: Outcome, option: str, electorate: int | None, firsts: runoff.Firsts
) -> Explanation:
    score = str(outcome.scores[option])
    told = Explanation(option, Why.WON, score, outcome.support[option], outcome.needed[option])
    tied = _tied(outcome, option)
    if not outcome.quorate:
        return replace(told, why=Why.NO_QUORUM, missing=(outcome.quorum or 0) - outcome.turnout.cast)
    if option in outcome.winners:
        return replace(told, why=Why.WON_TIE, tied=tied) if tied else told
    lacking = missing(rule, box, outcome, option, electorate=electorate, firsts=firsts)
    if option in outcome.undecided:
        return replace(told, why=Why.UNDECIDED, tied=tied, missing=lacking)
    if not told.support:
        return replace(told, why=Why.NO_SUPPORT, missing=lacking)
    if not outcome.eligible(option):
        return replace(told, why=Why.UNDER_MINIMUM, missing=lacking)
    return replace(_beaten(rule, outcome, told, tied), missing=lacking)


def _tied(outcome: Outcome, option: str) -> tuple[str, ...]:
    """With whom an option was equal when the last seat was given, or when it fell out of a runoff."""
    for tie in outcome.ties:
        fell = tie.round is not None and tie.order is not None and tie.order[-1] == option
        if option in tie.options and (tie.round is None or tie.order is None or fell):
            return tuple(other for other in tie.options if other != option)
    return ()


def _beaten(rule: Rule, outcome: Outcome, told: Explanation, tied: tuple[str, ...]) -> Explanation:
    option = told.option
    if rule.method is Method.RUNOFF:
        return _eliminated(outcome, told, tied)
    if tied:
        return replace(told, why=Why.LOST_TIE, tied=tied, lost_to=tuple(one for one in outcome.winners if one in tied))
    if rule.method is Method.SCHULZE and outcome.paths is not None:
        paths = outcome.paths
        stronger = tuple(one for one in outcome.winners if paths[one][option] > paths[option][one])
        return replace(told, why=Why.BEATEN, lost_to=stronger or outcome.winners[-1:])
    return replace(told, why=Why.FEWER, lost_to=outcome.winners[-1:] or outcome.undecided)


def _eliminated(outcome: Outcome, told: Explanation, tied: tuple[str, ...]) -> Explanation:
    """Fell out in a round, to whoever had the fewest votes among those who stayed; or stayed to the end and had fewer than the winner."""
    for number, step in enumerate(outcome.rounds, start=1):
        if told.option in step.eliminated:
            stayed = {one: votes for one, votes in step.votes.items() if one not in step.eliminated}
            nearest = tuple(one for one, votes in stayed.items() if votes == min(stayed.values()))
            why = Why.LOST_TIE if tied else Why.ELIMINATED
            return replace(told, why=why, round=number, lost_to=nearest, tied=tied)
    return replace(told, why=Why.FEWER, round=len(outcome.rounds) or None, lost_to=outcome.winners[-1:])
