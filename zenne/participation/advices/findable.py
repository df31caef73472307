"""How advices are found by the one search box: by their own words and by those of what they recommend."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import LANGUAGES, attribute, shown
from zenne.core.search import Hit, Source, findable

from . import queries, showing
from .models import Advice, Recommendation

MOST_WORDS = 8


def find(words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
    """Public advices that say every word, in whatever language, the newest first."""
    asked = words.split()[:MOST_WORDS]
    if not asked:
        return []
    found = queries.public()
    if organisation_id:
        found = found.filter(process__organisation=organisation_id)
    for word in asked:
        recommending = Recommendation.objects.filter(_in_any(word, "title", "text")).values("advice")
        found = found.filter(_in_any(word, "title", "text", "issuer") | Q(pk__in=recommending))
    return [_hit(advice, in_brussels(now).date()) for advice in found[:limit]]


def _hit(advice: Advice, today: date) -> Hit:
    title, language = shown(advice, "title")
    note = f"{shown(advice.process, 'title')[0]} · {showing.standing(advice, today).text}"
    return Hit(title, advice.get_absolute_url(), shown(advice, "text")[0][:160], language, note=note)


def _in_any(word: str, *fields: str) -> Q:
    said = Q()
    for language in LANGUAGES:
        for field in fields:
            said |= Q(**{f"{attribute(field, language)}__icontains": word})
    return said


findable.register("advices", Source(_("Advices"), find))
