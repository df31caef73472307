"""What waits for somebody who works on plans."""

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core import clock
from zenne.core.clock import in_brussels
from zenne.people.accounts.models import Person
from zenne.people.organisations.boards import Waiting, desks
from zenne.people.organisations.models import Organisation

from .enums import RUNNING, NeedState
from .models import Milestone, Need, Project


def _needs(person: Person, mine: QuerySet[Organisation]) -> QuerySet[Need]:
    return Need.objects.filter(plan__organisation__in=mine.order_by().values("pk"), state=NeedState.OPEN)


def _late(person: Person, mine: QuerySet[Organisation]) -> QuerySet[Project]:
    """Of what this person carries."""
    today = in_brussels(clock.now()).date()
    late = Milestone.objects.filter(done_on=None, due_on__lt=today).values("project")
    return Project.objects.filter(carrier_person=person, state__in=RUNNING, pk__in=late)


def _orphans(person: Person, mine: QuerySet[Organisation]) -> QuerySet[Project]:
    """Running, and nobody carries them."""
    ours = Project.objects.filter(plan__organisation__in=mine.order_by().values("pk"), state__in=RUNNING)
    return ours.filter(carrier_person=None)


def _page(rows: "QuerySet[Model]", name: str, query: str = "") -> str:
    """The page of the first plan that has some."""
    plan = rows.order_by("plan_id").values_list("plan_id", flat=True).first()
    return f"{reverse(f'plan:{name}', args=[plan])}{query}" if plan else reverse("plan:index")


desks.register(
    "portfolio.needs",
    Waiting(
        _("Needs to be looked at"),
        count=lambda person, mine: _needs(person, mine).count(),
        url=lambda person, mine: _page(_needs(person, mine), "needs"),
        icon="clipboard-list",
        order=60,
    ),
)
desks.register(
    "portfolio.late",
    Waiting(
        _("Projects I carry with a late milestone"),
        count=lambda person, mine: _late(person, mine).count(),
        url=lambda person, mine: _page(_late(person, mine), "projects", "?carrier=me&late=1"),
        icon="time",
        order=61,
    ),
)
desks.register(
    "portfolio.nobody",
    Waiting(
        _("Running projects that nobody carries"),
        count=lambda person, mine: _orphans(person, mine).count(),
        url=lambda person, mine: _page(_orphans(person, mine), "projects", "?left=1"),
        icon="user",
        order=62,
    ),
)
