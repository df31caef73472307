"""How votes are found by the one search box: by their own words and by the titles of what is on the ballot."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, attribute, shown
from zenne.core.search import Hit, Source, findable
from zenne.participation.processes.models import Activity

from .models import Option
from .queries import open_votes

MOST_WORDS = 8


def find(words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
    """Public votes that say every word, in whatever language, the newest first."""
    asked = words.split()[:MOST_WORDS]
    if not asked:
        return []
    found = open_votes()
    if organisation_id:
        found = found.filter(activity__phase__process__organisation=organisation_id)
    for word in asked:
        found = found.filter(pk__in=_saying(word))
    hits = []
    for vote in found.order_by("-pk")[:limit]:
        title, language = shown(vote.activity, "title")
        intro, _language = shown(vote.activity, "intro")
        note = shown(vote.process, "title")[0]
        hits.append(Hit(title or str(_("Vote")), vote.get_absolute_url(), intro[:160], language, note=note))
    return hits


def _saying(word: str) -> set[int]:
    """The numbers of the votes that say a word."""
    activities = Activity.objects.filter(_in_any(word, "title", "intro"), kind="vote")
    options = Option.objects.filter(_in_any(word, "title"))
    return {
        *activities.order_by("pk").values_list("pk", flat=True),
        *options.order_by("vote_id").values_list("vote_id", flat=True),
    }


def _in_any(word: str, *fields: str) -> Q:
    said = Q()
    for language in LANGUAGES:
        for field in fields:
            said |= Q(**{f"{attribute(field, language)}__icontains": word})
    return said


findable.register("votes", Source(_("Votes"), find))
