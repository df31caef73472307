"""How ideas are found by the one search box."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.search import Hit, Source, findable
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from .models import Idea
from .queries import searched
from .showing import excerpt


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Idea]:
    """Public ideas that say the words, in whatever language, the newest first."""
    if not words.strip():
        return Idea.objects.none()
    public = Process.objects.exclude(state=ProcessState.DRAFT)
    if organisation_id:
        public = public.filter(organisation=organisation_id)
    # their numbers in hand, PostgreSQL knows how many ideas to expect
    ideas = Idea.objects.filter(listed=True, process__in=list(public.order_by("pk").values_list("pk", flat=True)))
    return searched(ideas, words).select_related("process").defer("search").order_by("-published_at", "-id")


def _hit(idea: Idea, now: datetime) -> Hit:
    return Hit(
        idea.title, idea.get_absolute_url(), excerpt(idea.text, 160), idea.language, note=idea.process.title_i18n
    )


findable.register("ideas", Source(_("Ideas"), _rows, _hit))
