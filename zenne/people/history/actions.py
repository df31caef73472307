from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from zenne.people.accounts.models import Person

from .kinds import READ
from .models import Entry

A_SITTING = timedelta(hours=1)


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


def record_read(
    people: Iterable[Person], *, by: Person | AnonymousUser, what: str, now: datetime, organisation: Model | None
) -> int:
    """Write down that a member of staff was shown personal data: an e-mail address, where somebody lives, when they were born.

    `what` names the screen or file, such as `group` or `membership.export`. The same look at the same person counts once an hour; one's
    own data never. Returns how many entries were added.
    """
    seen = {person.pk for person in people if person.pk != by.pk}
    if not seen or not isinstance(by, Person):
        return 0
    kind = ContentType.objects.get_for_model(Person)
    with transaction.atomic():
        with connection.cursor() as cursor:  # a page opened twice at once is still one look
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 13))", [f"reads of {by.pk}"])
        known = Entry.objects.filter(
            event=READ,
            actor=by,
            about_type=kind,
            about_id__in=seen,
            details__what=what,
            happened_at__gt=now - A_SITTING,
        )
        fresh = sorted(seen - set(known.values_list("about_id", flat=True)))
        scope = organisation.pk if organisation else None
        Entry.objects.bulk_create(
            Entry(
                event=READ,
                happened_at=now,
                actor=by,
                about_type=kind,
                about_id=pk,
                scope=scope,
                details={"what": what},
            )
            for pk in fresh
        )
    return len(fresh)
