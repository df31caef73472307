"""What a vote may be, each as one table; the README's lists are printed from them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Method(TextChoices):
    """What a voter fills in. The values are the `kind` of a ballot's content (`zenne.methods.ballots`)."""

    APPROVAL = "approval", _("Choose every option you approve of")
    SINGLE = "single", _("Choose one option")
    POINTS = "points", _("Divide points among the options")
    SCORE = "score", _("Give every option a score")
    RANKING = "ranking", _("Rank the options")
    YES_NO = "yes_no", _("Yes or no to every option")


class Count(TextChoices):
    """How the ballots are counted."""

    MOST = "most", _("The most votes")
    MAJORITY = "majority", _("More yes than no")
    INSTANT_RUNOFF = "instant-runoff", _("Instant runoff: the last one falls out, its votes move on")
    SCHULZE = "schulze", _("Schulze: whoever wins every duel, directly or by a chain")
    BORDA = "borda", _("Borda: points for every rank")
    GREEDY = "greedy", _("Budget: the most votes first, as long as the money lasts")
    GREEDY_COST = "greedy-cost", _("Budget: the most votes per euro first, as long as the money lasts")
    EQUAL_SHARES = "equal-shares", _("Budget: equal shares, every voter has the same part of the money")
    PHRAGMEN = "phragmen", _("Budget: Phragmén, every voter earns money at the same pace")


BUDGET_COUNTS: frozenset[Count] = frozenset({Count.GREEDY, Count.GREEDY_COST, Count.EQUAL_SHARES, Count.PHRAGMEN})

# Which ways of counting a ballot allows; the first is the one proposed.
COUNTS: dict[Method, tuple[Count, ...]] = {
    Method.APPROVAL: (Count.MOST, Count.GREEDY, Count.GREEDY_COST, Count.EQUAL_SHARES, Count.PHRAGMEN),
    Method.SINGLE: (Count.MOST, Count.GREEDY, Count.GREEDY_COST),
    Method.POINTS: (Count.MOST, Count.GREEDY, Count.GREEDY_COST, Count.EQUAL_SHARES),
    Method.SCORE: (Count.MOST, Count.GREEDY, Count.GREEDY_COST, Count.EQUAL_SHARES),
    Method.RANKING: (Count.INSTANT_RUNOFF, Count.SCHULZE, Count.BORDA),
    Method.YES_NO: (Count.MAJORITY,),
}


class Completion(TextChoices):
    """What equal shares does with the money that is left."""

    NONE = "none", _("It stays unspent")
    ADD1U = "add1u", _("Everybody’s share grows step by step until it is spent")
    EXHAUSTIVE = "exhaustive", _("What still fits is added, the most votes first")


class TieRule(TextChoices):
    """What decides between options with equally much."""

    ORDER = "order", _("The published order")
    LOT = "lot", _("A lot drawn from a published seed")
    REFUSE = "refuse", _("Nothing: the organisation decides, with a reason")
    MIN_COST = "min-cost", _("The cheaper one, then the published order")
    MAX_VOTES = "max-votes", _("The one with more votes, then the published order")


class Districts(TextChoices):
    """Where a person votes when the options are grouped."""

    NONE = "none", _("The options are not grouped")
    OWN = "own", _("In the group of the district where they live")
    ONE = "one", _("In one group of their choice")
    ALL = "all", _("In every group")


class Channel(TextChoices):
    """How a ballot reached the box. All count the same."""

    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")
    COUNTER = "counter", _("At a counter")


class VoteState(TextChoices):
    """Where a vote stands; derived from its window and its moments, never stored."""

    PREPARING = "preparing", _("Not open yet")
    OPEN = "open", pgettext_lazy("vote", "Open")
    CLOSING = "closing", _("Closed, the box is being sealed")
    SEALED = "sealed", _("Closed, to be counted")
    COUNTED = "counted", _("Counted")
    ANNULLED = "annulled", _("Annulled")


class BatchState(TextChoices):
    """A batch of paper ballots, from the printer to the minutes."""

    PRINTED = "printed", pgettext_lazy("ballots", "Printed")
    OUT = "out", _("At the counter")
    RETURNED = "returned", _("Back, to be keyed in")
    KEYED = "keyed", _("Keyed in twice")
    SETTLED = "settled", _("Reconciled and in the box")
    SCRAPPED = "scrapped", pgettext_lazy("ballots", "Destroyed")


# From each state, where a batch may go; a step back is a step like any other, with its reason in the history.
BATCH_TRANSITIONS: dict[BatchState, tuple[BatchState, ...]] = {
    BatchState.PRINTED: (BatchState.OUT, BatchState.SCRAPPED),
    BatchState.OUT: (BatchState.RETURNED,),
    BatchState.RETURNED: (BatchState.KEYED, BatchState.OUT),
    BatchState.KEYED: (BatchState.SETTLED, BatchState.RETURNED),
    BatchState.SETTLED: (),
    BatchState.SCRAPPED: (),
}


class Invalid(TextChoices):
    """Why a paper ballot does not count. The values are the `invalid` of a ballot's content."""

    UNREADABLE = "unreadable", _("It cannot be read")
    TOO_MANY = "too-many", _("Too many choices")
    TOO_FEW = "too-few", _("Too few choices")
    OVER_BUDGET = "over-budget", _("More than the budget")
    MARKED = "marked", _("It carries a sign that names the voter")
    NOT_OURS = "not-ours", _("It is not a ballot of this vote")


class ResultState(TextChoices):
    """A count, from the button to everybody."""

    COUNTING = "counting", _("Being counted")
    DRAFT = "draft", _("Counted, not published")
    PUBLISHED = "published", pgettext_lazy("result", "Published")
    FAILED = "failed", _("The count did not work")
    ANNULLED = "annulled", _("Annulled")
