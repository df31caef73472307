"""Decisions as Atom: what bodies decided, about ideas or not."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.languages import current, shown
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import listed
from zenne.web.feeds import MOST, AtomFeed, Entry, tag

from . import queries
from .models import Decision


def entry(decision: Decision) -> Entry:
    title, language = shown(decision, "title")
    assert decision.published_at is not None  # of published ones only
    return Entry(
        key=f"decision/{decision.pk}/{language}",
        title=title or decision.reference,
        link=decision.get_absolute_url(),
        text=shown(decision, "statement")[0],
        published=decision.published_at,
        updated=decision.published_at,
        language=language,
        author=str(decision.body),
    )


class Decisions(AtomFeed):
    """Of every organisation listed here, the latest first."""

    def get_object(self, request: HttpRequest) -> list[Organisation]:
        return list(listed(request))

    def title(self, houses: list[Organisation]) -> str:
        return _("Decisions of authorities")

    def link(self, houses: list[Organisation]) -> str:
        return reverse("decisions:every")

    def feed_guid(self, houses: list[Organisation]) -> str:
        return tag(f"decisions/{current()}")

    def since(self, houses: list[Organisation]) -> datetime:
        opened = [house.opened_at for house in houses if house.opened_at]
        return min(opened) if opened else datetime.fromisoformat("2026-01-01T00:00:00+00:00")

    def items(self, houses: list[Organisation]) -> list[Entry]:
        return [entry(each) for each in queries.published().filter(body__organisation__in=houses)[:MOST]]
