"""The reads worth a name."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet

from zenne.participation.decisions.models import Body
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.strategy.portfolio.enums import PlanState, RevisionState
from zenne.strategy.portfolio.models import Project, Revision

from .enums import MATCH_PUBLIC, OPEN, PUBLIC, SittingState, Step
from .models import BudgetChange, Call, Entry, Item, Match, Review, Seat, Sitting, Stage

MONTH = timedelta(days=30)
LIVE = Q(organisation__opened_at__isnull=False)


def sitting_now(today: date) -> Q:
    """Seats whose term runs on that day."""
    return Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today))


def bodies(organisations: Collection[Organisation] | QuerySet[Organisation] | None = None) -> QuerySet[Body]:
    """The bodies everyone reads about, of organisations that are live: what governs first."""
    found = Body.objects.filter(LIVE)
    if organisations is not None:
        found = found.filter(organisation__in=organisations)
    return found.select_related("organisation").order_by("organisation_id", "id")


def with_seats(found: QuerySet[Body], today: date) -> QuerySet[Body]:
    """Each with who sits in it on that day (`sitting_today`); one query more, however many."""
    seats = Seat.objects.filter(sitting_now(today)).order_by("position", "id")
    return found.prefetch_related(Prefetch("seats", seats, to_attr="sitting_today"))


def seats(body: Body) -> QuerySet[Seat]:
    return body.seats.order_by("position", "id")


def members(body: Body, today: date) -> QuerySet[Person]:
    """The accounts of who sits in a body on that day."""
    held = body.seats.filter(sitting_now(today), person__isnull=False)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def managers(organisation_id: int) -> QuerySet[Person]:
    """Whoever runs things for an organisation."""
    working = {"memberships__organisation": organisation_id, "memberships__role__in": (Role.ADMIN, Role.MANAGER)}
    return Person.objects.filter(**working, is_active=True).distinct()


def sittings() -> QuerySet[Sitting]:
    """What everyone reads, the latest first."""
    found = Sitting.objects.filter(state__in=PUBLIC, body__organisation__opened_at__isnull=False)
    return found.select_related("body__organisation").order_by("-starts_at", "-id")


def coming(found: QuerySet[Sitting], now: datetime) -> QuerySet[Sitting]:
    return found.filter(state=SittingState.CALLED, starts_at__gte=now).order_by("starts_at", "id")


def agenda(sitting: Sitting) -> QuerySet[Item]:
    """Its items with what they are about and what became of them: one query."""
    links = (
        "revision__plan",
        "review__plan",
        "project__plan",
        "call",
        "advice__process",
        "resolution__decision",
    )
    return sitting.items.select_related(*links).order_by("position")


def with_agenda(found: QuerySet[Sitting]) -> QuerySet[Sitting]:
    rows = Item.objects.select_related("resolution__decision").order_by("position")
    return found.prefetch_related(Prefetch("items", rows))


def reviews() -> QuerySet[Review]:
    """What everyone reads: rounds of published plans, once there is a report."""
    found = Review.objects.filter(
        reported_at__isnull=False, plan__published_at__isnull=False, plan__organisation__opened_at__isnull=False
    )
    found = found.select_related("plan__organisation", "body", "revision", "decision")
    return found.defer("revision__snapshot", "revision__named").order_by("-ends_on", "-id")


def stages(review: Review) -> list[Stage]:
    return list(review.stages.order_by("due_on", "id"))


def changes(review: Review) -> QuerySet[BudgetChange]:
    return review.changes.select_related("line", "project__plan", "decision").order_by("id")


def proposals(organisation: Organisation) -> QuerySet[Revision]:
    """Revisions of its plans that wait for a decision, the oldest first."""
    found = Revision.objects.filter(plan__organisation=organisation, state=RevisionState.PROPOSED)
    return found.select_related("plan").order_by("proposed_at", "id")


def in_force_since(organisation: Organisation) -> QuerySet[Revision]:
    """What a College or a council decided about its public plans, the latest first."""
    found = Revision.objects.filter(
        plan__organisation=organisation,
        plan__published_at__isnull=False,
        plan__state=PlanState.VALID,
        state=RevisionState.VALID,
    )
    return found.select_related("plan", "body", "decision").order_by("-decided_on", "-id")


def calls(today: date) -> QuerySet[Call]:
    """Those that are still open, the nearest deadline first; with how many applications they have, and how many of these are unfinished."""
    found = Call.objects.filter(due_on__gte=today).select_related("organisation", "team")
    counted = found.annotate(
        applications=Count("matches"), unfinished=Count("matches", filter=Q(matches__state__in=OPEN))
    )
    return counted.order_by("due_on", "id")


def applications() -> QuerySet[Match]:
    """What everyone reads of the money that was asked for: what was handed in, granted or refused, for projects that are public."""
    found = Match.objects.filter(
        state__in=MATCH_PUBLIC,
        call__organisation__opened_at__isnull=False,
        project__plan__published_at__isnull=False,
    )
    return found.select_related("call__organisation", "project__plan").order_by("-submitted_on", "-id")


def of_project(project: Project) -> QuerySet[Match]:
    return applications().filter(project=project)


def register() -> QuerySet[Entry]:
    """What everyone reads of the registers, the latest first."""
    found = Entry.objects.filter(LIVE, public=True)
    return found.select_related("organisation", "department", "project__plan", "follows").order_by(
        F("starts_on").desc(nulls_last=True), "-id"
    )


def steps_due(organisations: Collection[int] | None) -> QuerySet[Stage]:
    """The step each open review is at, the nearest day first."""
    found = Stage.objects.filter(done_at__isnull=True).exclude(review__state=Step.CLOSED)
    if organisations is not None:
        found = found.filter(review__plan__organisation__in=organisations)
    return found.select_related("review__plan__organisation", "review__owner").order_by("due_on", "id")
