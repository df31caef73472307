"""How draws by lot are found by the one search box: by the words of their activity."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, attribute, shown
from zenne.core.search import Hit, Source, findable

from .queries import open_lotteries

MOST_WORDS = 8


def find(words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
    """Public lotteries that say every word, in whatever language, the newest first."""
    asked = words.split()[:MOST_WORDS]
    if not asked:
        return []
    found = open_lotteries()
    if organisation_id:
        found = found.filter(activity__phase__process__organisation=organisation_id)
    for word in asked:
        said = Q()
        for language in LANGUAGES:
            for field in ("title", "intro"):
                said |= Q(**{f"activity__{attribute(field, language)}__icontains": word})
        found = found.filter(said)
    hits = []
    for lottery in found.order_by("-pk")[:limit]:
        title, language = shown(lottery.activity, "title")
        address = reverse("sortition:page", args=[lottery.process.slug, lottery.pk])
        intro = shown(lottery.activity, "intro")[0]
        note = shown(lottery.process, "title")[0]
        hits.append(Hit(title or str(_("Draw by lot")), address, intro[:160], language, note=note))
    return hits


findable.register("lotteries", Source(_("Draws by lot"), find))
