"""Campaigns write through the outbox, and one click stops those of an organisation."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.numbers import key_of
from zenne.messaging.outbox.kinds import Exit, Source, exits, sources
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from . import actions
from .tasks import EXIT, SOURCE, compose


def _organisation(about: str) -> Organisation | None:
    return Organisation.objects.filter(pk=key_of(about)).first()


def _describe(about: str) -> str | None:
    organisation = _organisation(about)
    return (
        _("Messages of %(organisation)s to many people at once") % {"organisation": organisation}
        if organisation
        else None
    )


def _stop(person: Person, about: str, now: datetime) -> None:
    if organisation := _organisation(about):
        actions.refuse(person, organisation, now=now)


sources.register(SOURCE, Source(gettext_lazy("Campaigns"), compose))
exits.register(EXIT, Exit(_describe, _stop))
