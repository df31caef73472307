"""Studies as pages show them: questions are answered here once, not in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zenne.core.languages import current, shown
from zenne.participation.selections.enums import Outcome

from .enums import OPEN, StudyState
from .models import Study

LOOKS: dict[str, tuple[str, str]] = {
    StudyState.REQUESTED: ("info", "send"),
    StudyState.IN_PROGRESS: ("info", "tool"),
    StudyState.ADAPTATION: ("warn", "pencil"),
    StudyState.FEASIBLE: ("ok", "check"),
    StudyState.REFUSED: ("bad", "x"),
}


@dataclass(frozen=True)
class Row:
    """What everyone may know of a study."""

    study: Study
    service: str
    state: str
    kind: str
    icon: str
    late: bool
    open: bool
    reason: str
    reason_language: str
    ground: str
    ground_language: str
    title: str
    url: str
    language: str


def row(study: Study, today: date) -> Row:
    kind, icon = ("", "archive") if study.set_aside else LOOKS[study.state]
    reason, language = shown(study, "reason")
    ground, ground_language = shown(study, "ground")
    readable = study.idea.is_public
    return Row(
        study=study,
        service=str(study.service),
        state=str(Outcome.SET_ASIDE.label if study.set_aside else StudyState(study.state).label),
        kind=kind,
        icon=icon,
        late=study.late(today),
        open=study.state in OPEN,
        reason=reason,
        reason_language=language,
        ground=ground,
        ground_language=ground_language,
        title=study.idea.title if readable else "",
        url=study.idea.get_absolute_url() if readable else "",
        language=study.idea.language if readable else current(),
    )


def rows(studies: Iterable[Study], today: date) -> list[Row]:
    return [row(study, today) for study in studies]
