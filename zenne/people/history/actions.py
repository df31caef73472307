from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from zenne.people.accounts.models import Person

from .models import Entry


def record(
    event: str,
    *,
    by: Person | AnonymousUser | None,
    now: datetime,
    about: Model,
    organisation: Model | None = None,
    details: dict[str, object] | None = None,
) -> Entry:
    """Write down that `event` happened to `about`. To be called inside the transaction of the action that did it."""
    return Entry.objects.create(
        event=event,
        happened_at=now,
        actor=by if isinstance(by, Person) else None,
        about_type=ContentType.objects.get_for_model(about),
        about_id=about.pk,
        scope=organisation.pk if organisation else None,
        details=details or {},
    )
