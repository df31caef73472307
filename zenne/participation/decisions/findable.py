"""How decisions are found by the one search box: by title, statement or reference."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, attribute, shown
from zenne.core.search import Hit, Source, findable

from . import queries
from .models import Decision

MOST_WORDS = 8


def find(words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
    """Published decisions that say every word, in whatever language, the newest first."""
    asked = words.split()[:MOST_WORDS]
    if not asked:
        return []
    found = queries.published()
    if organisation_id:
        found = found.filter(body__organisation=organisation_id)
    for word in asked:
        said = Q(reference__icontains=word)
        for language in LANGUAGES:
            for field in ("title", "statement"):
                said |= Q(**{f"{attribute(field, language)}__icontains": word})
        found = found.filter(said)
    return [_hit(decision) for decision in found[:limit]]


def _hit(decision: Decision) -> Hit:
    title, language = shown(decision, "title")
    note = f"{decision.body} · {decision.reference}"
    return Hit(
        title or decision.reference,
        decision.get_absolute_url(),
        shown(decision, "statement")[0][:160],
        language,
        note=note,
    )


findable.register("decisions", Source(_("Decisions of authorities"), find))
