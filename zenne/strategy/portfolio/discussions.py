"""Projects of a plan can be discussed, by the rules of the activity that its plan has for it."""

from collections.abc import Collection

from django.db.models import F

from zenne.core.languages import shown
from zenne.participation.comments.kinds import Discussion, discussions
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity

from .models import Debate, Project
from .queries import public_projects


def debate_of(project: Project) -> Debate | None:
    """Where a public project is talked about; None where its plan has no discussion, or one in a process nobody sees yet."""
    found = Debate.objects.select_related("activity__phase__process__organisation").filter(plan=project.plan_id).first()
    drafted = found is None or found.activity.process.state == ProcessState.DRAFT
    return None if drafted or not project.is_public else found


def _find(pk: int) -> Project | None:
    found = public_projects().filter(pk=pk).first()
    return found if found and debate_of(found) else None


def _hidden(numbers: Collection[int]) -> set[int]:
    return set(numbers) - set(public_projects().filter(pk__in=numbers).values_list("pk", flat=True))


def _debate(project: Project) -> Debate:
    """Read once for each project in hand."""
    if not hasattr(project, "debate"):
        project.debate = debate_of(project)  # type: ignore[attr-defined]
    found: Debate = project.debate  # type: ignore[attr-defined]
    return found


def _activity(project: Project) -> Activity:
    return _debate(project).activity


def _count(project: Project, delta: int) -> None:
    Project.objects.filter(pk=project.pk).update(comment_count=F("comment_count") + delta)


discussions.register(
    "portfolio.project",
    Discussion(
        find=_find,
        hidden=_hidden,
        activity=_activity,
        author=lambda project: None,
        title=str,
        language=lambda project: shown(project, "title")[1],
        address=lambda project: project.get_absolute_url(),
        count=_count,
        number=lambda project: project.comment_count,
        asks_stance=lambda project: False,
        reads_first=lambda project: _debate(project).reads_first,
        open=lambda project: project.merged_into_id is None,
    ),
)
