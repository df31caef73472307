from django.db.models import QuerySet

from zenne.people.accounts.models import Person

from .models import Notification, Silence


def inbox(person: Person) -> QuerySet[Notification]:
    return Notification.objects.filter(person_id=person.pk)


def unread_count(person: Person) -> int:
    return inbox(person).filter(read_at__isnull=True).count()


def silenced_kinds(person: Person) -> set[str]:
    return set(Silence.objects.filter(person_id=person.pk).values_list("kind", flat=True))


def waiting_for_mail() -> QuerySet[Notification]:
    return Notification.objects.filter(mail_due=True, mailed_at__isnull=True).order_by("id")
