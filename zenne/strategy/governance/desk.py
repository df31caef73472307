"""What waits for somebody who looks after governance."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core import clock
from zenne.core.clock import in_brussels
from zenne.people.accounts.models import Person
from zenne.people.organisations.boards import Waiting, desks
from zenne.people.organisations.models import Organisation

from . import queries


def _late(person: Person, mine: QuerySet[Organisation]) -> int:
    today = in_brussels(clock.now()).date()
    found = queries.steps_due(mine.order_by().values_list("pk", flat=True))  # type: ignore[arg-type]
    return sum(step.step == step.review.state and step.late(today) for step in found)


def _near(person: Person, mine: QuerySet[Organisation]) -> int:
    """Calls within a month that have an unfinished application."""
    today = in_brussels(clock.now()).date()
    found = queries.calls(today).filter(organisation__in=mine.order_by().values("pk"), unfinished__gt=0)
    return found.filter(due_on__lte=today + queries.MONTH).count()


desks.register(
    "governance.late",
    Waiting(
        _("Steps of reviews that are late"),
        count=_late,
        url=lambda person, mine: reverse("governance"),
        icon="history",
        order=60,
    ),
)
desks.register(
    "governance.near",
    Waiting(
        _("Applications for a call that closes within a month"),
        count=_near,
        url=lambda person, mine: reverse("governance"),
        icon="calendar-alt",
        order=61,
    ),
)
