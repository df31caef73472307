from datetime import datetime

from django.db.models import Count, F, QuerySet

from zenne.people.accounts.models import Person

from .enums import LetterState
from .models import Letter, Unreachable


def due(now: datetime) -> QuerySet[Letter]:
    """What may leave, in the order in which it leaves."""
    return Letter.objects.filter(state=LetterState.WAITING, due_at__lte=now).order_by("-urgent", "due_at", "id")


def tally(key: str) -> dict[LetterState, int]:
    """How many letters of one occasion are in each state; a state without letters counts 0."""
    counted = Letter.objects.filter(key=key).order_by().values_list("state").annotate(Count("id"))
    return dict.fromkeys(LetterState, 0) | {LetterState(state): number for state, number in counted}


def unreachable_address(person: Person) -> Unreachable | None:
    """What came back too often, when it is still the address of this person."""
    return Unreachable.objects.filter(person_id=person.pk, address=F("person__email")).first()
