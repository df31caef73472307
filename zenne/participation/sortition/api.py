"""Draws by lot for other software: quotas, letters, pool, and every public draw with its fingerprints, odds and outcome. Numbers only, never a person."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.core.languages import DEFAULT, LANGUAGES
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug, Words, absolute, words
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from . import drawing, queries, showing
from .enums import BEFORE_LETTERS, Algorithm, DrawState, LotteryState, Source
from .models import Draw as DrawRow
from .models import Lottery as LotteryRow

router = Router()


class Lottery(BaseModel):
    """A panel that is drawn by lot: its size, its rule and how far it is."""

    id: int = Field(examples=[12])
    process: str = Field(examples=["our-squares"])
    title: Words
    intro: Words
    state: LotteryState
    size: int = Field(description="Seats of the panel.")
    algorithm: Algorithm
    source: Source = Field(description="Where chance comes from.")
    per_address: int | None = Field(description="Members of one address at most; null: no limit.")
    answer_until: datetime | None
    invited_at: datetime | None
    closed_at: datetime | None
    url: str


class LotteryGroup(BaseModel):
    """A group with its quota."""

    group: str
    name: Words
    share: float | None = Field(description="Percent of the inhabitants.")
    minimum: int
    maximum: int
    pool: int | None = Field(
        description="People of the pool; null before there is one and where fewer than ten could be recognised."
    )


class LotteryCategory(BaseModel):
    category: str
    name: Words
    groups: list[LotteryGroup]


class LotteryFigures(BaseModel):
    letters: int
    returned: int
    yes: int = Field(description="People in the pool.")
    no: int


class LotteryDraw(BaseModel):
    """One draw: committed before chance spoke, then drawn; or annulled in public."""

    number: int
    state: DrawState
    pool: int
    panels: int = Field(description="Possible panels.")
    commitment: str = Field(description="SHA-256 of `commitment.json`.")
    published_at: datetime | None
    source: Source
    round: int | None = Field(description="The round of drand; null for dice.")
    due_at: datetime | None
    randomness: str | None
    seed: str | None
    ticket: int | None = Field(description="Of a million.")
    drawn_at: datetime | None
    panel: list[int] = Field(description="Numbers of the pool; empty before the draw.")
    reserve: list[int] = Field(description="In the order in which they are asked.")
    odds: dict[str, int] = Field(description="Tickets of each number, of a million.")
    bundle_url: str | None
    bundle_sha256: str | None
    annulled_at: datetime | None
    annulment: Words
    url: str


class FullLottery(Lottery):
    figures: LotteryFigures | None = Field(description="Null before the letters left.")
    quotas: list[LotteryCategory]
    draws: list[LotteryDraw] = Field(description="What is public of them, the last first.")


def _lottery(row: LotteryRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "process": row.process.slug,
        "title": words(row.activity, "title"),
        "intro": words(row.activity, "intro"),
        "state": LotteryState(row.state),
        "size": row.size,
        "algorithm": Algorithm(row.algorithm),
        "source": Source(row.source),
        "per_address": row.per_address,
        "answer_until": row.answer_until,
        "invited_at": row.invited_at,
        "closed_at": row.closed_at,
        "url": _address("page", row),
    }


def _address(name: str, row: LotteryRow, *more: int) -> str:
    with override(DEFAULT):
        return absolute(reverse(f"sortition:{name}", args=[row.process.slug, row.pk, *more]))


def _categories(row: LotteryRow) -> list[LotteryCategory]:
    categories = queries.categories(row)
    shown = {
        quota.key: {group.key: group for group in quota.groups}
        for quota in showing.quotas(row, categories, queries.shown_pool(row))
    }
    return [
        LotteryCategory(
            category=category.key,
            name=words(category, "name"),
            groups=[
                LotteryGroup(
                    group=feature.key,
                    name=words(feature, "name"),
                    share=None if feature.share is None else float(feature.share),
                    minimum=feature.minimum,
                    maximum=feature.maximum,
                    pool=shown[category.key][feature.key].pool,
                )
                for feature in category.features.all()
            ],
        )
        for category in categories
    ]


def _draw(lottery: LotteryRow, row: DrawRow) -> LotteryDraw:
    return LotteryDraw(
        number=row.number,
        state=DrawState(row.state),
        pool=row.pool_size,
        panels=row.panels,
        commitment=row.commitment_digest,
        published_at=row.published_at,
        source=Source(row.source),
        round=row.round,
        due_at=row.due_at,
        randomness=row.randomness or None,
        seed=row.seed or None,
        ticket=drawing.ticket_of(row) if row.seed else None,
        drawn_at=row.drawn_at,
        panel=row.panel,
        reserve=row.reserve,
        odds=row.odds,
        bundle_url=_address("bundle", lottery, row.number) if row.bundle else None,
        bundle_sha256=row.bundle_sha256 or None,
        annulled_at=row.annulled_at,
        annulment=Words(**{language: (row.annulment or {}).get(language) for language in LANGUAGES}),
        url=_address("draw", lottery, row.number),
    )


@router.get("/processes/{slug}/lotteries", response=Page[Lottery], summary="The draws by lot of a process")
def lotteries(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> Page[Lottery]:
    """Panels that were, are or will be drawn by lot, the newest first."""
    if not Process.objects.filter(slug=slug).exclude(state=ProcessState.DRAFT).exists():
        raise NotFound(_("There is no process at this address."))
    rows = queries.open_lotteries().filter(activity__phase__process__slug=slug)
    return page_of(request, rows, paging, order=("-pk",), shown=lambda row: Lottery(**_lottery(row)), of=Lottery)


@router.get("/lotteries", response=Page[Lottery], summary="All draws by lot")
def every_lottery(request: HttpRequest, paging: Query[Paging]) -> Page[Lottery]:
    """Of every public process, the newest first."""
    rows = queries.open_lotteries()
    return page_of(request, rows, paging, order=("-pk",), shown=lambda row: Lottery(**_lottery(row)), of=Lottery)


@router.get("/lotteries/{number}", response=FullLottery, summary="One draw by lot")
def lottery(request: HttpRequest, number: Number) -> FullLottery:
    """With its quotas, how its letters fare, and every public draw."""
    found = represent(number, request.now)  # type: ignore[attr-defined]
    if found is None:
        raise NotFound(_("There is no draw by lot with this number."))
    return found


def represent(number: int, now: datetime) -> FullLottery | None:
    row = queries.open_lotteries().filter(pk=number).first()
    if row is None:
        return None
    figures = None if row.state in BEFORE_LETTERS else queries.figures(row)
    return FullLottery(
        **_lottery(row),
        figures=LotteryFigures(letters=figures.letters, returned=figures.returned, yes=figures.yes, no=figures.no)
        if figures
        else None,
        quotas=_categories(row),
        draws=[_draw(row, each) for each in queries.public_draws(row)],
    )


resources.register(
    "lotteries",
    Resource(
        gettext_lazy("Draws by lot"),
        router,
        represent=represent,
        about=gettext_lazy(
            "Panels drawn by lot: quotas, letters, the pool in numbers, what was committed before chance spoke, and who was drawn, by numbers."
        ),
        order=62,
    ),
)
