"""Whom a campaign may reach because of ideas: their authors, who agreed to be contacted about what they wrote, and their supporters, who
agreed to hear of participation."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.messaging.campaigns.kinds import Audience, audiences
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process, Theme
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .models import Idea, Support


def _with_ideas(organisation: Organisation) -> list[tuple[int, str]]:
    found = Process.objects.filter(organisation=organisation, phases__activities__kind="ideation")
    public = found.exclude(state=ProcessState.DRAFT).distinct().order_by("-pk")
    return [(process.pk, str(process)) for process in public]


def _themes(organisation: Organisation) -> list[tuple[int, str]]:
    found = Theme.objects.filter(process__organisation=organisation).exclude(process__state=ProcessState.DRAFT)
    rows = found.select_related("process").order_by("-process_id", "position", "pk")
    return [(theme.pk, f"{theme.process} · {theme}") for theme in rows]


def _authors(organisation: Organisation, number: int) -> QuerySet[Person]:
    ideas = Idea.objects.filter(process=number, process__organisation=organisation, listed=True)
    return Person.objects.filter(pk__in=ideas.order_by().values("author"))


def _supporters(organisation: Organisation, number: int) -> QuerySet[Person]:
    supports = Support.objects.filter(idea__process=number, idea__process__organisation=organisation, value=1)
    return Person.objects.filter(pk__in=supports.order_by().values("person"))


def _of_theme(organisation: Organisation, number: int) -> QuerySet[Person]:
    supports = Support.objects.filter(idea__theme=number, idea__process__organisation=organisation, value=1)
    return Person.objects.filter(pk__in=supports.order_by().values("person"))


for code, audience in {
    "ideas.authors": Audience(
        _("Authors of ideas in a process"), things=_with_ideas, people=_authors, consent=Purpose.CONTACT, order=20
    ),
    "ideas.supporters": Audience(
        _("Supporters of ideas in a process"), things=_with_ideas, people=_supporters, consent=Purpose.NEWS, order=25
    ),
    "ideas.theme": Audience(
        _("Supporters of ideas of a theme"), things=_themes, people=_of_theme, consent=Purpose.NEWS, order=30
    ),
}.items():
    audiences.register(code, audience)
