"""Lists and forms: each of them writes through the verbs in `actions`."""

from zenne.people.organisations.staff import StaffViewSet

from .content import DocumentViewSet, NewsViewSet, QuestionViewSet, TeamViewSet, ThemeViewSet
from .process import FolderViewSet, ProcessViewSet
from .timeline import ActivityViewSet, PhaseViewSet

ALL: tuple[type[StaffViewSet], ...] = (
    ProcessViewSet,
    FolderViewSet,
    PhaseViewSet,
    ActivityViewSet,
    ThemeViewSet,
    QuestionViewSet,
    NewsViewSet,
    DocumentViewSet,
    TeamViewSet,
)
