from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from zenne.people.accounts.models import Person

from .enums import Frequency
from .kinds import kinds
from .models import Notification, Pause, Preference


def inbox(person: Person) -> QuerySet[Notification]:
    return Notification.objects.filter(person_id=person.pk, in_app=True)


def unread_count(person: Person) -> int:
    return inbox(person).filter(read_at__isnull=True).count()


def by_kind(person: Person) -> dict[str, tuple[Frequency, bool]]:
    """For every kind that is mailed: how often this person wants it by mail, and whether on the platform too."""
    chosen = {row.kind: row for row in Preference.objects.filter(person_id=person.pk).exclude(kind="")}
    return {
        code: (Frequency(chosen[code].frequency), chosen[code].in_app) if code in chosen else (kind.default, True)
        for code, kind in kinds.items()
        if kind.mailed
    }


def kinds_told(person: Person) -> set[str]:
    """The kinds of message that this person was ever told."""
    return set(Notification.objects.filter(person_id=person.pk).order_by().values_list("kind", flat=True).distinct())


def by_scope(person: Person) -> dict[str, Frequency]:
    """What a person chose for single things they follow."""
    rows = Preference.objects.filter(person_id=person.pk).exclude(scope="").order_by("id")
    return {row.scope: Frequency(row.frequency) for row in rows}


def paused_until(person: Person, now: datetime) -> datetime | None:
    return Pause.objects.filter(person_id=person.pk, until__gt=now).values_list("until", flat=True).first()


def unmailed(*frequencies: Frequency) -> QuerySet[Notification]:
    """What waits to be mailed this way and was not read on the platform meanwhile, oldest first."""
    found = Notification.objects.filter(mail__in=frequencies, letter__isnull=True, read_at__isnull=True)
    return found.exclude(mail=Frequency.NEVER).order_by("id")


def with_digest_waiting(frequency: Frequency, due_at: datetime) -> QuerySet[Person]:
    """The people for whom something waits for this digest."""
    waiting = unmailed(frequency).filter(person=OuterRef("pk"), created_at__lt=due_at).order_by()
    return Person.objects.filter(Exists(waiting), is_active=True).order_by("pk")


def paused(people: Iterable[int], now: datetime) -> set[int]:
    """Which of these people want no mail at the moment."""
    return set(Pause.objects.filter(person__in=people, until__gt=now).values_list("person", flat=True))
