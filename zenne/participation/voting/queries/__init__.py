"""The reads worth a name. None of them shows what the ballots of an open vote say, to anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zenne.core.memory import Remembered
from zenne.core.prepared import Lists, Rows, prepared, rows_of
from zenne.core.presence import present
from zenne.messaging.outbox.models import Letter
from zenne.participation.ideas.models import Idea
from zenne.participation.ideas.queries import for_cards
from zenne.participation.processes.enums import ProcessState, WindowState
from zenne.participation.processes.models import Process, RuleVersion
from zenne.people.accounts import marks as identities
from zenne.people.accounts.models import Identity, Person
from zenne.people.organisations.models import Organisation

from .. import counting, marks
from ..enums import Channel, ResultState
from ..models import Ballot, Contributor, District, Option, Replaced, Result, SealedBallot, Vote, Voter
from ..rules import is_ready
from .finding import all_of, as_it_is, at, votes
from .paper import Reconciled, batches_of, differing, is_read, readings, reconciled, unsettled

__all__ = [
    "PATIENCE",
    "RECEIPTS",
    "Guest",
    "Mine",
    "Receipt",
    "ReceiptState",
    "Reconciled",
    "Sheet",
    "Turnout",
    "all_of",
    "as_it_is",
    "at",
    "ballot_of",
    "batches_of",
    "contributors_of",
    "differing",
    "districts_of",
    "drawn_options",
    "due_to_seal",
    "frozen_rule",
    "guest_with_number",
    "has_ended",
    "in_the_box",
    "is_open",
    "is_over",
    "is_read",
    "leaves_of",
    "line_of",
    "manageable",
    "mine",
    "open_votes",
    "options_of",
    "public_result",
    "public_results",
    "published_result",
    "readings",
    "receipt",
    "receipts_under_way",
    "reconciled",
    "results_of",
    "rule_and_result",
    "sealed",
    "sealed_since",
    "sheet",
    "turnout",
    "unsettled",
    "voter_of",
    "voters_of",
    "votes",
    "with_figures",
]

RECEIPTS = "voting.receipt"
PATIENCE = timedelta(minutes=10)
"""How long sealing waits for receipts that are still to leave by mail."""

UNDER_WAY = ("waiting", "taken", "leaving")
_counted: "Remembered[Turnout]" = Remembered()
_sheets: "Remembered[Sheet]" = Remembered()
_trees: "Remembered[counting.Tree]" = Remembered(seconds=600, most=4)
"""The trees of closed votes, which no longer change."""


@dataclass(frozen=True)
class Sheet:
    """What a ballot is about: the options in their published order, with what a card shows of their ideas, the groups, who brings the money, and whether
    nothing is missing (`rules.is_ready`). Shared: read only."""

    options: list[Option]
    districts: list[District]
    contributors: list[Contributor]
    ready: bool


def sheet(vote: Vote) -> Sheet:
    """Outside a transaction it may be a moment old; from the freezing of the rule on it no longer changes."""
    return _sheets.get((vote.pk, vote.activity.frozen_at), lambda: _sheet(vote))


def _sheet(vote: Vote) -> Sheet:
    """Most votes have neither groups nor contributors nor projects that exclude each other: one question says so."""
    options = drawn_options(vote)
    grouped, funded, paired = present([vote.districts.all(), vote.contributors.all(), vote.exclusions.all()])
    districts = districts_of(vote) if grouped else []
    contributors = contributors_of(vote) if funded else []
    pairs = list(vote.exclusions.select_related("first", "second")) if paired else []
    return Sheet(options, districts, contributors, is_ready(vote, options, districts, contributors, pairs))


def options_of(vote: Vote) -> list[Option]:
    """On the ballot, in the published order."""
    return list(vote.options.select_related("district").order_by("number"))


def drawn_options(vote: Vote) -> list[Option]:
    """The same with what a card shows of their ideas: theme, commune and first picture."""
    ideas = for_cards(Idea.objects.defer("text")).select_related("process")
    return list(vote.options.select_related("district").prefetch_related(Prefetch("idea", ideas)).order_by("number"))


def districts_of(vote: Vote) -> list[District]:
    return list(vote.districts.select_related("area").defer("area__outline").order_by("number"))


def contributors_of(vote: Vote) -> list[Contributor]:
    """Who brings the money, with what, in the order in which they are named."""
    found = vote.contributors.select_related("organisation").prefetch_related("contributions__district")
    return list(found.order_by("number"))


def frozen_rule(vote: Vote) -> RuleVersion | None:
    """The rule now in force; None before it is frozen."""
    return vote.activity.rule_versions.order_by("-number").first()


def due_to_seal(now: datetime) -> QuerySet[Vote]:
    """Public votes whose window is over and whose box is not sealed yet."""
    over = (
        votes().filter(sealed_at__isnull=True).alias(end=Coalesce("activity__closes_at", "activity__phase__closes_at"))
    )
    return over.filter(end__lte=now).exclude(activity__phase__process__state=ProcessState.DRAFT).order_by("activity_id")


def sealed_since(moment: datetime) -> bool:
    """Whether any box was sealed after a moment."""
    return Vote.objects.filter(sealed_at__gt=moment).exists()


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


@dataclass(frozen=True)
class Mine:
    """What a person has in an open vote: their line of the voter list, their ballot (none on paper), and the seed of their order of options."""

    voter: Voter | None
    ballot: Ballot | None
    seed: str


def voters_of(vote: Vote, claims: marks.Claims) -> list[Voter]:
    """The lines of the voter list under any mark of one human being."""
    return rows_of(Voter, "where vote_id = %s and mark = any(%s) order by mark", [vote.pk, list(claims.marks)])


def in_the_box(vote: Vote, claims: Sequence[str]) -> Ballot | None:
    """The ballot under any of some marks; none where it was handed over on paper."""
    words = "where vote_id = %s and mark = any(%s) order by mark limit 1"
    return next(iter(rows_of(Ballot, words, [vote.pk, list(claims)])), None)


@prepared()
def mine(vote: Vote, person: Person) -> Mine:
    """Only they are ever shown it, and only until the box is sealed."""
    known = marks.key_and_claims(vote, person)
    if known is None:
        return Mine(None, None, "")
    key, claims = known
    voter = next(iter(voters_of(vote, claims)), None)
    if voter is None:  # most who open a ballot: without a line there is nothing in the box
        return Mine(None, None, marks.order_seed(key, person))
    ballot = in_the_box(vote, claims.marks)
    if ballot is not None and ballot.district_id is not None:
        ballot.district = next(district for district in sheet(vote).districts if district.pk == ballot.district_id)
    return Mine(voter, ballot, marks.order_seed(key, person))


def ballot_of(vote: Vote, person: Person) -> Ballot | None:
    """What this person has in the box, online or from a counter."""
    return mine(vote, person).ballot


def voter_of(vote: Vote, person: Person) -> Voter | None:
    """The line of the voter list of this person, with the channel by which they vote."""
    return mine(vote, person).voter


# --- counters and paper -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guest:
    """Somebody at a counter: an account, or the mark of the identity card that staff saw, with the account that carries it if there is one.

    `born` is the year of birth on the card.
    """

    person: Person | None
    mark: str = ""
    born: int | None = None

    def claims(self, key: bytes) -> marks.Claims:
        if self.mark:
            return marks.of_identity(key, self.mark)
        assert self.person is not None
        return marks.of_person(key, self.person)


def guest_with_number(number: str) -> Guest:
    """By a national number, which is forgotten at once. Raises Invalid when it cannot be one."""
    mark = identities.of_national_number(number)
    known = Identity.objects.filter(mark=mark, person__is_active=True).select_related("person").first()
    return Guest(known.person if known else None, mark, identities.birth_year(number))


def line_of(vote: Vote, guest: Guest) -> Voter | None:
    """The line of the voter list of somebody at a counter; that of a paper ballot before any other."""
    key = marks.key_of(vote)
    if key is None:
        return None
    found = Voter.objects.filter(vote=vote, mark__in=guest.claims(key).marks).select_related("district")
    return min(found, key=lambda voter: (voter.channel != Channel.PAPER, voter.mark), default=None)


def is_open(vote: Vote, now: datetime) -> bool:
    return (
        vote.sealed_at is None
        and vote.annulled_at is None
        and vote.process.state == ProcessState.PUBLISHED
        and vote.activity.state(now) == WindowState.OPEN
    )


def has_ended(vote: Vote, now: datetime) -> bool:
    """Whether the time for voting is over: boxes may be opened."""
    return vote.sealed_at is not None or vote.activity.state(now) == WindowState.CLOSED


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


def public_result(vote: Vote) -> Result | None:
    """The result that everybody can read: the published one, also once the vote was annulled."""
    return vote.results.filter(published_at__isnull=False).order_by("-number").first()


RULE_AND_RESULT = Lists(
    rules=Rows(RuleVersion, "where activity_id = %(vote)s order by number desc limit 1"),
    results=Rows(Result, "where vote_id = %(vote)s and published_at is not null order by number desc limit 1"),
)


def rule_and_result(vote: Vote) -> tuple[RuleVersion | None, Result | None]:
    """`frozen_rule` and `public_result`, for a page that says both."""
    found = RULE_AND_RESULT.read(vote=vote.pk)
    return next(iter(found["rules"]), None), next(iter(found["results"]), None)


def open_votes() -> QuerySet[Vote]:
    """The votes of public processes."""
    return votes().exclude(activity__phase__process__state=ProcessState.DRAFT)


def public_results(process: Process, moment: datetime) -> list[Result]:
    """What was public at `moment` of the counts of a process, in the order of its timeline."""
    found = Result.objects.filter(vote__activity__phase__process=process, published_at__lte=moment)
    places = ("vote__activity__phase__position", "vote__activity__position", "vote_id", "number")
    return list(found.select_related("vote__activity__phase__process__organisation").order_by(*places))


def with_figures(found: QuerySet[Vote]) -> QuerySet[Vote]:
    """Votes with what a list says of each: `turnout_<channel>`, `digest` of the rule in force, and whether a result `is_public`."""
    rules = RuleVersion.objects.filter(activity=OuterRef("pk")).order_by("-number")
    counted = {f"turnout_{channel.value}": _voters(channel) for channel in Channel}
    public = Result.objects.filter(vote=OuterRef("pk"), published_at__isnull=False)
    return found.annotate(digest=Subquery(rules.values("digest")[:1]), is_public=Exists(public), **counted)


def _voters(channel: Channel) -> Coalesce:
    lines = Voter.objects.filter(vote=OuterRef("pk"), channel=channel).order_by()
    number = lines.values("vote").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


# --- the back office ----------------------------------------------------------------------------------------------------------


def manageable(organisations: Iterable[Organisation]) -> QuerySet[Vote]:
    """The votes of some organisations, newest first."""
    found = votes().filter(activity__phase__process__organisation__in=organisations)
    return found.order_by("-activity_id")


# --- the sealed box -----------------------------------------------------------------------------------------------------------


def sealed(vote: Vote) -> QuerySet[SealedBallot]:
    """Every ballot that counts, in the order of the leaves."""
    return SealedBallot.objects.filter(vote=vote).order_by("leaf")


def results_of(vote: Vote) -> QuerySet[Result]:
    """Every count, the newest first."""
    return vote.results.select_related("made_by", "published_by").order_by("-number")
