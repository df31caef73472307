"""How processes are found by the one search box."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, findable

from .queries import listed


def find(words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
    """Public processes that say all the words in a title or summary, the newest first."""
    found = listed(now, words=words, organisations=[organisation_id] if organisation_id else None)
    hits = []
    for process in found[:limit]:
        title, language = shown(process, "title")
        excerpt, _language = shown(process, "summary")
        hits.append(Hit(title, process.get_absolute_url(), excerpt, language, note=str(process.organisation)))
    return hits


findable.register("processes", Source(_("Processes"), find))
