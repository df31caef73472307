"""The votes of one process for everyone: every option with what became of it, and every ballot of the votes whose result is published.

`asked["process"]` is the process's number; whoever offers these has seen to it that the process is public.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zenne.core.languages import shown
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, by_key, datasets

from . import counting, queries
from .models import Option, Result, SealedBallot, Vote
from .telling import Told

BALLOTS = (
    Column("vote", _("Vote"), _("The number of the vote, as in its address.")),
    Column("leaf", _("Fingerprint"), _("SHA-256 of the ballot with its nonce: the code on the voter’s receipt.")),
    Column("channel", _("Channel"), _("online, paper or counter: a word for programs that stays the same.")),
    Column("group", _("Group of options"), _("Its number; empty where there are no groups.")),
    Column("ballot", _("Ballot"), _("As JSON, in its one spelling. Options are named by their numbers.")),
    Column("nonce", _("Nonce"), _("The random number that keeps the fingerprint from being guessed before closing.")),
)
OPTIONS = (
    Column("vote", _("Vote"), _("The number of the vote, as in its address.")),
    Column("vote_title", _("Title of the vote")),
    Column("option", _("Option"), _("Its number on the ballot.")),
    Column("title", _("Title")),
    Column("idea", _("Idea"), _("The number of the idea it stands for; empty for free words.")),
    Column("group", _("Group of options"), _("Its number; empty where there are no groups.")),
    Column("cost_cents", _("Cost in cents")),
    Column("outcome", _("Outcome"), _("won, lost or annulled; empty before the result is published.")),
    Column("rank", _("Rank"), _("Its place among the winners.")),
    Column(
        "votes",
        pgettext_lazy("for an option", "Votes"),
        _("How many ballots are for it; empty before the result is published."),
    ),
    Column("score", _("Score"), _("An integer or an exact fraction; empty before the result is published.")),
    Column("reason", _("Reason"), _("Why it won or lost, as the page says it.")),
)


def _votes(wish: Wish) -> QuerySet[Vote]:
    return queries.open_votes().filter(activity__phase__process=wish.key("process"))


def _ballots(wish: Wish) -> QuerySet[SealedBallot]:
    public = Result.objects.filter(vote__in=_votes(wish).values("pk"), published_at__isnull=False)
    return SealedBallot.objects.filter(vote__in=list(public.order_by("vote_id").values_list("vote_id", flat=True)))


def _ballot_rows(wish: Wish) -> Iterator[Row]:
    for batch in by_key(_ballots(wish), "pk", "vote_id", "channel", "district", "content", "nonce"):
        for leaf, vote, channel, district, content, nonce in batch:
            yield vote, leaf, channel, district, counting.canonical(content).decode(), nonce


def _options(wish: Wish) -> QuerySet[Option]:
    return Option.objects.filter(vote__in=_votes(wish).values("pk"))


def _option_rows(wish: Wish) -> Iterator[Row]:
    for vote in _votes(wish).order_by("-pk"):
        result = queries.public_result(vote)
        told = Told(vote, result) if result else None
        title = shown(vote.activity, "title")[0]
        for option in queries.options_of(vote):
            yield _option_row(vote, title, option, told)


def _option_row(vote: Vote, title: str, option: Option, told: Told | None) -> Row:
    known = (
        vote.pk,
        title,
        option.number,
        shown(option, "title")[0],
        option.idea_id,
        option.district.number if option.district else None,
        option.cost_cents,
    )
    if told is None:
        return (*known, "annulled" if vote.annulled_at else "", None, None, "", "")
    outcome = "annulled" if vote.annulled_at else "won" if told.won(option) else "lost"
    why = " ".join(told.why(option))
    return (*known, outcome, told.rank(option), told.support(option), str(told.score(option)), why)


datasets.register(
    "vote-options",
    Dataset(
        label=_("Options of votes"),
        about=_("One row per option of every vote, with what became of it once the result is published."),
        columns=OPTIONS,
        count=lambda wish: _options(wish).count(),
        rows=_option_rows,
        audience=Audience.EVERYONE,
        anonymity=_("It names nobody."),
        named="vote-options",
        order=16,
    ),
)
datasets.register(
    "ballots",
    Dataset(
        label=_("Ballots"),
        about=_(
            "One row per ballot of every vote whose result is published, in the order of the fingerprints, which says nothing of the order of voting."
        ),
        columns=BALLOTS,
        count=lambda wish: _ballots(wish).count(),
        rows=_ballot_rows,
        audience=Audience.EVERYONE,
        anonymity=_("No ballot carries a person or a moment: what tied them to voters was destroyed at closing."),
        named="ballots",
        order=17,
    ),
)
