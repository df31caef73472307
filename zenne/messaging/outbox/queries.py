from datetime import date, datetime, timedelta

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from zenne.core import clock
from zenne.core.clock import BRUSSELS
from zenne.people.accounts.models import Person

from .enums import LetterState
from .models import Letter, Unreachable

FORTNIGHT = timedelta(days=14)
A_PAGE = 50
IN_HAND = (LetterState.TAKEN, LetterState.LEAVING)


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


def per_day(now: datetime) -> dict[tuple[date, str], dict[LetterState, int]]:
    """Of the last 14 days, the newest first: for each day in Brussels and source, how many letters are in each state. What is in the
    hands of a run counts as waiting."""
    day = TruncDate("created_at", tzinfo=BRUSSELS)
    rows = (
        Letter.objects.filter(created_at__gt=now - FORTNIGHT)
        .annotate(day=day)
        .order_by("-day", "source", "state")
        .values_list("day", "source", "state")
        .annotate(number=Count("id"))
    )
    found: dict[tuple[date, str], dict[LetterState, int]] = {}
    for on, source, state, number in rows:
        counts = found.setdefault((on, source), {})
        told = LetterState.WAITING if state in IN_HAND else LetterState(state)
        counts[told] = counts.get(told, 0) + number
    return found


def undecided() -> QuerySet[Letter]:
    """What a member of staff may decide on, the newest first: in doubt, or given up."""
    return Letter.objects.filter(state__in=[LetterState.IN_DOUBT, LetterState.FAILED]).order_by("-id")[:A_PAGE]


def totals(now: datetime) -> list[dict[str, object]]:
    """The four figures that say whether mail works."""
    today = clock.in_brussels(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        {"label": _("due now"), "number": due(now).count()},
        {"label": _("sent today"), "number": Letter.objects.filter(state="sent", settled_at__gte=today).count()},
        {"label": _("letters in doubt"), "number": Letter.objects.filter(state=LetterState.IN_DOUBT).count()},
        {"label": _("unreachable addresses"), "number": Unreachable.objects.filter(address=F("person__email")).count()},
    ]
