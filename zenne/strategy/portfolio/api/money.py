"""Money voted against change measured, by district or commune, for other software."""

from datetime import date
from decimal import Decimal
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.representations import Slug
from zenne.people.organisations.queries import listed
from zenne.places.areas.enums import AreaKind

from .. import queries
from ..money_and_change import Answer, Asked, Money, answer

router = Router()


class Wanted(BaseModel):
    """Which plan, and how fine."""

    plan: Slug | None = Field(None, description="The address of a plan; without it every public one.")
    by: Literal["commune", "district"] = Field("commune", description="By which areas.")


class ChangeMeasured(BaseModel):
    """The first published value of an indicator for the area, beside the latest. `good` is null where nothing changed, or where best lies between two bounds."""

    indicator: str = Field(description="The address of the indicator.", examples=["share-of-cycling"])
    unit: str
    first: Decimal
    first_on: date = Field(description="The last day of its period.")
    latest: Decimal
    latest_on: date
    change: Decimal
    good: bool | None


class MoneyAndChange(BaseModel):
    """One area. Amounts are cents of a euro; `area` is null for what no single area can be given."""

    area: str | None = Field(description="The official code of the commune or district.", examples=["21004"])
    name_fr: str | None
    name_nl: str | None
    voted_cents: int = Field(description="What residents’ votes and juries gave to ideas there.")
    committed_cents: int = Field(description="What decisions gave to projects of plans there.")
    from_residents_cents: int = Field(description="The part of it for projects that came of an idea or a vote.")
    spent_cents: int
    ideas: int
    projects: int
    changes: list[ChangeMeasured]


class MoneyAndChanges(BaseModel):
    """Both stand side by side: that one caused the other is nowhere said."""

    plan: str | None
    by: str
    items: list[MoneyAndChange]


@router.get("/money-and-change", response=MoneyAndChanges, summary="Money voted against change measured")
def money_and_change(request: HttpRequest, wanted: Query[Wanted]) -> MoneyAndChanges:
    """What votes and decisions gave to each area, and how the indicators of the plans moved there. A project in several areas divides its
    money equally among them, to the cent."""
    plan = queries.public_plans().filter(slug=wanted.plan).first() if wanted.plan else None
    if wanted.plan and plan is None:
        raise NotFound(_("There is no plan at this address."))
    found = answer(Asked(listed(request), plan, AreaKind(wanted.by)))
    return MoneyAndChanges(plan=wanted.plan, by=wanted.by, items=_items(found))


def _items(found: Answer) -> list[MoneyAndChange]:
    items = [
        _item(found.money.get(area.pk) or Money(), area.code, area.name_fr, area.name_nl, _changes(found, area.pk))
        for area in found.areas
    ]
    apart = found.money.get(None)
    return [*items, _item(apart, None, None, None, [])] if apart else items


def _item(
    money: Money, code: str | None, name_fr: str | None, name_nl: str | None, changes: list[ChangeMeasured]
) -> MoneyAndChange:
    return MoneyAndChange(
        area=code,
        name_fr=name_fr,
        name_nl=name_nl,
        voted_cents=money.voted_cents,
        committed_cents=money.committed_cents,
        from_residents_cents=money.from_residents_cents,
        spent_cents=money.spent_cents,
        ideas=money.ideas,
        projects=len(money.projects),
        changes=changes,
    )


def _changes(found: Answer, area: int) -> list[ChangeMeasured]:
    return [
        ChangeMeasured(
            indicator=each.slug,
            unit=each.unit,
            first=change.first,
            first_on=change.first_on,
            latest=change.latest,
            latest_on=change.latest_on,
            change=change.change,
            good=change.good,
        )
        for each in found.indicators
        if (change := found.changes.get((each.pk, area))) is not None
    ]


TITLE = gettext_lazy("Money and change")
resources.register("money-and-change", Resource(TITLE, router, about=TITLE, order=74))
