"""A plan, its domains and its objectives; the departments and partners that take part."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import missing
from zenne.core.whole import require_whole
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from ..enums import DomainKind, PlanState
from ..models import Department, Domain, Objective, Partner, Plan
from ..rules import may_manage, may_move_plan, may_write
from .keeping import Values, fill, keep, locked_plan, texts, titled

PLAN_FIELDS = frozenset({"starts_on", "ends_on", "source", *texts("name", "summary")})
DOMAIN_FIELDS = frozenset({"kind", "number", "icon", "motif", "hue", *texts("name", "text")})
OBJECTIVE_FIELDS = frozenset({"number", *texts("title", "text")})
DEPARTMENT_FIELDS = frozenset({"email", *texts("name")})
PARTNER_FIELDS = frozenset({"helix", "url", *texts("name")})


@transaction.atomic
def create_plan(organisation: Organisation, *, slug: str, values: Values, by: Person | None, now: datetime) -> Plan:
    """Begin a plan. Nobody else reads it before `publish_plan`."""
    require(may_manage(by, organisation))
    made = Plan(organisation=organisation, slug=slug, created_at=now, changed_at=now)
    fill(made, values, PLAN_FIELDS)
    titled(made, "name")
    require_whole(made)
    made.save()
    keep(made, "plan.created", by, now)
    return made


@transaction.atomic
def edit_plan(plan: Plan, *, values: Values, by: Person | None, now: datetime) -> Plan:
    plan = locked_plan(plan)
    require(may_write(by, plan.organisation))
    fill(plan, values, PLAN_FIELDS)
    titled(plan, "name")
    require_whole(plan)
    plan.save()
    keep(plan, "plan.edited", by, now)
    return plan


@transaction.atomic
def publish_plan(plan: Plan, *, by: Person | None, now: datetime) -> Plan:
    """Let everyone read it, a draft too: being public is one thing, being in force another. Raises Invalid while a promised language is missing."""
    plan = locked_plan(plan)
    require(may_manage(by, plan.organisation))
    if plan.published_at is not None:
        return plan
    if missing(plan, ("name", "summary"), plan.organisation.languages):
        raise Invalid(_("Write its name and summary in every language that your organisation promises."))
    plan.published_at = now
    plan.save()
    keep(plan, "plan.published", by, now)
    return plan


@transaction.atomic
def archive_plan(plan: Plan, *, replaced: bool = False, by: Person | None, now: datetime) -> Plan:
    """Put it away, or say that another took its place. It stays readable."""
    plan = locked_plan(plan)
    to = PlanState.REPLACED if replaced else PlanState.ARCHIVED
    require(may_move_plan(by, plan, to))
    plan.state = to
    plan.save()
    keep(plan, f"plan.{to.value}", by, now)
    return plan


@transaction.atomic
def write_domain(
    plan: Plan, *, slug: str = "", which: Domain | None = None, values: Values, by: Person | None, now: datetime
) -> Domain:
    """Add a domain or a foundation, or write `which` again; its address stays."""
    plan = locked_plan(plan)
    require(may_write(by, plan.organisation))
    made = which or Domain(plan=plan, slug=slug, number=0)
    if made.plan_id != plan.pk:
        raise Invalid(_("It belongs to another plan."))
    fill(made, values, DOMAIN_FIELDS)
    if not made.number:
        kind = DomainKind(made.kind)
        made.number = (plan.domains.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0) + 1
    titled(made, "name")
    require_whole(made)
    made.save()
    keep(plan, "plan.domain", by, now, domain=made.slug)
    return made


@transaction.atomic
def drop_domain(domain: Domain, *, by: Person | None, now: datetime) -> None:
    """Take out a domain that holds no project."""
    plan = locked_plan(domain.plan)
    require(may_write(by, plan.organisation))
    try:
        domain.delete()
    except ProtectedError as error:
        raise Conflict(_("Projects stand in this domain. Bring them elsewhere first.")) from error
    keep(plan, "plan.domain_dropped", by, now, domain=domain.slug)


@transaction.atomic
def write_objective(
    plan: Plan,
    *,
    slug: str = "",
    which: Objective | None = None,
    values: Values,
    domains: Iterable[Domain] | None = None,
    by: Person | None,
    now: datetime,
) -> Objective:
    """Add an objective, or write `which` again. `domains` are all that share it; None leaves them."""
    plan = locked_plan(plan)
    require(may_write(by, plan.organisation))
    made = which or Objective(plan=plan, slug=slug, number=0)
    wanted = None if domains is None else list(domains)
    if made.plan_id != plan.pk or any(domain.plan_id != plan.pk for domain in wanted or ()):
        raise Invalid(_("It belongs to another plan."))
    fill(made, values, OBJECTIVE_FIELDS)
    if not made.number:
        made.number = (plan.objectives.aggregate(last=Max("number"))["last"] or 0) + 1
    titled(made)
    require_whole(made)
    made.save()
    if wanted is not None:
        made.domains.set(wanted)
    keep(plan, "plan.objective", by, now, objective=made.slug)
    return made


@transaction.atomic
def drop_objective(objective: Objective, *, by: Person | None, now: datetime) -> None:
    """Take out an objective that no project works for."""
    plan = locked_plan(objective.plan)
    require(may_write(by, plan.organisation))
    if objective.projects.exists():
        raise Conflict(_("Projects work for this objective. Take it off their sheets first."))
    objective.delete()
    keep(plan, "plan.objective_dropped", by, now, objective=objective.slug)


@transaction.atomic
def write_department(
    organisation: Organisation,
    *,
    slug: str = "",
    which: Department | None = None,
    values: Values,
    by: Person | None,
    now: datetime,
) -> Department:
    """Add a department, or write `which` again; its key stays."""
    require(may_write(by, organisation))
    made = which or Department(organisation=organisation, slug=slug)
    _write(made, organisation, values, DEPARTMENT_FIELDS)
    record("department.written", by=by, now=now, about=made, organisation=organisation)
    return made


@transaction.atomic
def write_partner(
    organisation: Organisation,
    *,
    slug: str = "",
    which: Partner | None = None,
    values: Values,
    by: Person | None,
    now: datetime,
) -> Partner:
    """Add a partner, or write `which` again; its key stays."""
    require(may_write(by, organisation))
    made = which or Partner(organisation=organisation, slug=slug)
    _write(made, organisation, values, PARTNER_FIELDS)
    record("partner.written", by=by, now=now, about=made, organisation=organisation)
    return made


def _write(made: Department | Partner, organisation: Organisation, values: Values, allowed: frozenset[str]) -> None:
    if made.organisation_id != organisation.pk:
        raise Invalid(_("It belongs to another organisation."))
    fill(made, values, allowed)
    titled(made, "name")
    require_whole(made)
    made.save()
