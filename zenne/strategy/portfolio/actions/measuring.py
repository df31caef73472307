"""By what projects, objectives and domains are measured; and pilots, which say beforehand what they want to show."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import in_every_language, say
from zenne.core.whole import require_whole
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.strategy.indicators import actions as indicators
from zenne.strategy.indicators.models import Indicator

from ..enums import Verdict
from ..models import Domain, Measure, Objective, Pilot, Plan, Project
from ..queries import commitment_of
from ..rules import may_carry, may_write
from .delivery import freeze_measures
from .keeping import Values, Words, fill, keep, locked_plan, locked_project, require_reason, texts, titled

Thing = Project | Objective | Domain
PILOT_FIELDS = frozenset({"indicator", "starts_on", "ends_on", *texts("title", "hypothesis")})


@transaction.atomic
def measure(thing: Thing, *, indicator: Indicator, position: int = 1, by: Person | None, now: datetime) -> Measure:
    """Say that something is measured by an indicator of the same organisation. Where money was committed already, it is frozen at once."""
    held = _held(thing, by)
    plan = held if isinstance(held, Plan) else held.plan
    if indicator.organisation_id != plan.organisation_id:
        raise Invalid(_("It belongs to another organisation."))
    name = type(thing).__name__.lower()
    made = Measure.objects.filter(**{name: thing}, indicator=indicator).first()
    made = made or Measure(indicator=indicator, **{name: thing})
    made.position = position
    made.save()
    keep(held, "planned_project.measured" if held == thing else "plan.measured", by, now, indicator=indicator.pk)
    if isinstance(held, Project) and (line := commitment_of(held)):
        freeze_measures(held, reference=line.reference, by=by, now=now)
    return made


@transaction.atomic
def unmeasure(measure: Measure, *, by: Person | None, now: datetime) -> None:
    """Take an indicator off; not off a project whose money was committed on it."""
    thing = measure.thing
    held = _held(thing, by)
    if isinstance(held, Project) and commitment_of(held):
        raise Conflict(_("Money was committed on this measure: it stays."))
    number = measure.indicator_id
    Measure.objects.filter(pk=measure.pk).delete()
    keep(held, "planned_project.unmeasured" if held == thing else "plan.unmeasured", by, now, indicator=number)


@transaction.atomic
def write_pilot(
    project: Project, *, values: Values, which: Pilot | None = None, key: str = "", by: Person | None, now: datetime
) -> Pilot:
    """Prepare a trial, or write it again until it begins."""
    project = _carried(project, by)
    made = which or Pilot(project=project, key=key)
    if made.project_id != project.pk:
        raise Invalid(_("It belongs to another project."))
    if made.definition_id is not None:
        require(Refused(Reason.WRONG_STATE))
    fill(made, values, PILOT_FIELDS)
    titled(made, "hypothesis")
    require_whole(made)
    if made.indicator.organisation_id != project.plan.organisation_id:
        raise Invalid(_("It belongs to another organisation."))
    made.save()
    keep(project, "planned_project.pilot_written", by, now)
    return made


@transaction.atomic
def begin_pilot(pilot: Pilot, *, by: Person | None, now: datetime) -> Pilot:
    """From here on nobody changes what it should show: its indicator is frozen, and the pilot holds that very definition."""
    project = _carried(pilot.project, by)
    pilot = project.pilots.select_related("indicator").get(pk=pilot.pk)
    if pilot.definition_id is not None:
        return pilot
    because = in_every_language(lambda: _("The pilot “%(pilot)s” begins.") % {"pilot": pilot})
    pilot.definition = indicators.freeze(pilot.indicator, because=because, by=by, now=now)
    pilot.save()
    keep(project, "planned_project.pilot_begun", by, now, pilot=pilot.pk)
    return pilot


@transaction.atomic
def conclude_pilot(
    pilot: Pilot, *, verdict: Verdict, reason: Words, on: date | None = None, by: Person | None, now: datetime
) -> Pilot:
    """Say what it showed of what it should show, and why, to everyone. A pilot that refutes is a good pilot: it stays as visible."""
    project = _carried(pilot.project, by)
    pilot = project.pilots.get(pk=pilot.pk)
    if pilot.definition_id is None or pilot.verdict:
        require(Refused(Reason.WRONG_STATE))
    require_reason(reason)
    today = in_brussels(now).date()
    if on is not None and not pilot.starts_on <= on <= today:
        raise Invalid(_("A verdict is given after the pilot began, and never tomorrow."))
    pilot.verdict, pilot.concluded_on, pilot.concluded_by = verdict, on or today, by
    say(pilot, "reason", reason)
    pilot.save()
    keep(project, "planned_project.pilot_concluded", by, now, pilot=pilot.pk, verdict=verdict.value)
    return pilot


def _held(thing: Thing, by: Person | None) -> Project | Plan:
    """What a version is kept of: the project itself, else the plan that the objective or domain is part of."""
    if isinstance(thing, Project):
        return _carried(thing, by)
    plan = locked_plan(thing.plan)
    require(may_write(by, plan.organisation))
    return plan


def _carried(project: Project, by: Person | None) -> Project:
    held = locked_project(project)
    require(may_carry(by, held))
    return held
