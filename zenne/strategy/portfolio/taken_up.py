"""What became of things: the projects that take up an idea, a selection, a decision or an advice, as other pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zenne.core.languages import current, shown
from zenne.participation.advices.models import Advice
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Process
from zenne.participation.selections.models import Selection

from .enums import PUBLIC, Health, NeedState, ProjectState, Share
from .looks import HEALTHS, STATES
from .models import Need, Origin, Project


@dataclass(frozen=True)
class Link:
    """One project that takes something up, `what` by its title: empty for an idea that nobody may read any more. `health` is empty where it does not run, or nobody said how it does."""

    project: Project
    title: str
    language: str
    plan: str
    state: str
    kind: str
    icon: str
    health: str
    health_kind: str
    health_icon: str
    share: str
    reason: str
    reason_language: str
    what: str
    what_language: str


def _public(rows: QuerySet[Origin]) -> QuerySet[Origin]:
    """Of projects that everybody may read, ready for `links`."""
    return ordered(rows.filter(project__state__in=PUBLIC, project__plan__published_at__isnull=False))


def of_idea(idea: Idea) -> QuerySet[Origin]:
    return _public(Origin.objects.filter(idea=idea))


def of_selection(selection: Selection) -> QuerySet[Origin]:
    return _public(Origin.objects.filter(selection=selection))


def of_advice(advice: Advice) -> QuerySet[Origin]:
    return _public(Origin.objects.filter(recommendation__advice=advice))


def of_promises(process: int) -> dict[str, list[Link]]:
    """Projects that carry out the decisions and recommendations in which promises of a process were made, by `decision:12` or `commitment:12`: one question
    for all. Not those of its ideas, which stand on the ideas' own pages."""
    promised = Q(recommendation__advice__process=process) | Q(decision__process=process)
    rows = _public(Origin.objects.filter(promised)).select_related("recommendation__answer")
    found: dict[str, list[Link]] = {}
    for origin in rows:
        link = _link(origin)
        if origin.decision_id is not None:
            found.setdefault(f"decision:{origin.decision_id}", []).append(link)
        answer = getattr(origin.recommendation, "answer", None)
        if answer is not None and answer.commitment_id is not None:
            found.setdefault(f"commitment:{answer.commitment_id}", []).append(link)
    return found


def of_process(process: Process) -> QuerySet[Origin]:
    return _public(anywhere(process))


def anywhere(process: Process) -> QuerySet[Origin]:
    """Whatever of a process is taken up, also by a sheet that is still being written."""
    here = Q(idea__process=process) | Q(selection__process=process)
    here |= Q(decision__process=process) | Q(recommendation__advice__process=process)
    return Origin.objects.filter(here)


def declined(idea: Idea) -> QuerySet[Need]:
    """Where a plan looked at the idea and did not take it up, with the reason."""
    found = Need.objects.filter(idea=idea, state=NeedState.DECLINED, plan__published_at__isnull=False)
    return found.select_related("plan").order_by("pk")


def links(origins: Iterable[Origin]) -> list[Link]:
    """Of rows that came `ordered`."""
    return [_link(row) for row in origins]


def ordered(origins: QuerySet[Origin]) -> QuerySet[Origin]:
    """The oldest first, each with all that a link says."""
    rows = origins.select_related("project__plan", "idea", "selection", "decision", "recommendation")
    return rows.defer("idea__search").order_by("project__plan_id", "project__number", "pk")


def by_project(found: Iterable[Link]) -> list[Link]:
    """Each project once, where a page speaks of several origins."""
    return list({each.project.pk: each for each in found}.values())


def _link(origin: Origin) -> Link:
    project = origin.project
    title, language = shown(project, "title")
    reason, reason_language = shown(origin, "reason")
    kind, icon = STATES[project.state]
    health_kind, health_icon = HEALTHS[project.health]
    what, what_language = _what(origin)
    says = project.runs and project.health != Health.UNKNOWN
    return Link(
        project=project,
        title=title,
        language=language,
        plan=shown(project.plan, "name")[0],
        state=str(ProjectState(project.state).label),
        kind=kind,
        icon=icon,
        health=str(Health(project.health).label) if says else "",
        health_kind=health_kind,
        health_icon=health_icon,
        share=str(Share(origin.share).label),
        reason=reason,
        reason_language=reason_language,
        what=what,
        what_language=what_language,
    )


def _what(origin: Origin) -> tuple[str, str]:
    """The title of what is taken up, and its language."""
    if origin.idea is not None:
        return (origin.idea.title, origin.idea.language) if origin.idea.is_public else ("", current())
    return str(origin.thing), current()
