"""What was decided about things, and who looks a second time."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

from ..enums import Verdict
from ..models import APPEAL_TERM, Block, Decision


def latest_decision(thing: Model) -> Decision | None:
    kind = ContentType.objects.get_for_model(thing)
    return Decision.objects.filter(case__about_type=kind, case__about_id=thing.pk).first()


def statements_of(person: Person) -> QuerySet[Decision]:
    """The decisions to hide what this person wrote, the newest first."""
    told = Decision.objects.filter(case__author_id=person.pk, verdict=Verdict.HIDDEN)
    return told.select_related("case__organisation", "case__about_type", "appeal").order_by("-decided_at", "-id")


def appeal_until(against: Decision | Block) -> datetime:
    """The moment at which the term to appeal ends."""
    return (against.decided_at if isinstance(against, Decision) else against.starts_at) + APPEAL_TERM


def judges(organisation: Organisation, *, besides: list[int | None]) -> QuerySet[Person]:
    """The moderators of an organisation but for these people."""
    people = Person.objects.filter(is_active=True, memberships__organisation=organisation)
    serving = people.filter(memberships__role__in=[Role.MODERATOR, Role.ADMIN])
    return serving.exclude(pk__in=[pk for pk in besides if pk]).distinct().order_by("id")


def who_handles(organisation: Organisation, *, besides: list[int | None]) -> Organisation | None:
    """The nearest organisation with somebody else to look: its own, the ones above it, or None for the platform's administrators."""
    nearest: Organisation | None = organisation
    while nearest is not None and not judges(nearest, besides=besides).exists():
        nearest = nearest.parent
    return nearest
