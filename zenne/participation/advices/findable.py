"""How advices are found by the one search box: by their own words and by those of what they recommend."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.core.search import Hit, Source, asked, findable, says

from . import queries, showing
from .models import Advice, Recommendation


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Advice]:
    """Public advices that say every word, in whatever language, the newest first."""
    found = queries.public()
    if organisation_id:
        found = found.filter(process__organisation=organisation_id)
    for word in asked(words):
        recommending = Recommendation.objects.filter(says(word, "title", "text")).values("advice")
        found = found.filter(says(word, "title", "text", "issuer") | Q(pk__in=recommending))
    return found if asked(words) else found.none()


def _hit(advice: Advice, now: datetime) -> Hit:
    title, language = shown(advice, "title")
    note = f"{shown(advice.process, 'title')[0]} · {showing.standing(advice, in_brussels(now).date()).text}"
    return Hit(title, advice.get_absolute_url(), shown(advice, "text")[0][:160], language, note=note)


findable.register("advices", Source(_("Advices"), _rows, _hit))
