"""What waits for moderators: cases that nobody decided about yet, and appeals that this person may decide about."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.boards import Waiting, desks
from zenne.people.organisations.models import Organisation

from .enums import CaseState
from .queries import appeals_to_judge, cases_for


def _cases(person: Person, organisations: QuerySet[Organisation]) -> int:
    return cases_for(person).filter(state=CaseState.OPEN).count()


def _appeals(person: Person, organisations: QuerySet[Organisation]) -> int:
    return appeals_to_judge(person).count()


def _queue(person: Person, organisations: QuerySet[Organisation]) -> str:
    return reverse("moderation_case:index")


def _second_look(person: Person, organisations: QuerySet[Organisation]) -> str:
    return reverse("moderation_appeal:index")


desks.register(
    "moderation.cases",
    Waiting(_("Contributions for the moderators"), count=_cases, url=_queue, icon="warning", order=20),
)
desks.register(
    "moderation.appeals",
    Waiting(_("Appeals for a second look"), count=_appeals, url=_second_look, icon="rotate", order=21),
)
