"""Projects of a plan's file: their sheets, and what stands beside a sheet."""

from typing import Any

from .. import actions
from ..enums import DECIDED, Part
from ..enums import ProjectState as S
from ..models import Project
from . import records
from .figures import corrected
from .ground import Ground
from .writing import differs, worded


def bring_projects(ground: Ground) -> None:
    """Add what is new, write again what differs. A project that went into another one stays as it ended."""
    links = ground.plan.projects.select_related("domain", "carrier").prefetch_related(
        "objectives", "areas", "sites", "involvements", "milestones", "lines", "needed__on"
    )
    known = {each.slug: each for each in links}
    numbers = {each.number for each in known.values()}
    for number, row in enumerate(ground.file.projects, start=1):
        values, wanted = _sheet(ground, row), _links(ground, row)
        old = known.get(row.key)
        with ground.at(row.spot):
            if old is None:
                made = actions.add_project(
                    ground.plan,
                    slug=row.key,
                    number=None if number in numbers else number,
                    values=values,
                    links=wanted,
                    by=ground.by,
                    now=ground.now,
                )
                ground.fresh.add(row.key)
                ground.projects[row.key] = _stand(ground, made, row)
            elif old.merged_into_id is None and (differs(old, values) or _linked_otherwise(old, wanted)):
                actions.edit_project(old, values=values, links=wanted, by=ground.by, now=ground.now)
                ground.touched.add(row.key)
        if old is not None:
            ground.projects[row.key] = old


def _sheet(ground: Ground, row: records.Project) -> dict[str, Any]:
    values = worded(title=row.title, summary=row.summary, why=row.why, source_note=row.note)
    values |= {"domain": ground.domains[row.domain.key], "starts_on": row.start, "ends_on": row.end}
    values["carrier"] = ground.departments[row.carrier.key] if row.carrier else None
    values["source"] = ground.source(row.source) if row.source else ""
    return values


def _links(ground: Ground, row: records.Project) -> actions.Links:
    """Who names no place happens where the plan does."""
    return actions.Links(
        objectives=ground.named(row.objectives, ground.objectives),
        areas=ground.named(row.areas or ground.file.plan.areas, ground.areas),
        sites=[(point.name or {}, float(point.lon), float(point.lat)) for point in row.points],
    )


def _linked_otherwise(old: Project, wanted: actions.Links) -> bool:
    sites = {(lon, lat): worded(name=name) for name, lon, lat in wanted.sites or ()}
    there = {(site.lon, site.lat): site for site in old.sites.all()}
    return (
        set(old.objectives.all()) != set(wanted.objectives or ())
        or set(old.areas.all()) != set(wanted.areas or ())
        or set(there) != set(sites)
        or any(differs(there[point], words) for point, words in sites.items())
    )


def _stand(ground: Ground, made: Project, row: records.Project) -> Project:
    """What the decision of the file is about is put on the shortlist for it; where the others stand is said after it, or it would validate them."""
    if row.state not in DECIDED:
        return made
    return actions.take_over(made, to=S.SHORTLISTED, since=ground.file.plan.as_of, by=ground.by, now=ground.now)


def bring_surroundings(ground: Ground) -> None:
    """What stands beside a sheet: who takes part, steps, what waits for what, planned money."""
    for row in ground.standing():
        with ground.at(row.spot):
            changes = (
                _parts(ground, row) + _milestones(ground, row) + _dependencies(ground, row) + _planned(ground, row)
            )
            if changes and row.key not in ground.fresh:
                ground.touched.add(row.key)


def _parts(ground: Ground, row: records.Project) -> int:
    project, changes = ground.projects[row.key], 0
    there = {(each.department_id, each.partner_id) for each in project.involvements.all()}
    for department in ground.named(row.departments, ground.departments):
        if (department.pk, None) not in there:
            actions.involve(project, department=department, part=Part.WORKS, by=ground.by, now=ground.now)
            changes += 1
    for partner in ground.named(row.partners, ground.partners):
        if (None, partner.pk) not in there:
            actions.involve(project, partner=partner, part=Part.WORKS, by=ground.by, now=ground.now)
            changes += 1
    return changes


def _milestones(ground: Ground, row: records.Project) -> int:
    project, changes = ground.projects[row.key], 0
    known = {each.key: each for each in project.milestones.all()}
    for step in row.milestones:
        with ground.at(step.spot):
            old = known.get(step.key)
            if old is None:
                old = actions.add_milestone(
                    project, title=step.title, due_on=step.due, key=step.key, by=ground.by, now=ground.now
                )
                changes += 1
            elif old.due_on != step.due or differs(old, worded(title=step.title)):
                old = actions.change_milestone(
                    old, title=step.title, due_on=step.due, reason=corrected(), by=ground.by, now=ground.now
                )
                changes += 1
            if step.done and old.done_on != step.done:
                actions.finish_milestone(old, on=step.done, by=ground.by, now=ground.now)
                changes += 1
    return changes


def _dependencies(ground: Ground, row: records.Project) -> int:
    project, changes = ground.projects[row.key], 0
    there = {each.on_id for each in project.needed.all()}
    for ref in row.depends_on:
        other = ground.projects[ref.key]
        if other.pk not in there:
            with ground.at(ref.spot):
                actions.depend(project, on=other, by=ground.by, now=ground.now)
            changes += 1
    return changes


def _planned(ground: Ground, row: records.Project) -> int:
    project, changes = ground.projects[row.key], 0
    known = {each.key: each for each in project.lines.all()}
    for line in row.budget:
        values = {
            "source": line.source,
            "funder": line.funder,
            "year": line.year,
            "planned_cents": line.planned,
        }
        old = known.get(line.key)
        if old is None or differs(old, values):
            with ground.at(line.spot):
                actions.write_line(project, values=values, which=old, key=line.key, by=ground.by, now=ground.now)
            changes += 1
    return changes
