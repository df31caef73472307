from dataclasses import dataclass
from datetime import datetime

from zenne.core.memory import Remembered
from zenne.core.presence import present
from zenne.core.search import Hit, findable
from zenne.participation.ideas.models import OfficialAnswer
from zenne.participation.ideas.queries import Figures, figures_among
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.people.organisations.models import Organisation

#: The figures of the home page: counted anew every few seconds by each web process.
_figures: Remembered[Figures] = Remembered()

CANDIDATES = 300


@dataclass(frozen=True)
class Found:
    """What one source found for a search."""

    label: str
    hits: list[Hit]


def search(words: str, *, organisation: Organisation | None, now: datetime, a_source: int = 10) -> list[Found]:
    """Everything public that answers to `words`, source by source; sources with nothing are left out."""
    if not words.strip():
        return []
    scope = organisation.pk if organisation else None
    sources = [(source, source.rows(words, scope, now)) for source in findable.values()]
    there = present([rows for _source, rows in sources])
    return [
        Found(str(source.label), [source.hit(row, now) for row in rows[:a_source]])
        for (source, rows), found in zip(sources, there, strict=True)
        if found
    ]


def figures(organisation: Organisation | None) -> Figures:
    """What happened on the platform, or with one organisation, so far."""
    return _figures.get(organisation.pk if organisation else 0, lambda: _count(organisation))


def _count(organisation: Organisation | None) -> Figures:
    processes = Process.objects.filter(state__in=[ProcessState.PUBLISHED, ProcessState.ARCHIVED])
    return figures_among(processes.filter(organisation=organisation) if organisation else processes)


def latest_answers(organisation: Organisation | None, limit: int = 4) -> list[OfficialAnswer]:
    """The newest official answers to public ideas, one an idea: proof that somebody reads."""
    answers = OfficialAnswer.objects.filter(idea__listed=True, idea__process__state=ProcessState.PUBLISHED)
    if organisation:
        answers = answers.filter(idea__process__organisation=organisation)
    else:  # first the newest of all, straight from their index, then which of them are public: not the other way round
        answers = answers.filter(
            pk__in=OfficialAnswer.objects.order_by("-published_at", "-id").values("pk")[:CANDIDATES]
        )
    newest = answers.select_related("idea__process__organisation", "idea__theme").order_by("-published_at", "-id")[
        : limit * 3
    ]
    seen: dict[int, OfficialAnswer] = {}
    for answer in newest:
        seen.setdefault(answer.idea_id, answer)
    return list(seen.values())[:limit]
