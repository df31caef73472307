"""How processes are found by the one search box."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, findable

from .models import Process
from .queries import listed


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Process]:
    """Public processes that say all the words in a title or summary, the newest first."""
    return listed(now, words=words, organisations=[organisation_id] if organisation_id else None)


def _hit(process: Process, now: datetime) -> Hit:
    title, language = shown(process, "title")
    excerpt, _language = shown(process, "summary")
    return Hit(title, process.get_absolute_url(), excerpt, language, note=str(process.organisation))


findable.register("processes", Source(_("Processes"), _rows, _hit))
