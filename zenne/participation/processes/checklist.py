"""What an organisation needs of processes before it goes live: one that it can show. Advice, not a condition."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.boards import Check, Words, checks
from zenne.people.organisations.models import Organisation


def _missing(organisation: Organisation) -> Sequence[Words]:
    return [] if organisation.processes.exists() else [_("a first process")]


def _url(organisation: Organisation) -> str:
    return f"{reverse('process:add')}?organisation={organisation.pk}"


checks.register("first-process", Check(_("A first process"), missing=_missing, url=_url, required=False, order=60))
