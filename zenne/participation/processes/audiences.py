"""Whom a campaign may reach because of a process: those who follow it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.messaging.campaigns.kinds import Audience, audiences
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .enums import ProcessState
from .models import Process


def _processes(organisation: Organisation) -> list[tuple[int, str]]:
    public = Process.objects.filter(organisation=organisation).exclude(state=ProcessState.DRAFT).order_by("-pk")
    return [(process.pk, str(process)) for process in public]


def _followers(organisation: Organisation, number: int) -> QuerySet[Person]:
    return Person.objects.filter(follows__process=number, follows__process__organisation=organisation)


audiences.register(
    "processes.followers", Audience(_("Followers of a process"), things=_processes, people=_followers, order=10)
)
