"""What advices tell people: the staff of the body what they have to answer and by when, followers of the process what is asked, answered and late."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle, Frequency
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.participation.processes.queries import followers
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.web.tags.words import day

from .models import Advice

Fact = str | Mapping[str, str]
BEFORE = (30, 7, 1)
"""On how many days before its day the body's staff hear that an answer is due."""
SOON = timedelta(days=max(BEFORE))
AGAIN = 14
"""Every how many days they hear that it is late."""

kinds.register(
    "advices.to_answer",
    Kind(
        _("Advices that my organisation has to answer"),
        _("%(issuer)s asks for an answer by %(due)s: %(title)s"),
        circle=Circle.WORK,
    ),
)
kinds.register(
    "advices.due",
    Kind(
        _("Advices that my organisation must answer soon"),
        _("An answer is due by %(due)s: %(title)s"),
        circle=Circle.WORK,
    ),
)
kinds.register(
    "advices.overdue",
    Kind(
        _("Advices that my organisation has not answered in time"),
        _("An answer was due by %(due)s: %(title)s"),
        circle=Circle.WORK,
    ),
)
kinds.register(
    "advices.issued",
    Kind(_("Advices in what I follow"), _("%(issuer)s advises %(body)s: %(title)s"), default=Frequency.DAILY),
)
kinds.register(
    "advices.late",
    Kind(
        _("Advices in what I follow that are not answered in time"),
        _("%(body)s has not answered by %(due)s: %(title)s"),
        default=Frequency.DAILY,
    ),
)
kinds.register("advices.answered", Kind(_("Answers to advices in what I follow"), _("%(body)s answered: %(title)s")))
kinds.register(
    "advices.withdrawn", Kind(_("An advice in what I follow is withdrawn"), _("This advice was withdrawn: %(title)s"))
)


def issued(advice: Advice, now: datetime) -> None:
    _tell("advices.to_answer", advice, _staff(advice), "to_answer", _desk(advice), now)
    _tell("advices.issued", advice, followers(advice.process), "issued", advice.get_absolute_url(), now)


def due(advice: Advice, now: datetime) -> None:
    """The stage an advice has reached; whoever heard of a stage does not hear of it again."""
    today = in_brussels(now).date()
    late = advice.days_late(today)
    if late:
        stage = (late - 1) // AGAIN
        _tell("advices.overdue", advice, _staff(advice), f"overdue:{stage}", _desk(advice), now)
        _tell("advices.late", advice, followers(advice.process), "late", advice.get_absolute_url(), now)
    else:
        stage = min(days for days in BEFORE if advice.days_left(today) <= days)
        _tell("advices.due", advice, _staff(advice), f"due:{stage}", _desk(advice), now)


def answered(advice: Advice, now: datetime) -> None:
    _tell("advices.answered", advice, followers(advice.process), "answered", advice.get_absolute_url(), now)


def withdrawn(advice: Advice, now: datetime) -> None:
    _tell("advices.withdrawn", advice, followers(advice.process), "withdrawn", advice.get_absolute_url(), now)


def _staff(advice: Advice) -> QuerySet[Person]:
    """Those who may draft or publish the answer of the body."""
    roles = (Role.ADMIN, Role.MANAGER, Role.EDITOR)
    working = {"memberships__organisation": advice.body.organisation_id, "memberships__role__in": roles}
    return Person.objects.filter(**working, is_active=True).distinct()


def _desk(advice: Advice) -> str:
    return reverse("advice:desk", args=[advice.pk])


def _tell(
    kind: str, advice: Advice, to: Iterable[Person] | QuerySet[Person], occasion: str, url: str, now: datetime
) -> None:
    facts: dict[str, Fact] = {
        "title": in_every_language(lambda: shown(advice, "title")[0]),
        "issuer": in_every_language(lambda: shown(advice, "issuer")[0]),
        "body": in_every_language(lambda: str(advice.body)),
        "due": in_every_language(lambda: day(advice.due_on)),
    }
    notify(
        kind,
        to=to,
        key=f"advice:{advice.pk}:{occasion}",
        scope=f"processes.process:{advice.process_id}",
        facts=facts,
        url=url,
        now=now,
    )
