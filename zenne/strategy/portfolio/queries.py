"""The reads worth a name."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Membership
from zenne.people.organisations.queries import organisations_of
from zenne.strategy.indicators.models import Indicator

from .enums import DECIDED, PUBLIC, PlanState, ProjectState, RevisionState
from .models import BudgetLine, Dependency, Domain, Objective, Plan, Project, Revision, Version
from .versions import Data, frame_of, sheet_of

MONEY = ("planned_cents", "committed_cents", "spent_cents")


def public_plans() -> QuerySet[Plan]:
    """Those everyone reads, of organisations that are live; in force before drafts, archived ones last."""
    return Plan.objects.filter(published_at__isnull=False, organisation__opened_at__isnull=False).select_related(
        "organisation"
    )


def public_projects() -> QuerySet[Project]:
    """What everyone reads, of published plans."""
    found = Project.objects.filter(
        state__in=PUBLIC, plan__published_at__isnull=False, plan__organisation__opened_at__isnull=False
    )
    return found.select_related("plan__organisation", "domain", "carrier")


def public_domains() -> QuerySet[Domain]:
    found = Domain.objects.filter(plan__published_at__isnull=False, plan__organisation__opened_at__isnull=False)
    return found.select_related("plan__organisation")


def public_objectives() -> QuerySet[Objective]:
    found = Objective.objects.filter(plan__published_at__isnull=False, plan__organisation__opened_at__isnull=False)
    return found.select_related("plan__organisation").prefetch_related("domains")


def manageable(person: Person) -> QuerySet[Project]:
    return Project.objects.filter(plan__organisation__in=organisations_of(person)).select_related(
        "plan__organisation", "domain", "carrier"
    )


def in_force(plan: Plan) -> Revision | None:
    """The revision that gives the plan force today: the latest one that was decided."""
    return decided(plan).first() if plan.state == PlanState.VALID else None


def decided(plan: Plan) -> QuerySet[Revision]:
    """Its valid revisions, the latest first, without their words: these are as long as the plan."""
    found = plan.revisions.filter(state=RevisionState.VALID).select_related("body", "decision")
    return found.defer("snapshot", "named").order_by("-decided_on", "-number")


def revisable(plan: Plan) -> QuerySet[Project]:
    """What a revision of the plan is about: the shortlist and everything decided before, in the order of the plan."""
    return plan.projects.filter(state__in=(ProjectState.SHORTLISTED, *DECIDED)).order_by("number")


def whole_plan(plan: Plan, *, only: Collection[int] | None = None) -> Data:
    """The plan with its projects as plain data: those in `only`, or everything the public reads. Few queries, however many."""
    rows = plan.projects.filter(pk__in=only) if only is not None else plan.projects.filter(state__in=PUBLIC)
    return {"plan": frame_of(plan), "projects": sheets(rows.order_by("number"))}


def sheets(projects: QuerySet[Project]) -> list[Data]:
    """The latest kept version of each, in their order; two questions. Every verb leaves one, so that is how they are now."""
    kept = Version.objects.filter(project__in=projects, number=F("project__version"))
    data = dict(kept.values_list("project_id", "data"))
    return [data[project.pk] if project.pk in data else sheet_of(project) for project in projects]


def state_at(plan: Plan, moment: datetime) -> Data | None:
    """The plan as it was then, with every project that everyone read; None where it did not exist yet."""
    kept = plan.versions.filter(project__isnull=True, at__lte=moment).order_by("-at", "-number")
    frame = kept.values_list("data", flat=True).first()
    if frame is None:
        return None
    latest = plan.versions.filter(project__isnull=False, at__lte=moment)
    latest = latest.order_by("project_id", "-at", "-number").distinct("project_id")
    then = Version.objects.filter(pk__in=latest.values("pk"), data__state__in=[state.value for state in PUBLIC])
    return {"plan": frame, "projects": sorted(then.values_list("data", flat=True), key=lambda data: data["number"])}


def states_at_a_glance(plan: Plan) -> dict[str, int]:
    """How many projects stand in each public state; one query."""
    counted = plan.projects.filter(state__in=PUBLIC).order_by("state").values_list("state").annotate(n=Count("id"))
    found = dict(counted)
    return {state.value: found.get(state.value, 0) for state in PUBLIC}


def money_of(lines: QuerySet[BudgetLine]) -> dict[str, int]:
    """Planned, committed and spent, in cents, added up by the database."""
    added: dict[str, Any] = lines.aggregate(**{name: Sum(name) for name in MONEY})
    return {name: int(added[name] or 0) for name in MONEY}


def money_of_plan(plan: Plan) -> QuerySet[BudgetLine]:
    """The lines of what everyone reads. A merged project gave its lines away, so nothing counts twice."""
    return BudgetLine.objects.filter(project__plan=plan, project__state__in=PUBLIC)


def carried_by_nobody() -> QuerySet[Project]:
    """Those whose carrier has closed their account, or no longer works for the organisation. A platform administrator works everywhere."""
    works_here = Membership.objects.filter(
        person=OuterRef("carrier_person"), organisation=OuterRef("plan__organisation"), person__is_active=True
    )
    found = Project.objects.filter(carrier_person__isnull=False).exclude(carrier_person__is_superuser=True)
    return found.filter(~Exists(works_here)).select_related("plan__organisation", "carrier", "carrier_person")


def indicators_of(project: Project) -> list[Indicator]:
    """What a project is measured by, in its order."""
    return [
        each.indicator for each in project.measures.select_related("indicator__organisation").order_by("position", "id")
    ]


def commitment_of(project: Project) -> BudgetLine | None:
    """The first line on which money was committed."""
    return project.lines.filter(committed_cents__gt=0).order_by("decided_on", "id").first()


def way_between(start: Project, end: Project) -> list[Project]:
    """The projects from one to the other along what waits for what, both included; empty where no way leads there."""
    before: dict[int, int] = {start.pk: 0}
    edge = [start.pk]
    while edge and end.pk not in before:
        rows = (
            Dependency.objects.filter(project__in=edge)
            .order_by("project_id", "on_id")
            .values_list("project_id", "on_id")
        )
        edge = []
        for source, target in rows:
            if target not in before:
                before[target] = source
                edge.append(target)
    if end.pk not in before:
        return []
    way = [end.pk]
    while way[-1] != start.pk:
        way.append(before[way[-1]])
    found = Project.objects.in_bulk(way)
    return [found[pk] for pk in reversed(way)]
