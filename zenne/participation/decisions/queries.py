"""The reads worth a name."""

from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.participation.selections.enums import SelectionState
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import organisations_of

from .enums import RUNNING
from .models import Commitment, Decision, Milestone

STANDS = Q(decision__isnull=True) | Q(decision__selection__state=SelectionState.PUBLISHED)


def public(process: Process) -> QuerySet[Decision]:
    """The published decisions of a process, the latest first; an annulled one stays and says so."""
    found = Decision.objects.filter(process=process, selection__isnull=False)
    return found.select_related("body", "selection", "source", "file", "process")


def published() -> QuerySet[Decision]:
    """Every decision that everyone may read, about ideas or not."""
    found = Decision.objects.filter(published_at__isnull=False, body__organisation__opened_at__isnull=False)
    found = found.filter(Q(process__isnull=True) | ~Q(process__state=ProcessState.DRAFT))
    return found.select_related("body__organisation", "process__organisation", "selection").order_by(
        "-published_at", "-id"
    )


def commitments() -> QuerySet[Commitment]:
    """What was promised, with milestones: two queries, however many."""
    found = Commitment.objects.select_related(
        "process",
        "idea__process",
        "idea__author",
        "decision__body__organisation",
        "decision__process__organisation",
        "decision__selection",
    )
    milestones = Prefetch("milestones", Milestone.objects.order_by("due_on", "id"))
    latest_first = F("decision_id").desc(nulls_last=True)
    return found.defer("idea__search").prefetch_related(milestones).order_by(latest_first, "pk")


def standing() -> QuerySet[Commitment]:
    """Without those whose decision was annulled."""
    return commitments().filter(STANDS)


def open_to_all() -> QuerySet[Commitment]:
    """Those that stand, in processes that are no drafts."""
    return standing().exclude(process__state=ProcessState.DRAFT)


def of_process(process: Process) -> QuerySet[Commitment]:
    return standing().filter(process=process)


def of_idea(idea: Idea) -> QuerySet[Commitment]:
    return standing().filter(idea=idea)


def overdue(today: date) -> Q:
    """Commitments with a milestone that is late."""
    return Q(state__in=RUNNING, milestones__done_on__isnull=True, milestones__due_on__lt=today)


def manageable(person: Person) -> QuerySet[Commitment]:
    return commitments().filter(process__organisation__in=organisations_of(person))
