"""The smallest change of votes that changes the outcome: how many ballots, filled in otherwise, would have given other winners.

Approval, single choice, points, scores, Borda, yes/no: exact (the margin of victory; for k winners the cheapest way for a loser to pass a winner, for a winner
to fall below the support it needs, or for an option to reach it). A `low` below `high` remains where yes/no meets both seats and a threshold of
the expressed. Instant runoff and Schulze: bounds, since the exact number is hard to compute (Xia, EC 2012). `high` is always shown: some ballots changed so
do change the outcome, counted again; `low` is proven: fewer cannot.

    runoff    low: no elimination can turn while fewer ballots change than half of the smallest gap of any round (one ballot moves a gap by two at most).
              high: the cheapest round whose loser, given ballots of whoever was next, turns the outcome; the last round always does (last-round margin).
    Schulze   low: one ballot moves every duel by one for each side; while the winners' paths, weakened so, are stronger than the losers', strengthened so, they stay.
              high: ballots that put a winner before a loser put the loser first and the winner last, by halving, counted each time.

Assumed: the form of the ballot allows naming an option without another one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import runoff, schulze
from .content import LARGEST, Content, Kind
from .counting import count_box
from .outcome import Number, Outcome, Round
from .rule import Base, Method, Rule
from .sums import Box, marks, supports

SUMS = (Method.APPROVAL, Method.SINGLE, Method.POINTS, Method.SCORE, Method.YES_NO, Method.BORDA)
RIVALS = 3


@dataclass(frozen=True)
class Margin:
    """`low` <= the smallest number of ballots <= `high`. Both None when no change of ballots changes the outcome; `high` None when none was found."""

    low: int | None
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def plain(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high, "exact": self.exact}


NONE = Margin(None, None)


def margin(rule: Rule, box: Box, outcome: Outcome, *, electorate: int | None = None) -> Margin:
    """Of one contest, as counted (`counting.box_of`). Without a quorum, or without ballots, nothing changes it."""
    if not outcome.quorate or not box or not rule.ids:
        return NONE
    if outcome.undecided:
        return Margin(1, _untied(rule, box, outcome, electorate))
    if rule.method in SUMS:
        return Sums(rule, box, outcome).margin()
    if rule.method is Method.RUNOFF:
        return _runoff(rule, box, outcome, electorate)
    return _schulze(rule, box, outcome, electorate)


def changes(rule: Rule, box: Box, outcome: Outcome, electorate: int | None, firsts: runoff.Count | None = None) -> bool:
    """Whether these ballots elect others. `firsts`: as in `count_box`."""
    new = count_box(rule, box, electorate=electorate, firsts=firsts)
    return (set(new.winners), set(new.undecided)) != (set(outcome.winners), set(outcome.undecided))


def moved(box: Box, pairs: Iterable[tuple[Content, Content]]) -> Box:
    """The box with some ballots filled in otherwise."""
    new = Counter(dict(box))
    for old, other in pairs:
        new[old] -= 1
        new[other] += 1
    return {said: times for said, times in new.items() if times}


def _untied(rule: Rule, box: Box, outcome: Outcome, electorate: int | None) -> int | None:
    """A refused tie ends with one ballot less for one of the tied; shown by counting."""
    for option in outcome.undecided:
        for said in box:
            if option in said.options:
                rest = said.only(one for one in rule.ids if one != option)
                if changes(rule, moved(box, [(said, rest)]), outcome, electorate):
                    return 1
    return None


# --- support: who can come to be eligible, or cease to be ----------------------------------------------------------------------


def to_enter(rule: Rule, box: Box, outcome: Outcome, option: str) -> int | None:
    """How many ballots must come to support an option for it to be eligible; those that leave the base as it is come first."""
    free, growing = _without(rule, box, option)
    support, base = outcome.support[option], _base(rule, box, outcome, option)

    def enough(count: int) -> bool:
        needed = max(1, _minimum(rule, option))
        if rule.threshold is not None:
            needed = max(needed, rule.threshold.needed(base + max(0, count - free)))
        return support + count >= needed

    low, high = 0, free + growing
    if not enough(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def to_fall(rule: Rule, outcome: Outcome, option: str) -> int:
    """How many of its ballots an eligible option must lose to be so no longer."""
    needed = outcome.needed[option]
    alone = len(rule.ids) == 1 and rule.method.kind not in (Kind.SCORE, Kind.YES_NO)
    if alone and rule.threshold is not None and rule.threshold.of is Base.VALID:
        needed = max(
            1, _minimum(rule, option)
        )  # whoever does not name the only option is blank, and leaves the base too
    return outcome.support[option] - needed + 1


def _minimum(rule: Rule, option: str) -> int:
    return next(one.minimum for one in rule.options if one.id == option)


def _without(rule: Rule, box: Box, option: str) -> tuple[int, int]:
    """Ballots that don't support an option: those in the base of the threshold already, and those that would come into it."""
    of = rule.threshold.of if rule.threshold else Base.CAST
    free = growing = 0
    for said, times in box.items():
        if option in supports(said):
            continue
        inside = of in (Base.CAST, Base.ELECTORATE) or (of is Base.VALID and said.choices is not None)
        if inside or (of is Base.EXPRESSED and said.answers.get(option) == "no"):
            free += times
        else:
            growing += times
    return free, growing


def _base(rule: Rule, box: Box, outcome: Outcome, option: str) -> int:
    turnout = outcome.turnout
    of = rule.threshold.of if rule.threshold else Base.CAST
    if of is Base.EXPRESSED:
        return sum(times for said, times in box.items() if said.answers.get(option, "abstain") != "abstain")
    return {Base.CAST: turnout.cast, Base.VALID: turnout.valid, Base.ELECTORATE: turnout.electorate or 0}[of]


# --- methods that add up -------------------------------------------------------------------------------------------------------


class Sums:
    """One contest whose scores are sums."""

    def __init__(self, rule: Rule, box: Box, outcome: Outcome) -> None:
        self.rule, self.box, self.outcome = rule, box, outcome
        self.seats = len(rule.ids) if rule.winners is None else rule.winners
        self.order = rule.tie.order(rule.ids)
        self.given = [
            (said, marks(rule.method, said, rule.ids), times) for said, times in box.items() if said.choices is not None
        ]
        self.silent = sum(times for said, times in box.items() if said.choices is None)

    def margin(self) -> Margin:
        found = [*self._falls(), *self._entries(), *self._overtakings()]
        if not found:
            return NONE
        return Margin(min(low for low, _high in found), min(high for _low, high in found))

    def _falls(self) -> Iterator[tuple[int, int]]:
        for winner in self.outcome.winners:
            number = to_fall(self.rule, self.outcome, winner)
            yield number, number

    def _entries(self) -> Iterator[tuple[int, int]]:
        """Losers that reach the support they need, while a seat is free."""
        if len(self.outcome.winners) < self.seats:
            for loser in self._losers():
                number = to_enter(self.rule, self.box, self.outcome, loser)
                if number is not None:
                    yield number, number

    def _losers(self) -> list[str]:
        return [option for option in self.rule.ids if option not in self.outcome.winners]

    def _overtakings(self) -> Iterator[tuple[int, int]]:
        if len(self.outcome.winners) < self.seats:
            return
        for loser in self._losers():
            entry = to_enter(self.rule, self.box, self.outcome, loser)
            if entry is not None:
                for winner in self.outcome.winners:
                    found = self._overtaking(winner, loser, entry)
                    if found:
                        yield found

    def _overtaking(self, winner: str, loser: str, entry: int) -> tuple[int, int] | None:
        """Bounds of the number of ballots for the loser to pass the winner, `entry` of which at least must come to support it."""
        scores = self.outcome.scores
        equal_is_enough = self.order is None or self.order.index(loser) < self.order.index(winner)
        need = scores[winner] - scores[loser] + (0 if equal_is_enough else self._least_step())
        most = self._most()
        gains: list[tuple[Number, bool, int]] = [(most, False, self.silent)]
        for said, given, times in self.given:
            gains.append((given.get(winner, 0) - given.get(loser, 0) + most, loser in supports(said), times))
        gains.sort(key=lambda gain: gain[0], reverse=True)
        alone = taken(need, 0, gains)
        together = taken(need, entry, gains)
        if alone is None or together is None:
            return None
        split = entry and self.rule.threshold is not None and self.rule.threshold.of is Base.EXPRESSED
        return (max(alone, entry), together) if split else (together, together)

    def _least_step(self) -> Number:
        """The smallest amount by which a score can be ahead."""
        return Fraction(1, 2) if self.rule.method is Method.BORDA else 1

    def _most(self) -> Number:
        """By how much one ballot can put one option before another."""
        form, count = self.rule.form, len(self.rule.ids)
        if self.rule.method is Method.BORDA:
            unranked = count - min(count, form.most or count)
            return count - 1 - max(Fraction(0), Fraction(unranked - 1, 2))
        if self.rule.method.kind is Kind.POINTS:
            return min(form.cap or LARGEST, form.total or LARGEST)
        if self.rule.method.kind is Kind.SCORE:
            return form.highest or LARGEST
        return 2 if self.rule.method is Method.YES_NO else 1


def taken(need: Number, entry: int, gains: Sequence[tuple[Number, bool, int]]) -> int | None:
    """How many ballots, best first, give `need` together, `entry` of them among those that don't support the loser yet. None: all together don't."""
    count, left, rest = 0, need, []
    for gain, supporting, times in gains:
        used = 0 if supporting else min(times, entry - count)
        count, left = count + used, left - used * gain
        rest.append((gain, times - used))
    for gain, times in rest:
        if left <= 0 or gain <= 0:
            break
        used = min(times, -int(-Fraction(left) // Fraction(gain)))
        count, left = count + used, left - used * gain
    return count if left <= 0 else None


# --- instant runoff ------------------------------------------------------------------------------------------------------------


def _runoff(rule: Rule, box: Box, outcome: Outcome, electorate: int | None) -> Margin:
    seats = len(rule.ids) if rule.winners is None else rule.winners
    lows = [*_support_turns(rule, box, outcome)]
    highs: list[int] = []
    if len(outcome.winners) == seats:
        able = [option for option in rule.ids if outcome.needed[option] == 1 or outcome.eligible(option)]
        firsts = runoff.Firsts(box)
        run = runoff.run(firsts, able, seats, rule.tie.order(rule.ids) or rule.ids, to_the_end=True)
        for step in run.rounds:
            if step.eliminated:
                gap = _gap(step)
                lows.append(max(1, -(-gap // 2)))
                highs += _turned(rule, firsts, outcome, electorate, step)
    else:
        highs += lows
    if not lows:
        return NONE
    high = min(highs, default=None)
    return Margin(min(min(lows), high) if high else min(lows), high)


def _support_turns(rule: Rule, box: Box, outcome: Outcome) -> Iterator[int]:
    """Changes of who may win at all. An option that needs one ballot only may be left in with no votes: it falls out first and changes nothing."""
    seats = len(rule.ids) if rule.winners is None else rule.winners
    for option in rule.ids:
        if outcome.needed[option] == 1 and len(outcome.winners) == seats and option not in outcome.winners:
            continue
        if outcome.eligible(option):
            yield to_fall(rule, outcome, option)
        elif (number := to_enter(rule, box, outcome, option)) is not None:
            yield number


def _gap(step: Round) -> int:
    """How far those who fell out stayed below the next: together, when they fell together."""
    return min(votes for one, votes in step.votes.items() if one not in step.eliminated) - sum(
        step.votes[one] for one in step.eliminated
    )


def _turned(rule: Rule, firsts: runoff.Firsts, outcome: Outcome, electorate: int | None, step: Round) -> Iterator[int]:
    """Ballots that count for the next one in this round, given to the one who fell out, where that turns the outcome: counted again."""
    loser = max(step.eliminated, key=lambda one: step.votes[one])
    stayed = {one: votes for one, votes in step.votes.items() if one not in step.eliminated}
    nearest = [one for one, votes in stayed.items() if votes == min(stayed.values())]
    for next_one in nearest:
        gap = stayed[next_one] - step.votes[loser]
        for number in {-(-gap // 2) or 1, gap // 2 + 1}:
            pairs = list(_given_over(firsts.box, step, next_one, loser, number))
            now = firsts.changed(less=Counter(old for old, _new in pairs), more=Counter(new for _old, new in pairs))
            if len(pairs) == number and changes(rule, moved(firsts.box, pairs), outcome, electorate, now):
                yield number


def _given_over(box: Box, step: Round, next_one: str, loser: str, number: int) -> Iterator[tuple[Content, Content]]:
    left = number
    for said, times in box.items():
        first = next((option for option in said.options if option in step.votes), None)
        if first == next_one:
            before = said.options[: said.options.index(next_one)]
            other = Content(said.kind, (*before, loser))
            for _ in range(min(times, left)):
                yield said, other
            left -= min(times, left)


# --- Schulze -------------------------------------------------------------------------------------------------------------------


def _schulze(rule: Rule, box: Box, outcome: Outcome, electorate: int | None) -> Margin:
    seats = len(rule.ids) if rule.winners is None else rule.winners
    lows = [*_support_turns(rule, box, outcome)]
    losers = [option for level in outcome.ranking for option in level if option not in outcome.winners]
    if len(outcome.winners) < seats:
        return Margin(min(lows), min(lows)) if lows else NONE
    if not losers:
        return Margin(min(lows), None) if lows else NONE
    assert outcome.pairwise is not None
    safe, most = 0, outcome.turnout.cast
    while safe < most:
        middle = (safe + most + 1) // 2
        safe, most = (middle, most) if _holds(outcome.pairwise, outcome.winners, losers, middle) else (safe, middle - 1)
    lows.append(safe + 1)
    highs = [_swung(rule, box, outcome, electorate, loser) for loser in losers[:RIVALS]]
    shown = [high for high in highs if high is not None]
    high = min(shown, default=None)
    return Margin(min(min(lows), high) if high else min(lows), high)


def _holds(table: schulze.Matrix, winners: Sequence[str], losers: Sequence[str], count: int) -> bool:
    """Whether every winner keeps a stronger path to every loser than back, whatever `count` ballots say."""
    weak = _shifted(table, -count)
    strong = schulze.strongest_paths(_shifted(table, count))
    sure = schulze.strongest_paths(weak)
    return all(sure[winner][loser] > strong[loser][winner] for winner in winners for loser in losers)


def _shifted(table: schulze.Matrix, count: int) -> dict[str, dict[str, int]]:
    """Links at their weakest (count below 0) or strongest: each duel moved by so many ballots, on both sides."""
    return {
        one: {
            other: max(0, number + count) if number + count > table[other][one] - count else 0
            for other, number in row.items()
        }
        for one, row in table.items()
    }


def _swung(rule: Rule, box: Box, outcome: Outcome, electorate: int | None, loser: str) -> int | None:
    """A number of ballots that, putting the loser first and a winner last, turn the outcome."""
    winner = outcome.winners[-1]
    pairs = [(said, _swapped(said, winner, loser)) for said in _by_use(box, winner, loser)]
    low, high = 0, len(pairs)
    if not changes(rule, moved(box, pairs), outcome, electorate):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        turned = changes(rule, moved(box, pairs[:middle]), outcome, electorate)
        low, high = (low, middle) if turned else (middle, high)
    return high


def _by_use(box: Box, winner: str, loser: str) -> list[Content]:
    """Every ballot, those first that put the winner before the loser, and of these the ones that put the loser lowest."""
    ballots = [said for said, times in box.items() for _ in range(times)]

    def use(said: Content) -> tuple[bool, int]:
        place = {option: at for at, option in enumerate(said.options)}
        last = len(said.options)
        return place.get(winner, last) < place.get(loser, last), place.get(loser, last + 1)

    return sorted(ballots, key=use, reverse=True)


def _swapped(said: Content, winner: str, loser: str) -> Content:
    kept = tuple(option for option in said.options if option not in (winner, loser))
    return Content(Kind.RANKING, (loser, *kept))
