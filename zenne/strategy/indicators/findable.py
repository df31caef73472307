"""How indicators are found by the one search box: by their names and by what they mean."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, asked, findable, says

from . import phrasing, queries
from .models import Indicator


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Indicator]:
    """Public indicators that say every word, in whatever language."""
    found = queries.public()
    if organisation_id:
        found = found.filter(organisation=organisation_id)
    for word in asked(words):
        found = found.filter(says(word, "name", "meaning", "source"))
    return found if asked(words) else found.none()


def _hit(indicator: Indicator, now: datetime) -> Hit:
    name, language = shown(indicator, "name")
    note = f"{indicator.organisation} · {phrasing.rhythm(indicator.frequency)}"
    return Hit(name, indicator.get_absolute_url(), shown(indicator, "meaning")[0][:160], language, note=note)


findable.register("indicators", Source(_("Indicators"), _rows, _hit))
