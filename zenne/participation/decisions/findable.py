"""How decisions are found by the one search box: by title, statement or reference."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, asked, findable, says

from . import queries
from .models import Decision


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Decision]:
    """Published decisions that say every word, in whatever language, the newest first."""
    found = queries.published()
    if organisation_id:
        found = found.filter(body__organisation=organisation_id)
    for word in asked(words):
        found = found.filter(says(word, "title", "statement") | Q(reference__icontains=word))
    return found if asked(words) else found.none()


def _hit(decision: Decision, now: datetime) -> Hit:
    title, language = shown(decision, "title")
    note = f"{decision.body} · {decision.reference}"
    excerpt = shown(decision, "statement")[0][:160]
    return Hit(title or decision.reference, decision.get_absolute_url(), excerpt, language, note=note)


findable.register("decisions", Source(_("Decisions of authorities"), _rows, _hit))
