"""The reads worth a name."""

import json
from typing import Any

from django.db.models import QuerySet

from zenne.participation.processes.models import Process

from .enums import NUMBERED, ReportState
from .models import Edition, Report


def published(process: Process) -> QuerySet[Report]:
    """What everyone may read of a process, the newest version first."""
    return Report.objects.filter(process=process, state=ReportState.PUBLISHED).order_by("-number")


def numbered(process: Process) -> QuerySet[Report]:
    """What was published once: a withdrawn one keeps its place and says why it went."""
    return Report.objects.filter(process=process, state__in=sorted(NUMBERED)).order_by("-number")


def edition(report: Report, language: str) -> Edition | None:
    """The report in this language; where it has none, in the first it has."""
    found = {each.language: each for each in report.editions.order_by("language")}
    return found.get(language) or next(iter(found.values()), None)


def content(kept: Edition) -> dict[str, Any]:
    """What an edition says, as it was written."""
    data: dict[str, Any] = json.loads(kept.text)
    return data
