"""The reads worth a name. None of them shows what the ballots of an open vote say, to anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from zenne.core.memory import Remembered
from zenne.messaging.outbox.models import Letter
from zenne.participation.ideas.models import Idea
from zenne.participation.ideas.queries import for_cards
from zenne.participation.processes.enums import ProcessState, WindowState
from zenne.participation.processes.models import Permission, Process, RuleVersion
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from . import counting, marks
from .enums import Channel, ResultState
from .models import Ballot, District, Option, Replaced, Result, SealedBallot, Vote, Voter

RECEIPTS = "voting.receipt"
PATIENCE = timedelta(minutes=10)
"""How long sealing waits for receipts that are still to leave by mail."""

UNDER_WAY = ("waiting", "taken", "leaving")
_counted: "Remembered[Turnout]" = Remembered()
_trees: "Remembered[counting.Tree]" = Remembered(seconds=600, most=4)
"""The trees of closed votes, which no longer change."""


def votes() -> QuerySet[Vote]:
    """Every vote with what its rules ask."""
    permissions = Permission.objects.select_related("area", "group").defer("area__outline").order_by("action", "id")
    return Vote.objects.select_related("activity__phase__process__organisation").prefetch_related(
        Prefetch("activity__permissions", permissions)
    )


def of_process(process: Process) -> QuerySet[Vote]:
    found = votes().filter(activity__phase__process=process)
    return found.order_by("activity__phase__position", "activity__position", "activity_id")


def options_of(vote: Vote) -> list[Option]:
    """On the ballot, in the published order."""
    return list(vote.options.select_related("district").order_by("number"))


def drawn_options(vote: Vote) -> list[Option]:
    """The same with what a card shows of their ideas: theme, commune and first picture."""
    ideas = for_cards(Idea.objects.defer("text"))
    return list(vote.options.select_related("district").prefetch_related(Prefetch("idea", ideas)).order_by("number"))


def districts_of(vote: Vote) -> list[District]:
    return list(vote.districts.select_related("area").defer("area__outline").order_by("number"))


def frozen_rule(vote: Vote) -> RuleVersion | None:
    """The rule now in force; None before it is frozen."""
    return vote.activity.rule_versions.order_by("-number").first()


def due_to_seal(now: datetime) -> QuerySet[Vote]:
    """Public votes whose window is over and whose box is not sealed yet."""
    over = (
        votes().filter(sealed_at__isnull=True).alias(end=Coalesce("activity__closes_at", "activity__phase__closes_at"))
    )
    return over.filter(end__lte=now).exclude(activity__phase__process__state=ProcessState.DRAFT).order_by("activity_id")


def is_over(vote: Vote, now: datetime) -> bool:
    return vote.sealed_at is None and vote.activity.state(now) == WindowState.CLOSED


def receipts_under_way(vote: Vote) -> bool:
    """Whether letters with receipts of this vote are still to leave."""
    return Letter.objects.filter(
        source=RECEIPTS, key__startswith=f"{RECEIPTS}:{vote.pk}:", state__in=UNDER_WAY
    ).exists()


# --- turnout ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turnout:
    """How many have voted, by channel and by the number of their group of options (None: in none). Never for what."""

    total: int
    by_channel: dict[str, int]
    by_district: dict[int | None, int]


def turnout(vote: Vote) -> Turnout:
    """Who votes on paper counts from the moment the ballot is handed over. May be a moment old."""
    return _counted.get(vote.pk, lambda: _turnout(vote))


def _turnout(vote: Vote) -> Turnout:
    rows = Voter.objects.filter(vote=vote).order_by().values_list("channel", "district__number").annotate(Count("pk"))
    by_channel: dict[str, int] = dict.fromkeys(Channel.values, 0)
    by_district: dict[int | None, int] = {}
    for channel, district, count in rows:
        by_channel[channel] += count
        by_district[district] = by_district.get(district, 0) + count
    return Turnout(sum(by_channel.values()), by_channel, by_district)


# --- one's own ballot, while the vote is open ---------------------------------------------------------------------------------


def ballot_of(vote: Vote, person: Person) -> Ballot | None:
    """What this person has in the box, online or from a counter. Only they are ever shown it, and only until the box is sealed."""
    key = marks.key_of(vote)
    if key is None:
        return None
    claims = marks.of_person(key, person)
    return Ballot.objects.filter(vote=vote, mark__in=claims.marks).select_related("district").order_by("mark").first()


def voter_of(vote: Vote, person: Person) -> Voter | None:
    """The line of the voter list of this person, with the channel by which they vote."""
    key = marks.key_of(vote)
    if key is None:
        return None
    claims = marks.of_person(key, person)
    return Voter.objects.filter(vote=vote, mark__in=claims.marks).order_by("mark").first()


# --- receipts ---------------------------------------------------------------------------------------------------------------


class ReceiptState(StrEnum):
    IN_THE_BOX = "in-the-box"
    REPLACED = "replaced"
    SEALED = "sealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Receipt:
    """What there is to say about a leaf. `ballot` and its proof only once the box is sealed."""

    leaf: str
    state: ReceiptState
    ballot: SealedBallot | None = None
    proof: "counting.Inclusion | None" = None


def receipt(vote: Vote, leaf: str) -> Receipt:
    sealed = SealedBallot.objects.filter(vote=vote, leaf=leaf).first()
    if sealed is not None:
        return Receipt(leaf, ReceiptState.SEALED, sealed, _proof(vote, leaf))
    if Ballot.objects.filter(vote=vote, leaf=leaf).exists():
        return Receipt(leaf, ReceiptState.IN_THE_BOX)
    if Replaced.objects.filter(vote=vote, leaf=leaf).exists():
        return Receipt(leaf, ReceiptState.REPLACED)
    return Receipt(leaf, ReceiptState.UNKNOWN)


def _proof(vote: Vote, leaf: str) -> "counting.Inclusion | None":
    """In the tree of the published result, which has the paper ballots too; before that in the tree of what was sealed at closing."""
    result = published_result(vote)
    tree = _trees.get(
        (vote.pk, result.pk if result else 0), lambda: counting.tree(leaves_of(vote, paper=result is not None))
    )
    return counting.inclusion(tree, leaf)


def leaves_of(vote: Vote, *, paper: bool) -> tuple[str, ...]:
    """The leaves of the tree in their order: what was sealed at closing, and with `paper` what was keyed in since."""
    found = SealedBallot.objects.filter(vote=vote)
    if not paper:
        found = found.exclude(channel=Channel.PAPER)
    return tuple(found.order_by("leaf").values_list("leaf", flat=True))


def published_result(vote: Vote) -> Result | None:
    return vote.results.filter(state=ResultState.PUBLISHED).first()


# --- the back office ----------------------------------------------------------------------------------------------------------


def manageable(organisations: Iterable[Organisation]) -> QuerySet[Vote]:
    """The votes of some organisations, newest first."""
    found = votes().filter(activity__phase__process__organisation__in=organisations)
    return found.order_by("-activity_id")
