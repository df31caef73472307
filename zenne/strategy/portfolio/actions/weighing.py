"""From sheets to the shortlist: a jury scores them, and what it keeps moves on, with its public reason."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import missing, say
from zenne.participation.juries import actions as juries
from zenne.participation.juries.kinds import Verdict
from zenne.participation.juries.models import Jury
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..enums import ProjectState
from ..models import Plan, Project, Ranking
from ..rules import may_manage
from ..scoring import KIND
from .keeping import keep
from .projects import PROMISED, set_state


@transaction.atomic
def put_before_jury(plan: Plan, *, jury: Jury, projects: Iterable[Project], by: Person, now: datetime) -> list[Project]:
    """Let a jury of the same organisation score sheets. What is before it already stays; the new ones are returned.

    Only what can go on the shortlist as it is: its title and its summary stand in every promised language.
    """
    require(may_manage(by, plan.organisation))
    if jury.process.organisation_id != plan.organisation_id:
        raise Invalid(_("The jury belongs to another organisation."))
    chosen = [each.pk for each in projects]
    wanted = list(Project.objects.filter(pk__in=chosen).select_related("plan__organisation").order_by("number"))
    if any(each.plan_id != plan.pk or each.state != ProjectState.SHEET for each in wanted):
        raise Invalid(_("Only sheets of this plan that are being written come before a jury."))
    unsaid = [each for each in wanted if missing(each, PROMISED, plan.organisation.languages)]
    if unsaid:
        names = ", ".join(f"“{each}”" for each in unsaid)
        said = _(
            "Write the title and the summary of these in every language that your organisation promises: %(names)s."
        )
        raise Invalid(said % {"names": names})
    made = juries.take_subjects(jury, kind=KIND, keys=[each.pk for each in wanted], by=by, now=now)
    taken = {each.key for each in made}
    found = [each for each in wanted if each.pk in taken]
    for project in found:
        keep(project, "planned_project.before_jury", by, now, jury=jury.pk)
    return found


@transaction.atomic
def take_verdicts(jury: int, *, verdicts: Sequence[Verdict], by: Person, now: datetime) -> list[Ranking]:
    """Keep what a jury said of each sheet, and bring what it keeps on the shortlist. All or nothing, with the jury's own publication."""
    projects = Project.objects.select_related("plan__organisation").in_bulk([verdict.key for verdict in verdicts])
    made = []
    for verdict in verdicts:
        project = projects.get(verdict.key)
        if project is None:
            continue
        row = Ranking(project=project, jury_id=jury, rank=verdict.rank, score=verdict.score, kept=verdict.kept)
        row.ranked_at = now
        say(row, "reason", verdict.reason)
        row.save()
        made.append(row)
        if verdict.kept:
            set_state(project, to=ProjectState.SHORTLISTED, reason=verdict.reason, by=by, now=now)
        else:
            keep(project, "planned_project.ranked", by, now, jury=jury, rank=verdict.rank)
    return made
