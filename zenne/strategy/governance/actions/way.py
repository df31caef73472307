"""What the verbs share: what must be said, whose it is, a sitting held by one at a time, the history."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import missing, said
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from ..models import Sitting

Words = Mapping[str, str]
Values = Mapping[str, object]


def require_said(thing: Model, name: str, message: str) -> None:
    if not said(thing, name):
        raise Invalid(message)


def require_promised(thing: Model, fields: Iterable[str], organisation: Organisation, message: str) -> None:
    if missing(thing, fields, organisation.languages):
        raise Invalid(message)


def require_reason(words: Words | None) -> None:
    if not any((text or "").strip() for text in (words or {}).values()):
        raise Invalid(_("Give the reason: everyone can read it."))


def own(thing_organisation: int, organisation: Organisation) -> None:
    if thing_organisation != organisation.pk:
        raise Invalid(_("It belongs to another organisation."))


def locked_sitting(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",))
    return rows.select_related("body__organisation").get(pk=sitting.pk)


def note(
    event: str, about: Model, by: Person | None, now: datetime, organisation: Organisation, **details: object
) -> None:
    record(event, by=by, now=now, about=about, organisation=organisation, details=details)
