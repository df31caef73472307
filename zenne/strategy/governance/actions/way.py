"""What the verbs share: words in several languages, values that cannot stand, a sitting held by one at a time, the history."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, missing, text_in
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from ..models import Sitting

Words = Mapping[str, str]
Values = Mapping[str, object]


def say(thing: Model, name: str, words: Words | None) -> None:
    """Put a text in every language; what is not given is emptied."""
    for language in LANGUAGES:
        setattr(thing, attribute(name, language), ((words or {}).get(language) or "").strip())


def said(thing: Model, name: str) -> dict[str, str]:
    return {language: text for language in LANGUAGES if (text := text_in(thing, name, language))}


def require_said(thing: Model, name: str, message: str) -> None:
    if not said(thing, name):
        raise Invalid(message)


def require_promised(thing: Model, fields: Iterable[str], organisation: Organisation, message: str) -> None:
    if missing(thing, fields, organisation.languages):
        raise Invalid(message)


def require_reason(words: Words | None) -> None:
    if not any((text or "").strip() for text in (words or {}).values()):
        raise Invalid(_("Give the reason: everyone can read it."))


def whole(thing: Model) -> None:
    """Raises Invalid where a value cannot stand: spoken, where the database would only break."""
    try:
        thing.full_clean()
    except ValidationError as error:
        told = [
            text if name == "__all__" else f"{thing._meta.get_field(name).verbose_name}: {text}"  # type: ignore[union-attr]
            for name, texts in error.message_dict.items()
            for text in texts
        ]
        raise Invalid(" ".join(map(str, told))) from error


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
