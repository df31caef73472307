from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from zenne.people.accounts.models import Person

from .kinds import READ
from .models import Entry


def about(thing: Model) -> QuerySet[Entry]:
    """Everything that was done to `thing`, newest first."""
    kind = ContentType.objects.get_for_model(thing)
    return Entry.objects.filter(about_type=kind, about_id=thing.pk).select_related("actor")


def within(organisation: Model) -> QuerySet[Entry]:
    """Everything that was done in one organisation's business, newest first."""
    return Entry.objects.filter(scope=organisation.pk).select_related("actor")


def reads_within(organisation: Model) -> QuerySet[Entry]:
    """Which personal data staff of one organisation saw, newest first."""
    return within(organisation).filter(event=READ).prefetch_related("about")


def reads_of(person: Person) -> QuerySet[Entry]:
    """When staff saw the personal data of one person, newest first."""
    return about(person).filter(event=READ)
