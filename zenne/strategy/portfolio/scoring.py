"""The bridge to juries: a sheet as a jury reads it, and the ranking of a jury computed again from its stored points."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from zenne.core.languages import shown
from zenne.participation.juries import queries as juries
from zenne.participation.juries.kinds import Subject
from zenne.participation.juries.models import Jury
from zenne.participation.juries.tallying import tallies

from .enums import ProjectState
from .models import Project, Ranking

KIND = "portfolio.project"


def read(keys: Iterable[int]) -> dict[int, Subject]:
    """Sheets by their keys, in the language of the moment. One that is no longer being written is out of the jury's reach."""
    rows = Project.objects.filter(pk__in=keys).select_related("plan__organisation", "carrier")
    return {row.pk: _subject(row) for row in rows}


def _subject(project: Project) -> Subject:
    title, language = shown(project, "title")
    parts = [shown(project, name)[0] for name in ("summary", "why", "text")]
    return Subject(
        number=project.pk,
        title=title or project.slug,
        text="\n\n".join(part for part in parts if part),
        language=language,
        byline=str(project.carrier or ""),
        url=project.get_absolute_url() if project.is_public else "",
        stands=project.state == ProjectState.SHEET and project.merged_into_id is None,
    )


@dataclass(frozen=True)
class Place:
    """One place of a ranking as it was kept, and as the stored points give it today."""

    ranking: Ranking
    score: Fraction | None
    again: tuple[int | None, Fraction | None]

    @property
    def agrees(self) -> bool:
        return self.again == (self.ranking.rank, self.score)


def places(jury: Jury) -> list[Place]:
    """The ranking of a jury, the best first, each place beside what the points of its members give when they are counted again."""
    found = juries.decided(jury)
    counted = tallies(found, juries.assessments(found), juries.criteria(jury))
    again = {each.candidate.number: (each.rank, each.score) for each in counted}
    rows = Ranking.objects.filter(jury=jury).select_related("project__plan").order_by("rank", "project__number")
    return [
        Place(row, Fraction(row.score) if row.score else None, again.get(row.project_id, (None, None))) for row in rows
    ]
