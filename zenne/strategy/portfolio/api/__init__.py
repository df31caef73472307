"""Plans, domains, objectives and projects for other software, as they are and as they were on any day."""

from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router
from pydantic import BaseModel, Field

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.opendata.api.graphs import GRAPH, Wish, asked, graph_answer
from zenne.opendata.api.kinds import Resource, resources
from zenne.opendata.api.paging import Page, Paging, page_of
from zenne.opendata.api.representations import Number, Slug

from .. import queries
from ..enums import PUBLIC as PUBLIC_STATES
from ..enums import ProjectState
from ..graph import (
    graph_of_domains,
    graph_of_objectives,
    graph_of_plan,
    graph_of_plans,
    graph_of_projects,
    with_everything,
    with_measures,
)
from ..models import Dependency as DependencyRow
from ..models import Plan as PlanRow
from ..models import Project as ProjectRow
from ..models import Version as VersionRow
from ..past import end_of
from . import money as money  # its chapter registers itself
from .shapes.plans import (
    Domain,
    FullPlan,
    Objective,
    PastPlan,
    Plan,
    domain_shown,
    full_plan,
    objective_shown,
    plan_shown,
)
from .shapes.projects import FullProject, FullVersion, PastVersion, Project, full_project, project_shown

plan_router, domain_router, objective_router, project_router = Router(), Router(), Router(), Router()


class Of(BaseModel):
    """Only those of one plan."""

    plan: Slug | None = Field(None, description="The address of a plan.", examples=["smart-city-2030"])


class ProjectsOf(Of):
    domain: Number | None = Field(None, description="The number of a domain.")
    state: ProjectState | None = None


class OnDay(BaseModel):
    on: date | None = Field(None, description="As it was at the end of this day, in Brussels. Without it, as it is.")


def _whole() -> QuerySet[ProjectRow]:
    public = queries.public_projects().values("pk")
    waits = DependencyRow.objects.filter(on__in=public)
    return with_everything(queries.public_projects()).prefetch_related(Prefetch("needed", waits, to_attr="waits_for"))


@plan_router.get("/plans", response=Page[Plan], summary="Plans", openapi_extra=GRAPH)
def plans(request: HttpRequest, of: Query[Of], paging: Query[Paging], wish: Query[Wish]) -> Page[Plan] | HttpResponse:
    """Strategies and plans of organisations, in the order in which they were made."""
    rows, kind = queries.public_plans(), asked(request)
    rows = rows.filter(slug=of.plan) if of.plan else rows
    if kind is None:
        return page_of(request, rows, paging, order=("id",), shown=plan_shown, of=Plan)
    found = page_of(request, rows, paging, order=("id",), shown=lambda row: row, of=object)
    return graph_answer(kind, graph_of_plans(found.items), found.next)


@plan_router.get("/plans/{slug}", response=FullPlan, summary="One plan", openapi_extra=GRAPH)
def plan(request: HttpRequest, slug: Slug, wish: Query[Wish]) -> FullPlan | HttpResponse:
    """With its revisions and what was decided about them; as linked data, with its domains, objectives and projects."""
    row = _plan_at(slug)
    kind = asked(request)
    return graph_answer(kind, graph_of_plan(row)) if kind else full_plan(row)


@plan_router.get("/plans/{slug}/past", response=PastPlan, summary="A plan on a past day")
def past_plan(request: HttpRequest, slug: Slug, day: Query[OnDay]) -> PastPlan:
    """The whole plan as everyone read it at the end of a day, from the versions that were kept."""
    row = _plan_at(slug)
    moment, on = _moment(request, day.on)
    found = queries.state_at(row, moment)
    if found is None:
        raise NotFound(_("This plan did not exist yet on that day."))
    return PastPlan(on=on, **found)


@domain_router.get("/domains", response=Page[Domain], summary="Domains and foundations", openapi_extra=GRAPH)
def domains(
    request: HttpRequest, of: Query[Of], paging: Query[Paging], wish: Query[Wish]
) -> Page[Domain] | HttpResponse:
    """The fields of plans, and the foundations that carry them."""
    rows, kind = queries.public_domains(), asked(request)
    rows = rows.filter(plan__slug=of.plan) if of.plan else rows
    if kind is None:
        return page_of(request, rows, paging, order=("id",), shown=domain_shown, of=Domain)
    found = page_of(request, with_measures(rows), paging, order=("id",), shown=lambda row: row, of=object)
    return graph_answer(kind, graph_of_domains(found.items), found.next)


@domain_router.get("/domains/{number}", response=Domain, summary="One domain", openapi_extra=GRAPH)
def domain(request: HttpRequest, number: Number, wish: Query[Wish]) -> Domain | HttpResponse:
    """A field of a plan, or a foundation."""
    row = queries.public_domains().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no domain with this number."))
    kind = asked(request)
    return graph_answer(kind, graph_of_domains([row])) if kind else domain_shown(row)


@objective_router.get("/objectives", response=Page[Objective], summary="Objectives", openapi_extra=GRAPH)
def objectives(
    request: HttpRequest, of: Query[Of], paging: Query[Paging], wish: Query[Wish]
) -> Page[Objective] | HttpResponse:
    """What plans want to reach; one objective may be shared by several domains."""
    rows, kind = queries.public_objectives(), asked(request)
    rows = rows.filter(plan__slug=of.plan) if of.plan else rows
    if kind is None:
        return page_of(request, rows, paging, order=("id",), shown=objective_shown, of=Objective)
    found = page_of(request, with_measures(rows), paging, order=("id",), shown=lambda row: row, of=object)
    return graph_answer(kind, graph_of_objectives(found.items), found.next)


@objective_router.get("/objectives/{number}", response=Objective, summary="One objective", openapi_extra=GRAPH)
def objective(request: HttpRequest, number: Number, wish: Query[Wish]) -> Objective | HttpResponse:
    """With the domains that share it."""
    row = queries.public_objectives().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no objective with this number."))
    kind = asked(request)
    return graph_answer(kind, graph_of_objectives([row])) if kind else objective_shown(row)


@project_router.get("/projects", response=Page[Project], summary="Projects of plans", openapi_extra=GRAPH)
def projects(
    request: HttpRequest, of: Query[ProjectsOf], paging: Query[Paging], wish: Query[Wish]
) -> Page[Project] | HttpResponse:
    """Everything from the shortlist on, and what was stopped; narrowed by plan, domain or state."""
    rows = queries.public_projects()
    rows = rows.filter(plan__slug=of.plan) if of.plan else rows
    rows = rows.filter(domain=of.domain) if of.domain else rows
    rows = rows.filter(state=of.state) if of.state else rows
    kind = asked(request)
    if kind is None:
        return page_of(request, rows, paging, order=("id",), shown=project_shown, of=Project)
    found = page_of(request, with_everything(rows), paging, order=("id",), shown=lambda row: row, of=object)
    return graph_answer(kind, graph_of_projects(found.items), found.next)


@project_router.get("/projects/{number}", response=FullProject, summary="One project of a plan", openapi_extra=GRAPH)
def project(request: HttpRequest, number: Number, wish: Query[Wish]) -> FullProject | HttpResponse:
    """Its whole sheet: who, where, money, milestones, measures and origins."""
    row = _whole().filter(pk=number).first()
    if row is None:
        raise NotFound(_("There is no project with this number."))
    kind = asked(request)
    return graph_answer(kind, graph_of_projects([row])) if kind else full_project(row)


@project_router.get("/projects/{number}/versions", response=Page[PastVersion], summary="The versions of a project")
def project_versions(request: HttpRequest, number: Number, paging: Query[Paging]) -> Page[PastVersion]:
    """Every change since everyone reads it, the latest first."""
    rows = _versions(number).defer("data")
    return page_of(request, rows, paging, order=("-number",), shown=_version, of=PastVersion)


@project_router.get("/projects/{number}/versions/{version}", response=FullVersion, summary="One version of a project")
def project_version(request: HttpRequest, number: Number, version: Number) -> FullVersion:
    """The project exactly as it was from a moment on."""
    row = _versions(number).filter(number=version).first()
    if row is None:
        raise NotFound(_("There is no version with this number."))
    return FullVersion(**_version(row).model_dump(), data=row.data)


def _version(row: VersionRow) -> PastVersion:
    return PastVersion(number=row.number, at=row.at, event=row.event, sha256=row.digest)


def _versions(number: int) -> QuerySet[VersionRow]:
    """What was public when it was kept; while a sheet is being written it is its writers'."""
    if not queries.public_projects().filter(pk=number).exists():
        raise NotFound(_("There is no project with this number."))
    return VersionRow.objects.filter(project=number, data__state__in=[state.value for state in PUBLIC_STATES])


def _plan_at(slug: str) -> PlanRow:
    row = queries.public_plans().filter(slug=slug).first()
    if row is None:
        raise NotFound(_("There is no plan at this address."))
    return row


def _moment(request: HttpRequest, on: date | None) -> tuple[datetime, date]:
    now: datetime = request.now  # type: ignore[attr-defined]
    day = on or in_brussels(now).date()
    try:
        return end_of(day), day
    except OverflowError:
        raise NotFound(_("This plan did not exist yet on that day.")) from None


def represent_plan(number: int, now: datetime) -> FullPlan | None:
    row = queries.public_plans().filter(pk=number).first()
    return full_plan(row) if row else None


def represent_project(number: int, now: datetime) -> FullProject | None:
    row = _whole().filter(pk=number).first()
    return full_project(row) if row else None


for name, title, router, represent, order in (
    ("plans", gettext_lazy("Plans"), plan_router, represent_plan, 70),
    ("domains", gettext_lazy("Domains of plans"), domain_router, None, 71),
    ("objectives", gettext_lazy("Objectives of plans"), objective_router, None, 72),
    ("projects", gettext_lazy("Projects of plans"), project_router, represent_project, 73),
):
    resources.register(name, Resource(title, router, represent=represent, about=title, order=order))
