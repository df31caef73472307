"""What meetings bring to the numbers: meetings that were held, and people who registered."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core import clock
from zenne.opendata.statistics.enums import ScopeKind, Split
from zenne.opendata.statistics.kinds import Measure, Scope, measures
from zenne.participation.processes.enums import ProcessState

from .enums import COMING, MeetingState
from .models import Meeting, Registration


def _held(scope: Scope) -> QuerySet[Meeting]:
    path = {ScopeKind.PROCESS: "process_id", ScopeKind.ORGANISATION: "process__organisation_id"}[scope.kind]
    rows = Meeting.objects.filter(**{path: scope.key}, state=MeetingState.ANNOUNCED, private=False)
    return rows.filter(ends_at__lte=clock.now()).exclude(process__state=ProcessState.DRAFT)


def _registered(scope: Scope) -> QuerySet[Registration]:
    path = {ScopeKind.PROCESS: "process_id", ScopeKind.ORGANISATION: "process__organisation_id"}[scope.kind]
    rows = Registration.objects.filter(**{f"meeting__{path}": scope.key}, state__in=COMING, meeting__private=False)
    return rows.exclude(meeting__process__state=ProcessState.DRAFT)


measures.register(
    "meetings",
    Measure(
        _("Meetings held"),
        "calendar-event",
        rows=_held,
        moment="ends_at",
        splits={Split.PROCESS: "process_id"},
        takes_part=False,
        optional=True,
        order=60,
    ),
)
measures.register(
    "meeting_places",
    Measure(
        _("Registrations for meetings"),
        "ticket",
        rows=_registered,
        moment="created_at",
        person="person_id",
        splits={Split.PROCESS: "meeting__process_id"},
        optional=True,
        order=61,
    ),
)
