"""How sittings and entries of the registers are found by the one search box. What is confidential is not."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, asked, findable, says
from zenne.web.tags.words import moment

from . import queries
from .models import Entry, Item, Sitting


def _sittings(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Sitting]:
    """Public sittings one of whose items says every word, in whatever language, the latest first."""
    items = Item.objects.filter(confidential=False)
    for word in asked(words):
        items = items.filter(says(word, "title", "text"))
    found = queries.sittings().filter(pk__in=items.values("sitting"))
    if organisation_id:
        found = found.filter(body__organisation=organisation_id)
    return found if asked(words) else found.none()


def _sitting(sitting: Sitting, now: datetime) -> Hit:
    title = f"{sitting.body}, {moment(sitting.starts_at)}"
    return Hit(title, sitting.get_absolute_url(), "", "", note=str(sitting.get_state_display()))


def _entries(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Entry]:
    found = queries.register()
    if organisation_id:
        found = found.filter(organisation=organisation_id)
    for word in asked(words):
        found = found.filter(says(word, "title", "text", "outcome"))
    return found if asked(words) else found.none()


def _entry(entry: Entry, now: datetime) -> Hit:
    title, language = shown(entry, "title")
    note = f"{entry.get_kind_display()} · {entry.with_whom}" if entry.with_whom else str(entry.get_kind_display())
    return Hit(title, entry.get_absolute_url(), shown(entry, "text")[0][:160], language, note=note)


findable.register("sittings", Source(_("Sittings"), _sittings, _sitting))
findable.register("registers", Source(_("Partnerships, events and studies"), _entries, _entry))
