"""The rule of a vote in plain words, and an example of its count: in the language of the page, from the same settings that are frozen.

`tests/participation/voting/test_explaining.py` counts every example with the methods that count the vote.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zenne.web.tags.words import amount, grouped

from .enums import Completion, Count, Districts, Method, TieRule
from .models import Vote


@dataclass(frozen=True)
class Row:
    """A line of an example's table: what it is about, then its cells."""

    label: str
    cells: tuple[str, ...]
    wins: bool


@dataclass(frozen=True)
class Example:
    """A worked example: what is given as a table, what happens step by step, and what comes out."""

    intro: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    steps: tuple[str, ...]
    outcome: str


def voting(vote: Vote) -> list[str]:
    """What a voter does, one sentence each. What else a voter could do where a vote was held that was imported, nobody here knows."""
    return [*_ballot(vote), *limits(vote), *_where(vote), *([] if vote.imported else _freedom(vote))]


def _ballot(vote: Vote) -> list[str]:
    most, points = vote.max_choices, {"points": vote.points, "most": vote.top_score}
    match Method(vote.method):
        case Method.APPROVAL if most:
            said = ngettext("You choose up to %(count)d option.", "You choose up to %(count)d options.", most)
            return [said % {"count": most}]
        case Method.APPROVAL:
            return [_("You choose every option that you find good, as many as you like.")]
        case Method.SINGLE:
            return [_("You choose one option.")]
        case Method.POINTS:
            return [_("You divide %(points)d points among the options, as you like.") % points]
        case Method.SCORE:
            return [
                _(
                    "You give every option a score from 0 (worst) to %(most)d (best). An option without a score gets nothing from you."
                )
                % points
            ]
        case Method.RANKING:
            return [_("You rank the options: 1 is the best. Options that you leave out come after all that you rank.")]
    return [_("You say yes or no to every option, or nothing at all.")]


def limits(vote: Vote, *, on_paper: bool = False) -> list[str]:
    """How much a ballot may and must say, one sentence each. On paper no page counts along: the sheet names its budgets apart."""
    said = []
    if vote.method == Method.POINTS and vote.points_per_option:
        said.append(_("One option gets at most %(cap)d of them.") % {"cap": vote.points_per_option})
    if vote.min_choices > 1 and vote.method != Method.SINGLE:
        said.append(_("You choose at least %(count)d options.") % {"count": vote.min_choices})
    if vote.max_choices and vote.method not in (Method.SINGLE, Method.APPROVAL):
        words = ngettext("You use at most %(count)d option.", "You use at most %(count)d options.", vote.max_choices)
        said.append(words % {"count": vote.max_choices})
    if vote.basket and not on_paper:
        said.append(_("What you choose must fit the budget: the page shows what is left."))
    if vote.basket and vote.min_spent_percent:
        said.append(_("You use at least %(percent)d %% of the budget.") % {"percent": vote.min_spent_percent})
    return said


def _where(vote: Vote) -> list[str]:
    match Districts(vote.districts_mode):
        case Districts.OWN:
            return [_("You vote on the options of the place where you live.")]
        case Districts.ONE:
            return [_("You vote in one group of options, and choose which.")]
        case Districts.ALL:
            return (
                [_("You vote in all groups of options; each has its own budget.")]
                if vote.is_budget
                else [_("You vote in all groups of options.")]
            )
    return []


def _freedom(vote: Vote) -> list[str]:
    blank = [_("You may also cast a blank ballot: it counts as a voter, for no option.")] if vote.blank_allowed else []
    return [*blank, _("Until the vote closes you can change your mind: your last ballot is the one that counts.")]


def counting(vote: Vote) -> list[str]:
    """How the ballots become a result, one sentence each."""
    return [*_count(vote), *_needed(vote), _tie(vote)]


def _count(vote: Vote) -> list[str]:
    many = vote.winners or 1
    win = ngettext("%(count)d option wins.", "%(count)d options win.", many) % {"count": many}
    unit = {Method.POINTS: _("points"), Method.SCORE: _("points of score")}.get(Method(vote.method), _("votes"))
    match Count(vote.count):
        case Count.MOST:
            return [_("Options are put in order of their %(unit)s.") % {"unit": unit}, win]
        case Count.MAJORITY:
            return [
                _(
                    "An option is accepted when more people say yes than no. Who says nothing about it counts for neither."
                )
            ]
        case Count.INSTANT_RUNOFF:
            return [
                _(
                    "First choices are counted. As long as no option has more than half, the last one falls out and its ballots move to the next option on them."
                ),
                win,
            ]
        case Count.SCHULZE:
            return [
                _(
                    "Every option meets every other one: who is ranked higher by more people wins the duel. The option that beats all others, directly or by a stronger chain of duels, wins."
                ),
                win,
            ]
        case Count.BORDA:
            return [_("An option gets a point for every option it is ranked above, on every ballot."), win]
        case Count.GREEDY:
            return [
                _(
                    "Options are taken in the order of their %(unit)s. Each is funded in full if the money left is enough; otherwise it is passed over and the next one is looked at."
                )
                % {"unit": unit}
            ]
        case Count.GREEDY_COST:
            return [
                _(
                    "Options are taken in the order of their %(unit)s per euro. Each is funded in full if the money left is enough; otherwise it is passed over."
                )
                % {"unit": unit}
            ]
        case Count.EQUAL_SHARES:
            return [*_shares(vote), _left(vote), *_comparison(vote)]
    return [
        _(
            "Every voter earns money at the same pace. As soon as those who chose an option have earned its cost together, it is bought, and they begin again from zero."
        ),
        _("It ends when the next option would cost more than the budget."),
    ]


def _shares(vote: Vote) -> list[str]:
    if vote.method in (Method.POINTS, Method.SCORE):
        who = _(
            "The budget is divided equally among the voters. An option is funded when those who gave it points can pay it together from their shares; who gave more "
            "points pays more. The option that costs least per point goes first."
        )
    else:
        who = _(
            "The budget is divided equally among the voters. An option is funded when those who chose it can pay it together from their shares, each as much as the "
            "others as long as their share lasts. The option that most people share goes first."
        )
    return [who, _("So every group of voters decides on its own part of the money.")]


def _left(vote: Vote) -> str:
    match Completion(vote.completion):
        case Completion.NONE:
            return _("Money that is left stays unspent.")
        case Completion.ADD1U:
            return _(
                "Money that is left: the shares grow by one euro at a time, for everybody alike, and the count is made again, as long as the outcome stays within the budget."
            )
    return _("Money that is left: it goes to the options with the most votes that still fit.")


def _comparison(vote: Vote) -> list[str]:
    if not vote.comparison:
        return []
    return [
        _(
            "Then this outcome is compared with another one, in which the options with the most votes go first: every voter prefers the one that spends more on what they "
            "chose. If more voters prefer the other one, the other one stands."
        )
    ]


def paying() -> list[str]:
    """How what is funded is divided among the institutions that bring the money, one sentence each."""
    return [
        _("Of every funded option each institution pays the part that it brings of the budget, to the cent."),
        _(
            "Cents that cannot be divided go to whoever owes the largest fraction of a cent (the method of the largest remainders), first named first; what somebody paid too "
            "little or too much so counts at the next option."
        ),
        _("So nobody pays more than they bring, and when the whole budget is spent, each has paid exactly that."),
    ]


def _needed(vote: Vote) -> list[str]:
    said = []
    if vote.quorum:
        said.append(
            _("At least %(count)s people must vote; with fewer the vote decides nothing.")
            % {"count": grouped(vote.quorum)}
        )
    if vote.min_votes:
        said.append(_("An option needs at least %(count)s votes to win.") % {"count": grouped(vote.min_votes)})
    if vote.threshold_percent:
        said.append(
            _("An option needs the votes of at least %(percent)d %% of those who vote.")
            % {"percent": vote.threshold_percent}
        )
    return said


def _tie(vote: Vote) -> str:
    match TieRule(vote.tie_rule):
        case TieRule.ORDER:
            return _("When two have equally much, the one with the lower number on this page goes first.")
        case TieRule.MIN_COST:
            return _("When two have equally much, the cheaper one goes first, then the one with the lower number.")
        case TieRule.MAX_VOTES:
            return _(
                "When two have equally much, the one with more votes goes first, then the one with the lower number."
            )
        case TieRule.LOT:
            return _(
                "When two have equally much, a lot decides. It is drawn by a program from this seed, so that anybody can draw it again: %(seed)s"
            ) % {"seed": vote.lot_seed or "–"}
    return _("When two have equally much, the count stops there and the organisation decides, with a public reason.")


# --- an example of every count --------------------------------------------------------------------------------------------------

RANKED = (((0, 1, 2), 4), ((1, 0, 2), 3), ((2, 1, 0), 2))
"""Nine ballots that rank trees (0), benches (1), a fountain (2), best first, and how many said so."""

CHOSEN = (((0, 1), 6), ((2,), 4))
"""Ten ballots that approve of a playground (0), trees (1), benches (2)."""

COSTS = (6_000_000, 4_000_000, 4_000_000)
BUDGET = 10_000_000


def example(vote: Vote) -> Example:
    """Three options, a handful of voters, and the count of this vote."""
    match Count(vote.count):
        case Count.MOST:
            return _most(vote)
        case Count.MAJORITY:
            return _majority()
        case Count.INSTANT_RUNOFF | Count.SCHULZE | Count.BORDA:
            return _ranked(Count(vote.count))
    return _budget(Count(vote.count), compared=vote.count == Count.EQUAL_SHARES and vote.comparison)


def _names() -> tuple[str, str, str]:
    return _("Trees"), _("Benches"), _("A fountain")


def _most(vote: Vote) -> Example:
    trees, benches, fountain = _names()
    many = min(vote.winners or 1, 2)
    unit = {Method.POINTS: _("Points"), Method.SCORE: _("Points of score")}.get(
        Method(vote.method), pgettext("for an option", "Votes")
    )
    outcome = _("One option wins: the trees.") if many == 1 else _("Two options win: the trees and the benches.")
    return Example(
        intro=_("Ten people vote on three options."),
        columns=(unit,),
        rows=(Row(trees, ("7",), True), Row(benches, ("5",), many == 2), Row(fountain, ("3",), False)),
        steps=(_("In order: the trees with 7, the benches with 5, the fountain with 3."),),
        outcome=outcome,
    )


def _majority() -> Example:
    trees, benches, fountain = _names()
    return Example(
        intro=_("Ten people vote on three options."),
        columns=(_("Yes"), _("No"), _("Says nothing")),
        rows=(
            Row(trees, ("6", "3", "1"), True),
            Row(benches, ("5", "5", "0"), False),
            Row(fountain, ("2", "1", "7"), True),
        ),
        steps=(
            _("The trees have more yes than no: accepted."),
            _("The benches have as many yes as no: not accepted."),
            _("The fountain has more yes than no among those who said something: accepted."),
        ),
        outcome=_("The trees and the fountain are accepted."),
    )


def _ranked(count: Count) -> Example:
    trees, benches, fountain = _names()
    steps = {
        Count.INSTANT_RUNOFF: (
            _("First choices: trees 4, benches 3, fountain 2. Nobody has more than half of nine."),
            _("The fountain is last and falls out; its 2 ballots move to the benches, their second choice."),
            _("Now: benches 5, trees 4. Five is more than half."),
        ),
        Count.SCHULZE: (
            _("Benches against trees: 5 people rank the benches higher, 4 the trees. The benches win this duel."),
            _("Benches against fountain: 7 to 2. The benches win this one too."),
            _("Trees against fountain: 7 to 2 for the trees."),
        ),
        Count.BORDA: (
            _("A first place is worth 2 points, a second 1, a last 0."),
            _(
                "Trees: 4 times 2 and 3 times 1 make 11. Benches: 3 times 2 and 6 times 1 make 12. Fountain: 2 times 2 make 4."
            ),
        ),
    }[count]
    return Example(
        intro=_("Nine people rank three options."),
        columns=(_("4 people"), _("3 people"), _("2 people")),
        rows=(
            Row(trees, ("1", "2", "3"), False),
            Row(benches, ("2", "1", "2"), True),
            Row(fountain, ("3", "3", "1"), False),
        ),
        steps=steps,
        outcome=_("The benches win, although the trees have more first places."),
    )


def _budget(count: Count, *, compared: bool) -> Example:
    playground, trees, benches = _("Playground"), _("Trees"), _("Benches")
    money = {"share": amount(BUDGET // 10), "left": amount(BUDGET - COSTS[0]), "budget": amount(BUDGET)}
    money |= {"playground": amount(COSTS[0]), "trees": amount(COSTS[1]), "benches": amount(COSTS[2])}
    steps = _budget_steps(count, money)
    if compared:
        steps += (
            _(
                "The comparison: when the most votes go first, playground and trees are funded. The six then have %(budget)s spent on what they chose, instead of "
                "%(playground)s; the four have nothing, instead of %(benches)s. Six prefer the other outcome, four this one: the other one stands."
            )
            % money,
        )
    funded = {
        Count.EQUAL_SHARES: (0, 1, _("Playground and trees are funded: more voters prefer it so."))
        if compared
        else (0, 2, _("Playground and benches are funded: each group has got something.")),
        Count.PHRAGMEN: (1, 2, _("Trees and benches are funded: each group has got something.")),
    }.get(count, (0, 1, _("Playground and trees are funded.")))
    return Example(
        intro=_("Ten people divide %(budget)s. Six choose the playground and the trees, four choose the benches.")
        % money,
        columns=(_("Cost"), pgettext("for an option", "Votes")),
        rows=(
            Row(f"1. {playground}", (amount(COSTS[0]), "6"), 0 in funded),
            Row(f"2. {trees}", (amount(COSTS[1]), "6"), 1 in funded),
            Row(f"3. {benches}", (amount(COSTS[2]), "4"), 2 in funded),
        ),
        steps=steps,
        outcome=funded[2],
    )


def _budget_steps(count: Count, money: dict[str, str]) -> tuple[str, ...]:
    """How each way of counting gets there, from the same ballots."""
    steps: dict[Count, tuple[str, ...]] = {
        Count.GREEDY: (
            _(
                "Playground and trees have 6 votes each, the benches 4. The playground has the lower number and goes first."
            ),
            _("It is funded; %(left)s are left. The trees fit exactly. Nothing is left for the benches.") % money,
        ),
        Count.GREEDY_COST: (
            _(
                "The trees have the most votes per euro: 6 for %(trees)s. The playground has 6 for %(playground)s, the benches 4 for %(benches)s: as many per euro, and the playground has the lower number."
            )
            % money,
            _("Trees and playground are funded. Nothing is left for the benches."),
        ),
        Count.EQUAL_SHARES: (
            _("Ten voters, so everybody’s share is %(share)s.") % money,
            _(
                "Playground and trees are shared by six people each, the benches by four. The playground has the lower number and goes first: each of the six pays "
                "%(share)s, the whole share."
            )
            % money,
            _("For the trees nobody has money left. The four pay the benches with %(share)s each.") % money,
        ),
        Count.PHRAGMEN: (
            _("The six have earned the cost of the trees first: they are bought, and the six begin again from zero."),
            _("Then the four have earned the cost of the benches: they are bought."),
            _("The playground would be next, but together they would cost more than %(budget)s: it ends.") % money,
        ),
    }
    return steps[count]
