"""What the verbs share: the lock, the note in the history, words in several languages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from ..errors import Unclear
from ..models import Indicator

Words = Mapping[str, str]
Values = Mapping[str, Any]


def locked(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=indicator.pk)


def public_reason(organisation: Organisation, words: Words | None) -> dict[str, str]:
    """In every language that the organisation promises. Raises Invalid where one lacks."""
    said = {language: text for language in LANGUAGES if (text := ((words or {}).get(language) or "").strip())}
    if not set(organisation.languages) <= set(said):
        raise Invalid(_("Give the reason in every language that your organisation promises: everyone can read it."))
    return said


def require_clean(thing: Model, *, exclude: tuple[str, ...] = ()) -> None:
    """Go on, or raise Unclear with the first field that cannot be taken as it is."""
    try:
        thing.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Unclear(" ".join(messages), field) from error


def note(event: str, indicator: Indicator, by: Person | None, now: datetime, **details: object) -> None:
    record(event, by=by, now=now, about=indicator, organisation=indicator.organisation, details=details)
