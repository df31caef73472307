"""A plan, its revisions, domains and objectives."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from zenne.opendata.api.representations import Words, absolute, at, words

from ... import queries
from ...enums import DomainKind, PlanState, RevisionState
from ...models import Domain as DomainRow
from ...models import Objective as ObjectiveRow
from ...models import Plan as PlanRow
from ...models import Revision as RevisionRow


class Money(BaseModel):
    """In cents of a euro."""

    planned_cents: int
    committed_cents: int
    spent_cents: int


class Plan(BaseModel):
    """What an organisation sets out to do. `decision` is the revision that gives it force, by a College or a council."""

    id: int
    slug: str = Field(examples=["smart-city-2030"])
    organisation: str
    name: Words
    summary: Words
    state: PlanState
    starts_on: date | None
    ends_on: date | None
    source: str
    changed_at: datetime
    url: str
    links: dict[str, str]


class Revision(BaseModel):
    """The plan as it was put before a body, with its fingerprint, and what the body decided."""

    number: int
    state: RevisionState
    reason: Words
    sha256: str = Field(description="Of the canonical JSON of the whole plan as it was proposed.")
    projects: int = Field(description="How many projects it names.")
    proposed_at: datetime
    body: Words | None
    reference: str
    decided_on: date | None
    answer: Words


class FullPlan(Plan):
    states: dict[str, int] = Field(description="How many projects stand in each state.")
    money: Money
    revisions: list[Revision]


class PastPlan(BaseModel):
    """A plan and every project that everyone could read, as they were."""

    on: date
    plan: dict[str, Any]
    projects: list[dict[str, Any]]


class Domain(BaseModel):
    """A field of a plan, or a foundation that carries all fields."""

    id: int = Field(examples=[3])
    kind: DomainKind
    number: int
    slug: str
    plan: str
    name: Words
    text: Words
    url: str
    links: dict[str, str]


class Objective(BaseModel):
    """What a plan wants to reach. `domains` are the numbers of those that share it."""

    id: int
    number: int
    slug: str
    plan: str
    title: Words
    text: Words
    domains: list[int]


def plan_facts(row: PlanRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "slug": row.slug,
        "organisation": row.organisation.slug,
        "name": words(row, "name"),
        "summary": words(row, "summary"),
        "state": PlanState(row.state),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "source": row.source,
        "changed_at": row.changed_at,
        "url": absolute(row.get_absolute_url()),
        "links": {
            "organisation": at(f"/organisations/{row.organisation.slug}"),
            "domains": at(f"/domains?plan={row.slug}"),
            "objectives": at(f"/objectives?plan={row.slug}"),
            "projects": at(f"/projects?plan={row.slug}"),
            "indicators": at(f"/indicators?plan={row.slug}"),
            "decisions": at(f"/decisions?plan={row.slug}"),
            "past": at(f"/plans/{row.slug}/past"),
        },
    }


def plan_shown(row: PlanRow) -> Plan:
    return Plan(**plan_facts(row))


def _revision(row: RevisionRow) -> Revision:
    return Revision(
        number=row.number,
        state=RevisionState(row.state),
        reason=words(row, "reason"),
        sha256=row.digest,
        projects=len(row.named),
        proposed_at=row.proposed_at,
        body=words(row.body, "name") if row.body else None,
        reference=row.reference,
        decided_on=row.decided_on,
        answer=words(row, "answer"),
    )


def full_plan(row: PlanRow) -> FullPlan:
    return FullPlan(
        **plan_facts(row),
        states=queries.states_at_a_glance(row),
        money=Money(**queries.money_of(queries.money_of_plan(row))),
        revisions=[
            _revision(each) for each in row.revisions.defer("snapshot").select_related("body").order_by("-number")
        ],
    )


def domain_shown(row: DomainRow) -> Domain:
    return Domain(
        id=row.pk,
        kind=DomainKind(row.kind),
        number=row.number,
        slug=row.slug,
        plan=row.plan.slug,
        name=words(row, "name"),
        text=words(row, "text"),
        url=absolute(row.get_absolute_url()),
        links={"plan": at(f"/plans/{row.plan.slug}"), "projects": at(f"/projects?domain={row.pk}")},
    )


def objective_shown(row: ObjectiveRow) -> Objective:
    return Objective(
        id=row.pk,
        number=row.number,
        slug=row.slug,
        plan=row.plan.slug,
        title=words(row, "title"),
        text=words(row, "text"),
        domains=sorted(domain.pk for domain in row.domains.all()),
    )
