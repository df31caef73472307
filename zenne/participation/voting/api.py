"""Votes for other software: what is voted on and how, how many took part, and the result once it is published. Nothing of it before."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.core.languages import DEFAULT, LANGUAGES, in_every_language
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, absolute, words
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from . import queries
from .counting import funding
from .enums import Channel, Count, Method, VoteState
from .models import District as DistrictRow
from .models import Option as OptionRow
from .models import Result as ResultRow
from .models import Vote as VoteRow
from .telling import Told

router = Router()


class Turnout(BaseModel):
    """How many have voted, by channel. Who was handed a paper ballot counts from that moment."""

    total: int
    online: int
    paper: int
    counter: int


class Vote(BaseModel):
    """A vote: its window, its way of voting and counting, and how many took part."""

    id: int = Field(examples=[7])
    process: str = Field(examples=["our-squares"])
    title: Words
    intro: Words
    state: VoteState
    opens_at: datetime
    closes_at: datetime | None
    method: Method = Field(description="What a voter fills in: the `kind` of a ballot.")
    count: Count = Field(description="How the ballots are counted.")
    budget_cents: int | None = Field(description="In cents of a euro; null where there is none, or one for each group.")
    rule_digest: str | None = Field(description="SHA-256 of the frozen rule; null before the vote opens.")
    turnout: Turnout
    sealed_at: datetime | None = Field(description="When the key was destroyed: ballots are final and anonymous.")
    sealed_root: str | None = Field(description="Root of the tree over what came in online and at counters.")
    annulled_at: datetime | None
    annulment: Words = Field(description="The public reason; null while the vote stands.")
    url: str
    rule_url: str
    source: int | None = Field(description="The selection whose kept ideas are on the ballot.")


class VoteGroup(BaseModel):
    """A group of options with its own budget."""

    number: int
    title: Words
    budget_cents: int | None


class Brought(BaseModel):
    """What an institution brings to one budget."""

    group: int | None = Field(description="The group of options; null where there is one budget.")
    cents: int


class VoteContributor(BaseModel):
    """An institution that brings a part of the money. `number` is its name in payments."""

    number: int
    name: Words
    brings: list[Brought]


class VotePayment(BaseModel):
    """What one institution pays of one funded option, in cents. Those of an option add up to its cost."""

    contributor: int
    option: int
    cents: int


class VoteOption(BaseModel):
    """Something that can be chosen. `number` is its name in ballots."""

    number: int
    title: Words
    summary: Words
    idea: int | None
    group: int | None
    cost_cents: int | None
    lon: float | None
    lat: float | None


class OptionStanding(BaseModel):
    """What the count says of one option."""

    option: int
    won: bool
    rank: int | None = Field(description="Its place among the winners of its group.")
    votes: int = Field(description="How many ballots are for it.")
    score: int | str = Field(description="An integer, or a text that is exact, such as the fraction `13/4`.")
    reason: Words = Field(description="Why it won or lost, as the page says it.")


class VoteResult(BaseModel):
    """A published count, with what anybody needs to count again."""

    published_at: datetime
    ballots: int
    winners: list[int] = Field(description="Numbers of options, in the order of the count, group by group.")
    organiser_winners: list[int] | None = Field(
        description="Who won according to the organiser, for a vote that was held elsewhere and imported with its outcome."
    )
    said: Words
    standings: list[OptionStanding]
    payments: list[VotePayment] = Field(
        description="Who pays what is funded, where several institutions bring the money."
    )
    rule_digest: str = Field(description="SHA-256 of the frozen rule that was counted by.")
    root: str = Field(description="Root of the Merkle tree over all ballots.")
    bundle_sha256: str
    bundle_url: str = Field(description="Rule, ballots without names, tree, result and a script that counts again.")
    url: str


class FullVote(Vote):
    groups: list[VoteGroup]
    contributors: list[VoteContributor] = Field(description="Who brings the money, where several institutions do.")
    options: list[VoteOption]
    result: VoteResult | None = Field(description="Null until the organisation publishes it; stays after an annulment.")


def _vote(row: VoteRow, now: datetime) -> dict[str, Any]:
    opens_at, closes_at = row.activity.window()
    by_channel = {channel.value: getattr(row, f"turnout_{channel.value}") for channel in Channel}
    return {
        "id": row.pk,
        "process": row.process.slug,
        "title": words(row.activity, "title"),
        "intro": words(row.activity, "intro"),
        "state": row.state(now),
        "opens_at": opens_at,
        "closes_at": closes_at,
        "method": Method(row.method),
        "count": Count(row.count),
        "budget_cents": row.budget_cents,
        "rule_digest": row.digest,  # type: ignore[attr-defined]  # annotated by with_figures
        "turnout": Turnout(total=sum(by_channel.values()), **by_channel),
        "sealed_at": row.sealed_at,
        "sealed_root": row.root or None,
        "annulled_at": row.annulled_at,
        "annulment": Words(**{language: row.annulment.get(language) for language in LANGUAGES}),
        "url": _page("page", row),
        "rule_url": _page("rule", row),
        "source": row.source_id,
    }


def _page(name: str, row: VoteRow) -> str:
    with override(DEFAULT):
        return absolute(reverse(f"voting:{name}", args=[row.process.slug, row.pk]))


def _option(row: OptionRow) -> VoteOption:
    return VoteOption(
        number=row.number,
        title=words(row, "title"),
        summary=words(row, "summary"),
        idea=row.idea_id,
        group=row.district.number if row.district else None,
        cost_cents=row.cost_cents,
        lon=row.lon,
        lat=row.lat,
    )


def _result(row: VoteRow, result: ResultRow) -> VoteResult:
    told = Told(row, result)
    assert result.published_at is not None
    official = (row.imported or {}).get("official")
    return VoteResult(
        published_at=result.published_at,
        ballots=result.size,
        winners=[int(key) for outcome in result.tally.values() for key in outcome["winners"]],
        organiser_winners=None if official is None else [int(key) for key in official],
        said=Words(**in_every_language(lambda: " ".join(told.headlines()))),
        standings=[
            OptionStanding(
                option=option.number,
                won=told.won(option),
                rank=told.rank(option),
                votes=told.support(option),
                score=told.score(option),
                reason=Words(**told.reason(option)),
            )
            for option in told.options.values()
        ],
        payments=[
            VotePayment(contributor=int(key), option=int(option), cents=cents)
            for outcome in result.tally.values()
            for key, paid in outcome.get("payments", {}).items()
            for option, cents in paid.items()
        ],
        rule_digest=result.rule_digest,
        root=result.root,
        bundle_sha256=result.bundle_sha256,
        bundle_url=_page("bundle", row),
        url=_page("result", row),
    )


def _contributors(row: VoteRow, districts: list[DistrictRow]) -> list[VoteContributor]:
    contributors = queries.contributors_of(row)
    purses = funding.purses(row, districts) if row.is_budget and contributors else []
    brought = [(purse[0], funding.to(purse, contributors) or {}) for purse in purses]
    return [
        VoteContributor(
            number=each.number,
            name=words(each, "title"),
            brings=[
                Brought(group=district.number if district else None, cents=cents[each.key])
                for district, cents in brought
                if each.key in cents
            ],
        )
        for each in contributors
    ]


def full_vote_shown(row: VoteRow, now: datetime) -> FullVote:
    result, districts = queries.public_result(row), queries.districts_of(row)
    return FullVote(
        **_vote(row, now),
        groups=[
            VoteGroup(number=each.number, title=words(each, "title"), budget_cents=each.budget_cents)
            for each in districts
        ],
        contributors=_contributors(row, districts),
        options=[_option(option) for option in queries.options_of(row)],
        result=_result(row, result) if result else None,
    )


@router.get("/processes/{slug}/votes", response=Page[Vote], summary="The votes of a process")
def votes(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Vote]:
    """Coming, open and past, the newest first. How many have voted may be seen while a vote is open; for what, by nobody."""
    if not Process.objects.filter(slug=slug).exclude(state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no process at this address."))
    now = request.now  # type: ignore[attr-defined]
    rows = queries.with_figures(queries.open_votes().filter(activity__phase__process__slug=slug))
    return page_of(request, rows, paging, order=("-pk",), shown=lambda row: Vote(**_vote(row, now)), of=Vote)


@router.get("/votes/{number}", response=FullVote, summary="One vote")
def vote(request: HttpRequest, number: Number) -> FullVote:
    """With its options, and with its result once the organisation has published it."""
    found = represent(number, request.now)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(_("There is no vote with this number."))
    return found


def represent(number: int, now: datetime) -> FullVote | None:
    row = queries.with_figures(queries.open_votes()).filter(pk=number).first()
    return full_vote_shown(row, now) if row else None


resources.register(
    "votes",
    Resource(
        gettext_lazy("Votes"),
        router,
        represent=represent,
        about=gettext_lazy(
            "What is voted on and by which frozen rule, how many took part, and the published result with all it takes to count again."
        ),
        order=60,
    ),
)
