"""What waits for moderators: reports that nobody decided about yet."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.boards import Waiting, desks
from zenne.people.organisations.models import Organisation

from .queries import open_reports


def _count(person: Person, organisations: QuerySet[Organisation]) -> int:
    return open_reports(person).count()


def _url(person: Person, organisations: QuerySet[Organisation]) -> str:
    return reverse("reports:index")


desks.register(
    "moderation.reports", Waiting(_("Reports to decide about"), count=_count, url=_url, icon="warning", order=20)
)
