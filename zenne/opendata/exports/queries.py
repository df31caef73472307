"""The reads worth a name."""

from django.db.models import QuerySet

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .models import Export, Terms


def exports_of(person: Person) -> QuerySet[Export]:
    """The files this person asked for, the newest first. Nobody else's."""
    return Export.objects.filter(person=person).order_by("-created_at", "-id")


def terms_of(organisation: Organisation) -> Terms:
    """The licence of an organisation's open data; not saved when it is the usual one."""
    return Terms.objects.filter(organisation=organisation).first() or Terms(organisation=organisation)
