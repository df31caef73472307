"""A project: its sheet, its way, how it does, who carries it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Invalid
from zenne.core.languages import missing, say
from zenne.core.whole import require_whole
from zenne.opendata.webhooks import actions as webhooks
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.organisations.rules import works_for
from zenne.places.areas.models import Area

from ..enums import DECIDED, PUBLIC, Health, Part, ProjectState, RevisionState, needs_reason
from ..errors import Overtaken
from ..models import Department, Involvement, Objective, Partner, Plan, Project, Revision, Site
from ..queries import carried_by_nobody
from ..rules import may_carry, may_manage, may_move, may_write
from ..tasks import speak
from ..versions import differences, sheet_of
from .keeping import Values, Words, fill, keep, locked_plan, locked_project, require_reason, texts, titled

FIELDS = frozenset(
    {"domain", "carrier", "starts_on", "ends_on", "source", *texts("title", "summary", "why", "text", "source_note")}
)
PROMISED = ("title", "summary")


@dataclass(frozen=True)
class Links:
    """What a sheet is linked to. None leaves a link as it is; an empty list takes all away. `sites` are (name, longitude, latitude)."""

    objectives: Iterable[Objective] | None = None
    areas: Iterable[Area] | None = None
    sites: Iterable[tuple[Words, float, float]] | None = None


@transaction.atomic
def add_project(
    plan: Plan,
    *,
    slug: str,
    number: int | None = None,
    values: Values,
    links: Links | None = None,
    by: Person | None,
    now: datetime,
) -> Project:
    """Put a project on the longlist. `number` and `slug` are its address for life; the next number where none is given."""
    plan = locked_plan(plan)
    require(may_write(by, plan.organisation))
    made = Project(plan=plan, slug=slug, created_at=now, changed_at=now, state_since=in_brussels(now).date())
    made.number = number or (plan.projects.aggregate(last=Max("number"))["last"] or 0) + 1
    _write(made, values)
    _link(made, links)
    keep(made, "planned_project.created", by, now)
    return made


@transaction.atomic
def edit_project(
    project: Project,
    *,
    values: Values,
    links: Links | None = None,
    version: int | None = None,
    by: Person | None,
    now: datetime,
) -> Project:
    """Write the sheet again. `version` is the one that was read: where somebody saved since, raises Overtaken with what they changed."""
    project = locked_project(project)
    require(may_carry(by, project))
    _require_latest(project, version)
    _write(project, values)
    _link(project, links)
    if project.state in PUBLIC:
        require_promised(project)
    keep(project, "planned_project.edited", by, now)
    return project


@transaction.atomic
def set_state(
    project: Project,
    *,
    to: ProjectState,
    reason: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Project:
    """Bring it a step along. Whoever stops, ends, goes back or begins again gives a reason that everyone reads.

    Validated it becomes only by a revision that a College or a council decided (`make_valid`).
    """
    project = locked_project(project)
    require(may_move(by, project, to))
    before = ProjectState(project.state)
    if to == ProjectState.VALIDATED and before == ProjectState.SHORTLISTED:
        raise Invalid(_("Only the decision of a College or a council validates a project: put a revision before it."))
    if to in DECIDED and project.validated_by_id is None:
        raise Invalid(_("No College and no council has decided about this project yet."))
    if needs_reason(before, to):
        require_reason(reason)
    if to in PUBLIC:
        require_promised(project)
    project.state, project.state_since = to, in_brussels(now).date()
    say(project, "state_reason", reason)
    project.save()
    keep(project, "planned_project.state", by, now, before=before.value, after=to.value)
    speak("moved", project, by=by, now=now)
    organisation = project.plan.organisation_id
    webhooks.announce(
        "planned_project.state", project.pk, organisation=organisation, now=now, before=before.value, after=to.value
    )
    return project


@transaction.atomic
def take_over(
    project: Project,
    *,
    to: ProjectState,
    since: date,
    revision: Revision | None = None,
    reason: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Project:
    """Note where a project stood when its plan was brought here from elsewhere: nobody pretends that it took the steps on this platform.

    Only from the longlist, or from where the `revision` put it that decided about it: what is decided names one, like any other.
    """
    project = locked_project(project)
    require(may_manage(by, project.plan.organisation))
    decided = revision is not None and revision.state == RevisionState.VALID and project.pk in revision.named
    if project.state != ProjectState.LONGLISTED and not (decided and project.state == ProjectState.VALIDATED):
        raise Invalid(_("Only a project on the longlist can be taken over in another state."))
    if to in DECIDED and not decided:
        raise Invalid(_("No College and no council has decided about this project yet."))
    if to in (ProjectState.STOPPED, ProjectState.TERMINATED):
        require_reason(reason)
    if to in PUBLIC:
        require_promised(project)
    project.state, project.state_since = to, since
    project.validated_by = revision if decided else None
    say(project, "state_reason", reason)
    project.save()
    keep(project, "planned_project.taken_over", by, now, after=to.value)
    return project


@transaction.atomic
def set_health(
    project: Project,
    *,
    to: Health,
    reason: Words | None = None,
    on: date | None = None,
    by: Person | None,
    now: datetime,
) -> Project:
    """Say how it does. What is at risk or off track says why, to everyone."""
    project = locked_project(project)
    require(may_carry(by, project))
    today = in_brussels(now).date()
    if on is not None and on > today:
        raise Invalid(_("That day is still to come."))
    if to in (Health.AT_RISK, Health.OFF_TRACK):
        require_reason(reason)
    before = project.health
    project.health, project.health_on = to, on or today
    say(project, "health_reason", reason)
    project.save()
    keep(project, "planned_project.health", by, now, before=before, after=to.value)
    speak("health_said", project, by=by, now=now)
    return project


@transaction.atomic
def carry(project: Project, *, person: Person | None, by: Person | None, now: datetime) -> Project:
    """Say who carries it: somebody who works for the organisation, or nobody any more."""
    project = locked_project(project)
    require(may_write(by, project.plan.organisation))
    if person is not None and not works_for(person, project.plan.organisation):
        raise Invalid(_("Only somebody who works for the organisation carries its projects."))
    before = project.carrier_person_id
    project.carrier_person = person
    project.save(update_fields=["carrier_person"])
    after = person.pk if person else None
    keep(project, "planned_project.carrier", by, now, before=before, after=after)
    return project


@transaction.atomic
def involve(
    project: Project,
    *,
    department: Department | None = None,
    partner: Partner | None = None,
    part: Part,
    words: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Involvement:
    """Say what a department or a partner does in it; saying it again replaces what was said."""
    project = locked_project(project)
    require(may_carry(by, project))
    who = department or partner
    if who is None or who.organisation_id != project.plan.organisation_id:
        raise Invalid(_("It belongs to another organisation."))
    made = project.involvements.filter(department=department, partner=partner).first() or Involvement(project=project)
    made.department, made.partner, made.part = department, partner, part
    say(made, "words", words)
    require_whole(made)
    made.save()
    keep(project, "planned_project.involved", by, now)
    return made


@transaction.atomic
def uninvolve(involvement: Involvement, *, by: Person | None, now: datetime) -> None:
    project = locked_project(involvement.project)
    require(may_carry(by, project))
    involvement.delete()
    keep(project, "planned_project.uninvolved", by, now)


def _require_latest(project: Project, version: int | None) -> None:
    if version is None or version == project.version:
        return
    kept = project.versions.filter(number=version).first()
    now_is = sheet_of(project)
    raise Overtaken(differences(kept.data, now_is) if kept else [], project.version)


def require_promised(project: Project) -> None:
    if missing(project, PROMISED, project.plan.organisation.languages):
        raise Invalid(_("Write its title and its summary in every language that your organisation promises."))


def _write(project: Project, values: Values) -> None:
    fill(project, values, FIELDS)
    titled(project)
    if project.domain_id is None or project.domain.plan_id != project.plan_id:
        raise Invalid(_("Choose a domain of the same plan."))
    if project.carrier and project.carrier.organisation_id != project.plan.organisation_id:
        raise Invalid(_("It belongs to another organisation."))
    require_whole(project)
    project.save()


def _link(project: Project, links: Links | None) -> None:
    if links is None:
        return
    if links.objectives is not None:
        wanted = list(links.objectives)
        if any(objective.plan_id != project.plan_id for objective in wanted):
            raise Invalid(_("Choose objectives of the same plan."))
        project.objectives.set(wanted)
    if links.areas is not None:
        project.areas.set(links.areas)
    if links.sites is not None:
        _place(project, list(links.sites))


def _place(project: Project, wanted: list[tuple[Words, float, float]]) -> None:
    """The points of a project: those that are there stay, with their number."""
    there = {(site.lon, site.lat): site for site in project.sites.all()}
    for name, lon, lat in wanted:
        site = there.pop((lon, lat), None) or Site(project=project, lon=lon, lat=lat)
        say(site, "name", name)
        require_whole(site)
        site.save()
    project.sites.filter(pk__in=[site.pk for site in there.values()]).delete()


@transaction.atomic
def notice_carriers(*, now: datetime) -> int:
    """Take off carriers who closed their account or no longer work for the organisation; how many. Nothing else of the project changes, and the
    history says since when nobody carries it."""
    return _without_carrier(carried_by_nobody(), now)


@transaction.atomic
def forget_carrier(person: Person, *, now: datetime) -> int:
    """The same at once for somebody whose account is being deleted."""
    return _without_carrier(Project.objects.filter(carrier_person=person), now)


def _without_carrier(projects: QuerySet[Project], now: datetime) -> int:
    found = list(projects.order_by("pk"))
    for project in found:
        held = locked_project(project)
        before, held.carrier_person_id = held.carrier_person_id, None
        held.save(update_fields=["carrier_person"])
        keep(held, "planned_project.carrier_left", None, now, before=before)
    return len(found)
