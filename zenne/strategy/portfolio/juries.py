"""Sheets as something a jury scores: it keeps some for the shortlist."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zenne.participation.juries.kinds import SubjectKind, Verdict, subjects
from zenne.people.accounts.models import Person

from . import actions
from .scoring import KIND, read


def _publish(jury: int, verdicts: Sequence[Verdict], by: Person, now: datetime) -> None:
    actions.take_verdicts(jury, verdicts=verdicts, by=by, now=now)


subjects.register(KIND, SubjectKind(_("Project sheets"), read, _publish))
