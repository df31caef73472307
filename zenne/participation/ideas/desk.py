"""What waits for somebody who handles ideas."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core import clock
from zenne.people.accounts.models import Person
from zenne.people.organisations.boards import Waiting, desks
from zenne.people.organisations.models import Organisation

from .enums import IdeaState
from .models import Idea
from .queries import late


def _ideas(mine: QuerySet[Organisation]) -> QuerySet[Idea]:
    return Idea.objects.filter(process__organisation__in=mine.order_by().values("pk"))


def _to_read(person: Person, mine: QuerySet[Organisation]) -> int:
    return _ideas(mine).filter(state=IdeaState.SUBMITTED).count()


def _late(person: Person, mine: QuerySet[Organisation]) -> int:
    return late(_ideas(mine), clock.now()).count()


def _assigned(person: Person, mine: QuerySet[Organisation]) -> int:
    return _ideas(mine).filter(assigned_to=person, listed=True, answered_at=None).count()


def _list(filters: str) -> str:
    return f"{reverse('idea:index')}?{filters}"


desks.register(
    "ideas.to-read",
    Waiting(
        _("Ideas waiting to be read"),
        count=_to_read,
        url=lambda person, mine: _list("state=submitted&order=oldest"),
        icon="comment",
        order=10,
    ),
)
desks.register(
    "ideas.late",
    Waiting(
        _("Ideas that wait too long for an answer"),
        count=_late,
        url=lambda person, mine: _list("answer=late&order=waiting"),
        icon="time",
        order=11,
    ),
)
desks.register(
    "ideas.mine",
    Waiting(
        _("Ideas assigned to me, without an answer"),
        count=_assigned,
        url=lambda person, mine: _list("assigned=me&answer=none&order=waiting"),
        icon="user",
        order=12,
    ),
)
