"""How often each of many people is mailed about something: their choices, read a batch at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from .enums import Frequency
from .kinds import kinds
from .models import Pause, Preference


@dataclass(frozen=True)
class Choice:
    mail: Frequency
    in_app: bool = True

    @property
    def nothing(self) -> bool:
        return self.mail == Frequency.NEVER and not self.in_app


def choices(kind: str, scope: str, people: Collection[int], now: datetime) -> dict[int, Choice]:
    """What each person chose for a message of this kind about this scope. "Never" wins wherever it was said; else what was chosen for
    the thing itself goes before what was chosen for the kind. During a pause nothing is mailed."""
    declared = kinds[kind]
    default = declared.default if declared.mailed else Frequency.NEVER
    by_kind: dict[int, Preference] = {}
    by_scope: dict[int, Preference] = {}
    wanted = Q(kind=kind) | Q(scope=scope) if scope else Q(kind=kind)
    for preference in Preference.objects.filter(wanted, person__in=people):
        (by_kind if preference.kind else by_scope)[preference.person_id] = preference
    paused = set(Pause.objects.filter(person__in=people, until__gt=now).values_list("person", flat=True))
    found = {}
    for person in people:
        of_kind, of_scope = by_kind.get(person), by_scope.get(person)
        mail = Frequency(of_kind.frequency) if of_kind and declared.mailed else default
        if of_scope and mail != Frequency.NEVER:
            mail = Frequency(of_scope.frequency)
        hidden = declared.may_hide and of_kind is not None and not of_kind.in_app
        found[person] = Choice(Frequency.NEVER if person in paused else mail, in_app=not hidden)
    return found
