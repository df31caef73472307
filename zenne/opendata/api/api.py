"""What the API itself answers, and what lies below it: its own address, whose token it is, organisations, areas."""

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.errors import NotFound
from zenne.people.organisations import queries as organisations_queries
from zenne.people.organisations.enums import OrganisationKind
from zenne.people.organisations.models import Organisation as OrganisationRow
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area as AreaRow

from .description import written
from .enums import READ
from .kinds import Resource, needs, resources, signed_in
from .paging import Page, Paging, page_of
from .representations import AreaKey, Slug, Words, absolute, at, words

router = Router()
organisations_router = Router()
areas_router = Router()


class Entry(BaseModel):
    """Where everything begins."""

    title: str
    version: str
    openapi: str
    documentation: str
    licence: str


@router.get("/", response=Entry, summary="The beginning")
def entry(request: HttpRequest) -> Entry:
    """The addresses of the description and of the manual."""
    return Entry(
        title="Zenne",
        version="1",
        openapi=at("/openapi.json"),
        documentation=absolute(reverse("api:manual")),
        licence="https://creativecommons.org/licenses/by/4.0/",
    )


@router.get("/openapi.json", response=dict[str, Any], summary="The description in OpenAPI")
def openapi(request: HttpRequest) -> HttpResponse:
    """This API as OpenAPI 3.1. It changes only with the version of the platform."""
    return HttpResponse(written(), content_type="application/json", headers={"Cache-Control": "public, max-age=300"})


class Me(BaseModel):
    """Whose token it is, and what it may do."""

    name: str
    language: str
    scopes: list[str]
    token: str = Field(examples=["zenne_Ab3x"], description="The beginning of the token.")
    expires_at: datetime


@router.get("/me", response=Me, auth=needs(READ), summary="Whose token this is")
def me(request: HttpRequest) -> Me:
    """The person and the rights behind the token that was sent."""
    person, token = signed_in(request), request.token  # type: ignore[attr-defined]
    return Me(
        name=person.name,
        language=person.language,
        scopes=token.scopes,
        token=token.prefix,
        expires_at=token.expires_at,
    )


resources.register("about", Resource(_("About this API"), router, order=0))


# organisations


class OrganisationLinks(BaseModel):
    processes: str


class Organisation(BaseModel):
    """Whoever runs processes: the Region, a commune, an administration, an association."""

    slug: str = Field(examples=["jette"])
    kind: OrganisationKind
    name: Words
    about: Words
    languages: list[str] = Field(description="The languages in which everything it publishes is there.")
    parent: str | None = Field(description="The slug of the organisation it is part of.")
    since: datetime
    email: str | None
    url: str
    links: OrganisationLinks


def organisation_shown(row: OrganisationRow) -> Organisation:
    return Organisation(
        slug=row.slug,
        kind=OrganisationKind(row.kind),
        name=words(row, "name"),
        about=words(row, "about"),
        languages=row.languages,
        parent=row.parent.slug if row.parent and row.parent.live else None,
        since=row.opened_at,
        email=row.email or None,
        url=absolute(row.get_absolute_url()),
        links=OrganisationLinks(processes=at(f"/processes?organisation={row.slug}")),
    )


def _live() -> QuerySet[OrganisationRow]:
    return organisations_queries.visible_to(None).select_related("parent")


class OrganisationFilters(BaseModel):
    kind: Literal["region", "commune", "administration", "association"] | None = None


@organisations_router.get("/organisations", response=Page[Organisation], summary="Organisations")
def organisations(
    request: HttpRequest, filters: Query[OrganisationFilters], paging: Query[Paging]
) -> Page[Organisation]:
    """Those that are live, in the order in which they were made."""
    rows = _live()
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    return page_of(request, rows, paging, order=("id",), shown=organisation_shown, of=Organisation)


@organisations_router.get("/organisations/{slug}", response=Organisation, summary="One organisation")
def organisation(request: HttpRequest, slug: Slug) -> Organisation:
    """An organisation that is live."""
    row = _live().filter(slug=slug).first()
    if row is None:
        raise NotFound(_("There is no organisation at this address."))
    return organisation_shown(row)


def _organisation(number: int, now: datetime) -> Organisation | None:
    row = _live().filter(pk=number).first()
    return organisation_shown(row) if row else None


resources.register(
    "organisations",
    Resource(
        _("Organisations"),
        organisations_router,
        represent=_organisation,
        about=_("Who listens: the Region, communes, administrations."),
        order=10,
    ),
)


# areas


class Area(BaseModel):
    """A piece of the territory with an official code. Names are French and Dutch."""

    kind: AreaKind
    code: str = Field(examples=["21010"])
    name: Words
    parent: AreaKey | None
    postcodes: list[str]
    population: int | None
    population_at: date | None
    bounds: list[float] | None = Field(description="West, south, east, north, in degrees (WGS 84).")


class OutlinedArea(Area):
    outline: dict[str, Any] | None = Field(description="A GeoJSON Polygon or MultiPolygon (WGS 84).")


def _area(row: AreaRow) -> dict[str, Any]:
    bounds = [row.west, row.south, row.east, row.north]
    return {
        "kind": AreaKind(row.kind),
        "code": row.code,
        "name": Words(fr=row.name_fr, nl=row.name_nl),
        "parent": AreaKey(kind=row.parent.kind, code=row.parent.code) if row.parent else None,
        "postcodes": row.postcodes,
        "population": row.population,
        "population_at": row.population_at,
        "bounds": None if None in bounds else bounds,
    }


def area_shown(row: AreaRow) -> Area:
    return Area(**_area(row))


def _areas() -> QuerySet[AreaRow]:
    return AreaRow.objects.select_related("parent").defer("parent__outline")


class AreaFilters(BaseModel):
    kind: Literal["region", "commune", "district", "sector", "outside"] | None = None
    parent: str | None = Field(
        None,
        max_length=12,
        pattern="^[0-9A-Za-z]+$",
        description="The code of the area they are part of.",
        examples=["21004"],
    )


@areas_router.get("/areas", response=Page[Area], summary="Areas")
def areas(request: HttpRequest, filters: Query[AreaFilters], paging: Query[Paging]) -> Page[Area]:
    """The Region, its communes, districts and statistical sectors, by kind and code, without their outlines."""
    rows = _areas().defer("outline", "parent__outline")
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.parent:
        rows = rows.filter(parent__code=filters.parent)
    return page_of(request, rows, paging, order=("kind", "code"), shown=area_shown, of=Area)


@areas_router.get("/areas/{kind}/{code}", response=OutlinedArea, summary="One area, with its outline")
def area(
    request: HttpRequest, kind: Literal["region", "commune", "district", "sector", "outside"], code: Slug
) -> OutlinedArea:
    """An area and its outline."""
    row = _areas().filter(kind=kind, code=code).first()
    if row is None:
        raise NotFound(_("There is no area with this code."))
    return OutlinedArea(**_area(row), outline=row.outline)


resources.register(
    "areas",
    Resource(
        _("Areas"),
        areas_router,
        about=_("Where: the official pieces of the territory, with their inhabitants."),
        order=20,
    ),
)
