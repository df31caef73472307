"""Sittings as Atom: what bodies are called to, and what they did."""

from datetime import UTC, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.languages import current, shown
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import listed
from zenne.web.feeds import MOST, AtomFeed, Entry, tag
from zenne.web.tags.words import moment

from . import queries
from .models import Item, Sitting


def entry(sitting: Sitting) -> Entry:
    """Of one read with its agenda."""
    assert sitting.called_at is not None  # of public ones only
    language = current()
    return Entry(
        key=f"sitting/{sitting.pk}/{language}",
        title=f"{sitting.body}, {moment(sitting.starts_at)}",
        link=sitting.get_absolute_url(),
        text="\n".join(_line(item) for item in sitting.items.all()),
        published=sitting.called_at,
        updated=sitting.published_at or sitting.called_at,
        language=language,
        author=str(sitting.body),
    )


def _line(item: Item) -> str:
    if item.confidential:
        return f"{item.position}. {_('A confidential item')}"
    made = getattr(item, "resolution", None)
    outcome = f" · {made.get_outcome_display()}" if made else ""
    return f"{item.position}. {shown(item, 'title')[0]}{outcome}"


class Sittings(AtomFeed):
    """Of every organisation listed here, the latest first."""

    def get_object(self, request: HttpRequest) -> list[Organisation]:
        return list(listed(request))

    def title(self, houses: list[Organisation]) -> str:
        return _("Sittings and what they resolved")

    def link(self, houses: list[Organisation]) -> str:
        return reverse("governance:sittings")

    def feed_guid(self, houses: list[Organisation]) -> str:
        return tag(f"sittings/{current()}")

    def since(self, houses: list[Organisation]) -> datetime:
        opened = [house.opened_at for house in houses if house.opened_at]
        return min(opened) if opened else datetime(2026, 1, 1, tzinfo=UTC)

    def items(self, houses: list[Organisation]) -> list[Entry]:
        rows = queries.with_agenda(queries.sittings().filter(body__organisation__in=houses))
        return [entry(each) for each in rows[:MOST]]
