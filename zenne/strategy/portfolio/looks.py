"""The badge of a state and of a health wherever one is shown: its colour and its icon."""

from .enums import Health, ProjectState

STATES: dict[str, tuple[str, str]] = {
    ProjectState.LONGLISTED: ("", "list"),
    ProjectState.SHEET: ("", "edit"),
    ProjectState.SHORTLISTED: ("info", "checkbox"),
    ProjectState.VALIDATED: ("info", "rosette-discount-check"),
    ProjectState.SCHEDULED: ("info", "calendar-event"),
    ProjectState.ONGOING: ("info", "tool"),
    ProjectState.ACHIEVED: ("ok", "circle-check"),
    ProjectState.STOPPED: ("bad", "ban"),
    ProjectState.TERMINATED: ("", "archive"),
}
HEALTHS: dict[str, tuple[str, str]] = {
    Health.UNKNOWN: ("", "help-circle"),
    Health.ON_TRACK: ("ok", "check"),
    Health.AT_RISK: ("warn", "alert-triangle"),
    Health.OFF_TRACK: ("bad", "alert-triangle"),
}
