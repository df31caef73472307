"""How ideas are found by the one search box."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zenne.core.search import Hit, Source, findable
from zenne.participation.processes.enums import ProcessState

from .models import Idea
from .queries import searched
from .showing import excerpt


def find(words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
    """Public ideas that say the words, in whatever language, the newest first."""
    if not words.strip():
        return []
    ideas = Idea.objects.filter(listed=True).exclude(process__state=ProcessState.DRAFT)
    if organisation_id:
        ideas = ideas.filter(process__organisation=organisation_id)
    found = searched(ideas, words).select_related("process").defer("search").order_by("-published_at", "-id")
    return [
        Hit(idea.title, idea.get_absolute_url(), excerpt(idea.text, 160), idea.language, note=idea.process.title_i18n)
        for idea in found[:limit]
    ]


findable.register("ideas", Source(_("Ideas"), find))
