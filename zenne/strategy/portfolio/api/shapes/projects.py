"""A project with everything it holds, and as it was."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from zenne.opendata.api.representations import AreaKey, Words, absolute, at, words

from ...enums import Funding, Health, Part, ProjectState, Share
from ...models import BudgetLine as LineRow
from ...models import Involvement as InvolvementRow
from ...models import Milestone as MilestoneRow
from ...models import Origin as OriginRow
from ...models import Project as ProjectRow
from .plans import Money


class Project(BaseModel):
    """Something a plan does. `state` says where it is on its way, `health` how it does there; each with a public reason where one is due."""

    id: int = Field(examples=[12])
    number: int
    slug: str
    plan: str
    domain: int = Field(description="The number of its domain.")
    title: Words
    summary: Words
    state: ProjectState
    state_reason: Words
    state_since: date
    health: Health
    health_reason: Words
    health_on: date | None
    carrier: Words | None = Field(description="The department that carries it.")
    starts_on: date | None
    ends_on: date | None
    changed_at: datetime
    version: int
    url: str
    links: dict[str, str]


class Participant(BaseModel):
    """A department or partner that takes part."""

    name: Words
    helix: str | None = Field(description="Of a partner: public, private, knowledge, civil; null for a department.")
    part: Part
    words: Words


class MoneyLine(Money):
    source: Funding
    funder: str
    year: int | None
    reference: str = Field(description="Of the decision that committed it.")
    decided_on: date | None
    note: Words


class PlannedMilestone(BaseModel):
    """`first_due_on` never changes: a day that was moved is seen."""

    title: Words
    first_due_on: date
    due_on: date
    done_on: date | None
    moved_reason: Words


class Site(BaseModel):
    name: Words
    lon: float
    lat: float


class ProjectOrigin(BaseModel):
    """Something that somebody proposed, chose, decided or recommended, and how much of it the project takes up."""

    kind: str = Field(examples=["idea"])
    id: int
    share: Share
    reason: Words


class FullProject(Project):
    why: Words
    text: Words
    source: str
    source_note: Words = Field(description="Where the printings of the plan disagree.")
    objectives: list[int]
    areas: list[AreaKey]
    sites: list[Site]
    participants: list[Participant]
    money: list[MoneyLine]
    milestones: list[PlannedMilestone]
    indicators: list[str] = Field(description="The addresses of what it is measured by.")
    origins: list[ProjectOrigin]
    waits_for: list[int]
    merged_into: int | None
    split_from: int | None


class PastVersion(BaseModel):
    """The project as it was from a moment on. `sha256` is of the canonical JSON of `data`: keys in order, no spaces, UTF-8."""

    number: int
    at: datetime
    event: str
    sha256: str


class FullVersion(PastVersion):
    data: dict[str, Any]


def _project(row: ProjectRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "slug": row.slug,
        "plan": row.plan.slug,
        "domain": row.domain_id,
        **{name: words(row, name) for name in ("title", "summary", "state_reason", "health_reason")},
        "state": ProjectState(row.state),
        "state_since": row.state_since,
        "health": Health(row.health),
        "health_on": row.health_on,
        "carrier": words(row.carrier, "name") if row.carrier else None,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "changed_at": row.changed_at,
        "version": row.version,
        "url": absolute(row.get_absolute_url()),
        "links": {
            "plan": at(f"/plans/{row.plan.slug}"),
            "domain": at(f"/domains/{row.domain_id}"),
            "versions": at(f"/projects/{row.pk}/versions"),
        },
    }


def project_shown(row: ProjectRow) -> Project:
    return Project(**_project(row))


def _participant(row: InvolvementRow) -> Participant:
    who = row.department or row.partner
    assert who is not None
    helix = row.partner.helix if row.partner else None
    return Participant(name=words(who, "name"), helix=helix, part=Part(row.part), words=words(row, "words"))


def _line(row: LineRow) -> MoneyLine:
    plain = ("planned_cents", "committed_cents", "spent_cents", "funder", "year", "reference", "decided_on")
    given = {name: getattr(row, name) for name in plain}
    return MoneyLine(source=Funding(row.source), note=words(row, "note"), **given)


def _step(row: MilestoneRow) -> PlannedMilestone:
    given = {name: getattr(row, name) for name in ("first_due_on", "due_on", "done_on")}
    return PlannedMilestone(title=words(row, "title"), moved_reason=words(row, "moved_reason"), **given)


def _origin(row: OriginRow) -> ProjectOrigin:
    number = getattr(row, f"{row.kind}_id")
    return ProjectOrigin(kind=row.kind, id=number, share=Share(row.share), reason=words(row, "reason"))


def full_project(row: ProjectRow) -> FullProject:
    """Of one read by `_whole`."""
    return FullProject(
        **_project(row),
        **{name: words(row, name) for name in ("why", "text", "source_note")},
        source=row.source,
        objectives=sorted(each.pk for each in row.objectives.all()),
        areas=[AreaKey(kind=area.kind, code=area.code) for area in row.areas.all()],
        sites=[Site(name=words(site, "name"), lon=site.lon, lat=site.lat) for site in row.sites.all()],
        participants=[_participant(each) for each in row.involvements.all()],
        money=[_line(each) for each in row.lines.all()],
        milestones=[_step(each) for each in row.milestones.all()],
        indicators=[each.indicator.slug for each in row.measures.all()],
        origins=[_origin(each) for each in row.origins.all()],
        waits_for=sorted(each.on_id for each in row.waits_for),  # type: ignore[attr-defined]  # read by `_whole`
        merged_into=row.merged_into_id,
        split_from=row.split_from_id,
    )
