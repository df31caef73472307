"""Which projects may fit a call: those whose sheet shares the most letter triples with it. A suggestion for people, never a decision."""

from dataclasses import dataclass

from zenne.core.languages import LANGUAGES, text_in
from zenne.methods.likeness import triples
from zenne.strategy.portfolio.enums import ENDED
from zenne.strategy.portfolio.models import Project

from .models import Call

LOOKED_AT = 2000
MOST = 5


@dataclass(frozen=True)
class Fit:
    """`shared` is the share of the call's triples that the sheet has, in percent."""

    project: Project
    shared: int


def suggestions(call: Call) -> list[Fit]:
    """The projects of the organisation that fit best, without those matched already and those that ended."""
    asked = {language: triples(_of_call(call, language)) for language in LANGUAGES}
    taken = call.matches.values("project")
    rows = Project.objects.filter(plan__organisation=call.organisation_id).exclude(state__in=ENDED)
    rows = rows.exclude(pk__in=taken).select_related("plan").order_by("-changed_at", "-id")[:LOOKED_AT]
    found = [Fit(row, _shared(asked, row)) for row in rows]
    return sorted((fit for fit in found if fit.shared), key=lambda fit: (-fit.shared, fit.project.pk))[:MOST]


def _of_call(call: Call, language: str) -> str:
    return f"{text_in(call, 'title', language)} {text_in(call, 'conditions', language)}"


def _shared(asked: dict[str, frozenset[str]], project: Project) -> int:
    """The best of all languages that both are written in."""
    best = 0
    for language, wanted in asked.items():
        sheet = f"{text_in(project, 'title', language)} {text_in(project, 'summary', language)}"
        has = triples(sheet)
        if wanted and has:
            best = max(best, 100 * len(wanted & has) // len(wanted))
    return best
