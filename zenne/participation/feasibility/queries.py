"""The reads worth a name."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Case, Q, QuerySet, When

from zenne.core.numbers import whole_number
from zenne.participation.ideas.enums import ENDED, LISTED, IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.selections.queries import candidates as candidates_of
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of

from .enums import OPEN, StudyState
from .models import Feasibility, Service, Study

READABLE = [*LISTED, IdeaState.MERGED]
OVERDUE = Q(state__in=(StudyState.REQUESTED, StudyState.IN_PROGRESS)) & ~Q(idea__state__in=ENDED)
"""Nobody waits for what is found of an idea that joined another, was taken back, or was refused."""


def studies(feasibility: Feasibility) -> QuerySet[Study]:
    """Every study of an activity, idea by idea."""
    found = Study.objects.filter(feasibility=feasibility).select_related("idea__process", "idea__author", "service")
    return found.defer("idea__search").order_by("idea_id", "id")


def public() -> QuerySet[Study]:
    """Those that everybody may read: of ideas that can be read, in processes that are no drafts."""
    found = Study.objects.filter(idea__state__in=READABLE).exclude(idea__process__state=ProcessState.DRAFT)
    return found.select_related("idea__process", "service").defer("idea__search")


def of_idea(idea: Idea) -> QuerySet[Study]:
    """What the page of an idea shows: every study of it, the first one first."""
    found = Study.objects.filter(idea=idea).select_related("service", "feasibility__activity__phase")
    return found.order_by("requested_at", "id")


def candidates(feasibility: Feasibility) -> QuerySet[Idea]:
    """The ideas that this activity has studied: none until staff said which."""
    source = feasibility.source or feasibility.call
    return candidates_of(source) if source else Idea.objects.none()


def waiting(feasibility: Feasibility) -> QuerySet[Idea]:
    """Those that went to no service yet."""
    return candidates(feasibility).exclude(studies__feasibility=feasibility)


def services(organisations: Iterable[int] | QuerySet[Organisation]) -> QuerySet[Service]:
    return Service.objects.filter(organisation__in=organisations).order_by("pk")


def manageable(person: Person) -> QuerySet[Study]:
    """Every study of the organisations this person works for: what waits, the first due on top, then what was answered, the latest due first."""
    return within(organisations_of(person))


def within(organisations: Iterable[int] | QuerySet[Organisation]) -> QuerySet[Study]:
    found = Study.objects.filter(feasibility__activity__phase__process__organisation__in=organisations)
    found = found.select_related("idea__process__organisation", "service", "feasibility__activity__phase__process")
    waits = Q(state__in=OPEN) & ~Q(idea__state__in=ENDED)
    return found.defer("idea__search").order_by(Case(When(waits, then="due_on")), "-due_on", "id")


def wanted(found: QuerySet[Study], asked: Mapping[str, str], *, person: Person | None, today: date) -> QuerySet[Study]:
    """Narrowed by the filters of the list, as their address says them. What means nothing is left out."""
    for name, field in (("process", "idea__process"), ("activity", "feasibility"), ("service", "service")):
        if (key := whole_number(asked.get(name))) is not None:
            found = found.filter(**{field: key})
    state = asked.get("state", "")
    if state in StudyState.values:
        found = found.filter(state=state)
    if asked.get("due") == "late":
        found = found.filter(OVERDUE, due_on__lt=today)
    elif asked.get("due") == "open":
        found = found.filter(OVERDUE)
    if asked.get("mine") and person is not None:
        found = found.filter(service__members=person)
    for word in asked.get("q", "").split()[:8]:
        found = found.filter(idea__title__icontains=word)
    return found
