"""Projects that are merged or split: nothing is lost, and every history stays where it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import say
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..enums import DECIDED, ENDED, PUBLIC, ProjectState
from ..models import Dependency, Project
from ..queries import way_between
from ..rules import may_manage
from ..tasks import speak
from .keeping import Values, Words, keep, locked_project, require_reason
from .projects import Links, add_project, require_promised

# What goes along as a copy: the old sheet keeps its own row, and nobody has it twice. Each with what makes two rows the same.
COPIED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("origins", ("idea_id", "selection_id", "decision_id", "recommendation_id")),
    ("involvements", ("department_id", "partner_id")),
    ("measures", ("indicator_id",)),
    ("follows", ("person_id",)),
    ("sites", ("lon", "lat")),
    ("attachments", ("file_id", "language")),
)
# What moves: it would count or be promised twice.
MOVED = ("lines", "risks", "pilots")


@dataclass(frozen=True)
class Half:
    """A project that is split off: its address, its words, and the numbers of the budget lines and milestones it takes along."""

    slug: str
    values: Values
    lines: Sequence[int] = field(default_factory=tuple)
    milestones: Sequence[int] = field(default_factory=tuple)


@transaction.atomic
def merge(projects: Sequence[Project], *, into: Project, reason: Words, by: Person | None, now: datetime) -> Project:
    """Let one project go on with what several were. The others end, keep their address and their history, and say into which they went.

    Money, open milestones, risks and pilots move; origins, partners, measures, followers and places go along as copies; what waited for one of
    them waits for `into`. Raises Conflict where others would then wait for each other in a circle, with its projects by name.
    """
    merged = {project.pk for project in projects} | {into.pk}
    waiting = set(Dependency.objects.filter(on__in=merged - {into.pk}).values_list("project", flat=True)) - merged
    held = {pk: locked_project(Project(pk=pk)) for pk in sorted(merged | waiting)}
    waits = [held.pop(pk) for pk in sorted(waiting)]
    into = held.pop(into.pk)
    _may_change(into, by)
    require_reason(reason)
    if not held:
        raise Invalid(_("Choose the projects to merge."))
    for old in held.values():
        _may_change(old, by)
        if old.plan_id != into.plan_id:
            raise Invalid(_("Only projects of one plan are merged."))
    Dependency.objects.filter(project__in=merged, on__in=merged).delete()
    for old in held.values():
        _move_along(old, into)
        old.state, old.state_since = ProjectState.TERMINATED, in_brussels(now).date()
        old.merged_into = into
        say(old, "state_reason", reason)
        old.save()
        keep(old, "planned_project.merged", by, now, into=into.pk)
        speak("merged", old, by=by, now=now)
    keep(into, "planned_project.merged_in", by, now, merged=sorted(held))
    for each in waits:
        keep(each, "planned_project.dependency", by, now, on=into.pk)
    return into


@transaction.atomic
def split(project: Project, *, into: Sequence[Half], reason: Words, by: Person | None, now: datetime) -> list[Project]:
    """Let new projects go on with parts of one, which stays with what is left. A part of a decided project waits on the shortlist: only a
    College or a council makes it part of the plan."""
    project = locked_project(project)
    _may_change(project, by)
    require_reason(reason)
    if not into:
        raise Invalid(_("Say into which projects."))
    made = [_part_of(project, half, reason, by, now) for half in into]
    keep(project, "planned_project.split", by, now, into=[part.pk for part in made])
    return made


def _part_of(project: Project, half: Half, reason: Words, by: Person | None, now: datetime) -> Project:
    inherited = {"domain": project.domain, "carrier": project.carrier, **half.values}
    links = Links(objectives=list(project.objectives.all()), areas=list(project.areas.all()))
    part = add_project(project.plan, slug=half.slug, values=inherited, links=links, by=by, now=now)
    _copy(project, part)
    for name, chosen in (("lines", half.lines), ("milestones", half.milestones)):
        rows = getattr(project, name).filter(pk__in=chosen)
        if rows.count() != len(set(chosen)):
            raise Invalid(_("A budget line or a milestone belongs to another project."))
        rows.update(project=part)
    part.split_from, part.carrier_person = project, project.carrier_person
    part.state = ProjectState.SHORTLISTED if project.state in DECIDED else ProjectState(project.state)
    if part.state in PUBLIC:
        require_promised(part)
    part.state_since = in_brussels(now).date()
    say(part, "state_reason", reason)
    part.save()
    keep(part, "planned_project.split_off", by, now, source=project.pk)
    speak("split", part, by=by, now=now)
    return part


def _may_change(project: Project, by: Person | None) -> None:
    require(may_manage(by, project.plan.organisation))
    if project.state in ENDED:
        raise Invalid(_("“%(project)s” has ended.") % {"project": project})


def _move_along(old: Project, into: Project) -> None:
    for name in MOVED:
        _rekey(old, name)
        getattr(old, name).update(project=into)
    _rekey(old, "milestones")
    old.milestones.filter(done_on__isnull=True).update(project=into)
    _copy(old, into)
    into.objectives.add(*old.objectives.all())
    into.areas.add(*old.areas.all())
    old.needs.update(project=into)
    _move_waiting(old, into)


def _move_waiting(old: Project, into: Project) -> None:
    """What it waits for and what waits for it; each once."""
    try:
        with transaction.atomic():
            old.needed.exclude(on__in=into.needed.values("on")).update(project=into)
            old.needed_by.exclude(project__in=into.needed_by.values("project")).update(on=into)
    except IntegrityError as error:
        way = way_between(into, old) or way_between(old, into)
        said = _("Merged, these projects would wait for each other in a circle: %(way)s. Take a dependency away first.")
        raise Conflict(said % {"way": " → ".join(f"“{each}”" for each in way)}) from error
    old.needed.all().delete()
    old.needed_by.all().delete()


def _rekey(old: Project, name: str) -> None:
    """Keys of files are unique within a project: those that move take the project's address along."""
    rows = getattr(old, name).exclude(key="")
    for row in rows:
        row.key = f"{old.slug}-{row.key}"[:80]
        row.save(update_fields=["key"])


def _copy(old: Project, new: Project) -> None:
    for name, same in COPIED:
        rows = getattr(old, name)
        there = {tuple(getattr(row, part) for part in same) for row in getattr(new, name).all()}
        for row in rows.order_by("pk"):
            if tuple(getattr(row, part) for part in same) not in there:
                row.pk, row._state.adding, row.project = None, True, new
                row.save()
