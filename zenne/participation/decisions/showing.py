"""Decisions and commitments as pages show them: questions are answered here once, not in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zenne.core.languages import shown

from .enums import CommitmentState
from .kinds import Origin, origins_of
from .models import Commitment, Decision, Milestone, Ruling

LOOKS: dict[str, tuple[str, str]] = {
    CommitmentState.PLANNED: ("info", "calendar-event"),
    CommitmentState.UNDER_WAY: ("info", "tool"),
    CommitmentState.DONE: ("ok", "circle-check"),
    CommitmentState.STOPPED: ("bad", "ban"),
}


@dataclass(frozen=True)
class Step:
    milestone: Milestone
    title: str
    language: str
    late: bool
    moved: bool


@dataclass(frozen=True)
class Promise:
    """A commitment with its milestones. An idea that is no longer public has no title and no address. `origin` where it answers no idea."""

    commitment: Commitment
    origin: Origin | None
    title: str
    url: str
    language: str
    state: str
    kind: str
    icon: str
    late: bool
    reason: str
    reason_language: str
    steps: list[Step]


def promise(commitment: Commitment, today: date) -> Promise:
    """Of one read by `queries.commitments`."""
    return promises([commitment], today)[0]


def _promise(commitment: Commitment, origin: Origin | None, today: date) -> Promise:
    kind, icon = LOOKS[commitment.state]
    steps = [_step(milestone, commitment, today) for milestone in commitment.milestones.all()]
    reason, language = shown(commitment, "reason")
    title, url, spoken = _named(commitment, origin)
    return Promise(
        commitment=commitment,
        origin=origin,
        title=title,
        url=url,
        language=spoken,
        state=str(CommitmentState(commitment.state).label),
        kind=kind,
        icon=icon,
        late=any(step.late for step in steps),
        reason=reason,
        reason_language=language,
        steps=steps,
    )


def _named(commitment: Commitment, origin: Origin | None) -> tuple[str, str, str]:
    """Title, address, language."""
    idea = commitment.idea
    if idea is None:
        title, language = shown(commitment, "title")
        return title, origin.url if origin else "", language
    return (idea.title, idea.get_absolute_url(), idea.language) if idea.is_public else ("", "", idea.language)


def _step(milestone: Milestone, commitment: Commitment, today: date) -> Step:
    milestone.commitment = commitment
    title, language = shown(milestone, "title")
    moved = milestone.due_on != milestone.first_due_on
    return Step(milestone, title, language, milestone.late(today), moved)


def promises(commitments: Iterable[Commitment], today: date) -> list[Promise]:
    found = list(commitments)
    origins = origins_of(found)
    return [_promise(commitment, origins.get(commitment.pk), today) for commitment in found]


@dataclass(frozen=True)
class Refusal:
    title: str
    url: str
    language: str
    reason: str
    reason_language: str


def refusals(decision: Decision) -> list[Refusal]:
    found = decision.rulings.filter(accepted=False).select_related("idea__process").order_by("pk")
    return [_refusal(ruling) for ruling in found]


def _refusal(ruling: Ruling) -> Refusal:
    idea = ruling.idea
    title, url = (idea.title, idea.get_absolute_url()) if idea.is_public else ("", "")
    return Refusal(title, url, idea.language, *shown(ruling, "reason"))


def reasons(decision: Decision) -> dict[int, tuple[str, str]]:
    """Why each idea was accepted, by its number."""
    return {ruling.idea_id: shown(ruling, "reason") for ruling in decision.rulings.filter(accepted=True)}
