"""Where a project comes from, as its page says it: ideas, choices, decisions and advices, each with what was taken up and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import pgettext

from zenne.core.clock import in_brussels
from zenne.core.languages import shown

from .enums import Share
from .models import Origin, Project

LOOKS: dict[str, str] = {Share.WHOLE: "ok", Share.PART: "info", Share.INSPIRED: ""}


@dataclass(frozen=True)
class Source:
    """One origin. `url` is empty where the thing itself is no longer public."""

    kind: str
    icon: str
    label: str
    title: str
    language: str
    url: str
    whose: str
    day: date | None
    supports: int | None
    share: str
    share_kind: str
    reason: str
    reason_language: str


def of_project(project: Project) -> list[Source]:
    """The oldest link first: one question."""
    rows = project.origins.select_related(
        "idea__process",
        "idea__author",
        "selection__process",
        "decision__body",
        "decision__process",
        "recommendation__advice__process",
    )
    return [_source(each) for each in rows.defer("idea__search").order_by("linked_at", "pk")]


def _source(origin: Origin) -> Source:
    reason, reason_language = shown(origin, "reason")
    return Source(
        kind=origin.kind,
        share=str(Share(origin.share).label),
        share_kind=LOOKS[origin.share],
        reason=reason,
        reason_language=reason_language,
        **SAID[origin.kind](origin),
    )


def _idea(origin: Origin) -> dict[str, Any]:
    idea = origin.idea
    assert idea is not None
    public = idea.is_public
    return {
        "icon": "bulb",
        "label": pgettext("origin of a project", "An idea"),
        "title": idea.title if public else pgettext("origin of a project", "An idea that is no longer public"),
        "language": idea.language if public else "",
        "url": idea.get_absolute_url() if public else "",
        "whose": idea.byline if public else "",
        "day": in_brussels(idea.published_at).date() if idea.published_at else None,
        "supports": idea.support_count if public else None,
    }


def _selection(origin: Origin) -> dict[str, Any]:
    selection = origin.selection
    assert selection is not None
    title, language = shown(selection, "title")
    return {
        "icon": "rosette-discount-check",
        "label": pgettext("origin of a project", "A choice"),
        "title": title or str(selection),
        "language": language,
        "url": selection.get_absolute_url() if selection.is_public else "",
        "whose": shown(selection.process, "title")[0],
        "day": in_brussels(selection.decided_at).date() if selection.decided_at else None,
        "supports": None,
    }


def _decision(origin: Origin) -> dict[str, Any]:
    decision = origin.decision
    assert decision is not None
    title, language = shown(decision, "title")
    return {
        "icon": "scale",
        "label": pgettext("origin of a project", "A decision"),
        "title": title or decision.reference,
        "language": language,
        "url": decision.get_absolute_url(),
        "whose": str(decision.body),
        "day": decision.decided_on,
        "supports": None,
    }


def _recommendation(origin: Origin) -> dict[str, Any]:
    recommendation = origin.recommendation
    assert recommendation is not None
    advice = recommendation.advice
    title, language = shown(recommendation, "title")
    return {
        "icon": "users",
        "label": pgettext("origin of a project", "A recommendation of residents"),
        "title": title,
        "language": language,
        "url": f"{advice.get_absolute_url()}",
        "whose": shown(advice, "title")[0],
        "day": in_brussels(advice.issued_at).date() if advice.issued_at else None,
        "supports": None,
    }


SAID: dict[str, Callable[[Origin], dict[str, Any]]] = {
    "idea": _idea,
    "selection": _selection,
    "decision": _decision,
    "recommendation": _recommendation,
}
