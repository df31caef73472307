from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zenne.people.accounts.models import Person

from .limits import DRAFTS_FOR, UNCLAIMED_FOR
from .models import Upload


def of(claim: UUID | None) -> QuerySet[Upload]:
    """What belongs to a draft, in the order it was given."""
    return Upload.objects.filter(claim=claim).order_by("created_at", "id") if claim else Upload.objects.none()


def given_by(person: Person) -> QuerySet[Upload]:
    """Everything a person gave, oldest first."""
    return Upload.objects.filter(owner_id=person.pk).order_by("created_at", "id")


def abandoned(now: datetime) -> QuerySet[Upload]:
    """What belongs to a draft that nobody came back to. What was handed in has no claim, and is never abandoned."""
    nobodys = Q(owner__isnull=True, created_at__lt=now - UNCLAIMED_FOR)
    old = Q(created_at__lt=now - DRAFTS_FOR)
    return Upload.objects.filter(nobodys | old, claim__isnull=False, published_at__isnull=True).order_by(
        "created_at", "id"
    )
