"""A read file brought into the portfolio by its own verbs: what is new is added, what differs is written again, what is the same is left alone.

Nothing is taken away: what a file does not name stays as it is. All or nothing; what a rule refuses is named by line like any other fault.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zenne.core.languages import DEFAULT, text_in
from zenne.participation.decisions.models import Body
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .. import actions
from ..models import Department, Domain, Objective, Partner, Plan
from . import records
from .decided import bring_decided
from .figures import bring_measures
from .ground import Ground
from .records import Fault, PlanFile
from .sheets import bring_projects, bring_surroundings
from .writing import CHANGED, NEW, SAME, Summary, differs, worded


def bring_in(
    file: PlanFile, *, organisation: Organisation, by: Person | None, now: datetime, check: bool = False
) -> Summary:
    """Load the plan and put it before everyone; with `check`, do all of it and keep nothing. Raises Faulty with what is refused, by line."""
    ground = Ground(file, organisation, by, now)
    with transaction.atomic():
        _bring(ground)
        if check:
            transaction.set_rollback(True)
    return ground.summary


def _bring(ground: Ground) -> None:
    ground.find_areas()
    known = Plan.objects.filter(slug=ground.file.plan.key).select_related("organisation").first()
    with actions.together("plan.loaded", by=ground.by, now=ground.now):
        for stage in (
            _plan,
            _bodies,
            _actors,
            _domains,
            _objectives,
            bring_projects,
            bring_surroundings,
            bring_measures,
        ):
            stage(ground)
            ground.end_stage()
        if known is None:
            bring_decided(ground)
    if known is not None:  # a revision is made of what was kept: what changed is kept first
        with actions.together("plan.loaded", by=ground.by, now=ground.now):
            bring_decided(ground)
    for row in ground.file.projects:
        ground.summary.note("projects", row.key, NEW if row.key in ground.fresh else ground.outcome(row.key))
    ground.plan.refresh_from_db()
    if ground.plan.published_at is None:
        with ground.at(ground.file.plan.spot):
            actions.publish_plan(ground.plan, by=ground.by, now=ground.now)
    ground.end_stage()


def _plan(ground: Ground) -> None:
    row = ground.file.plan
    values = {"starts_on": row.start, "ends_on": row.end, **worded(name=row.name, summary=row.summary)}
    values["source"] = "; ".join(each.title[DEFAULT] for each in ground.file.documents)[:400]
    known = Plan.objects.filter(slug=row.key).select_related("organisation").first()
    with ground.at(row.spot):
        if known is None:
            ground.plan = actions.create_plan(
                ground.organisation, slug=row.key, values=values, by=ground.by, now=ground.now
            )
            ground.summary.note("plans", row.key, NEW)
        elif known.organisation_id != ground.organisation.pk:
            reason = f"The organisation “{known.organisation.slug}” has a plan with the key “{row.key}” already."
            ground.faults.append(Fault(row.spot, reason))
        elif differs(known, values):
            ground.plan = actions.edit_plan(known, values=values, by=ground.by, now=ground.now)
            ground.summary.note("plans", row.key, CHANGED)
        else:
            ground.plan = known
            ground.summary.note("plans", row.key, SAME)


def _rows(
    ground: Ground,
    kind: str,
    rows: Iterable[Any],
    known: Mapping[str, Any],
    values: Callable[[Any], dict[str, Any]],
    write: Callable[..., Any],
) -> dict[str, Any]:
    """Rows that are written whole: departments, partners, domains."""
    found: dict[str, Any] = {}
    for row in rows:
        old, said = known.get(row.key), values(row)
        if old is not None and not differs(old, said):
            found[row.key] = old
            ground.summary.note(kind, row.key, SAME)
            continue
        with ground.at(row.spot):
            found[row.key] = write(slug=row.key, which=old, values=said, by=ground.by, now=ground.now)
            ground.summary.note(kind, row.key, CHANGED if old is not None else NEW)
    return found


def _bodies(ground: Ground) -> None:
    """Those of the organisation, known by what they are and how they are called."""
    known = {(each.role, text_in(each, "name", DEFAULT)) for each in ground.organisation.bodies.all()}
    for row in ground.file.plan.bodies:
        there = (row.role, row.name[DEFAULT]) in known
        if not there:
            Body.objects.create(organisation=ground.organisation, role=row.role, **worded(name=row.name))
        ground.summary.note("bodies", row.name[DEFAULT], SAME if there else NEW)


def _actors(ground: Ground) -> None:
    """Departments and partners belong to the organisation: several plans share them."""

    def department(row: records.Department) -> dict[str, Any]:
        return worded(name=row.name)

    def partner(row: records.Partner) -> dict[str, Any]:
        return {"helix": row.helix, **worded(name=row.name)}

    def write_department(**said: Any) -> Department:
        return actions.write_department(ground.organisation, **said)

    def write_partner(**said: Any) -> Partner:
        return actions.write_partner(ground.organisation, **said)

    known = {each.slug: each for each in ground.organisation.departments.all()}
    ground.departments = _rows(ground, "departments", ground.file.departments, known, department, write_department)
    there = {each.slug: each for each in ground.organisation.partners.all()}
    ground.partners = _rows(ground, "partners", ground.file.partners, there, partner, write_partner)


def _domains(ground: Ground) -> None:
    def values(row: records.Domain) -> dict[str, Any]:
        look = {"kind": row.kind, "icon": row.icon, "motif": row.motif, "hue": row.hue}
        return look | worded(name=row.name, text=row.text)

    def write(**said: Any) -> Domain:
        return actions.write_domain(ground.plan, **said)

    known = {each.slug: each for each in ground.plan.domains.all()}
    ground.domains = _rows(ground, "domains", ground.file.domains, known, values, write)


def _objectives(ground: Ground) -> None:
    known: dict[str, Objective] = {each.slug: each for each in ground.plan.objectives.prefetch_related("domains")}
    for row in ground.file.objectives:
        old, values = known.get(row.key), worded(title=row.title, text=row.text)
        domains = ground.named(row.domains, ground.domains)
        if old is not None and not differs(old, values) and set(old.domains.all()) == set(domains):
            ground.objectives[row.key] = old
            ground.summary.note("objectives", row.key, SAME)
            continue
        with ground.at(row.spot):
            ground.objectives[row.key] = actions.write_objective(
                ground.plan, slug=row.key, which=old, values=values, domains=domains, by=ground.by, now=ground.now
            )
            ground.summary.note("objectives", row.key, CHANGED if old is not None else NEW)
