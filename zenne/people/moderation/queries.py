from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of

from .models import Decision, Report


def open_reports(person: Person) -> QuerySet[Report]:
    """The reports that wait for a moderator, in the organisations this person moderates; the oldest first."""
    return Report.objects.filter(
        organisation__in=organisations_of(person, Role.MODERATOR), decision__isnull=True
    ).select_related("about_type", "reporter")


def reports_about(thing: Model) -> QuerySet[Report]:
    return Report.objects.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)


def latest_decision(thing: Model) -> Decision | None:
    kind = ContentType.objects.get_for_model(thing)
    return Decision.objects.filter(about_type=kind, about_id=thing.pk).first()
