"""How draws by lot are found by the one search box: by the words of their activity."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, asked, findable, says
from zenne.participation.processes.models import Activity

from .models import Lottery
from .queries import open_lotteries


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Lottery]:
    """Public lotteries that say every word, in whatever language, the newest first."""
    found = open_lotteries().order_by("-pk")
    if organisation_id:
        found = found.filter(activity__phase__process__organisation=organisation_id)
    for word in asked(words):
        found = found.filter(activity__in=Activity.objects.filter(says(word, "title", "intro")).values("pk"))
    return found if asked(words) else found.none()


def _hit(lottery: Lottery, now: datetime) -> Hit:
    title, language = shown(lottery.activity, "title")
    address = reverse("sortition:page", args=[lottery.process.slug, lottery.pk])
    intro = shown(lottery.activity, "intro")[0]
    return Hit(title or str(_("Draw by lot")), address, intro[:160], language, note=shown(lottery.process, "title")[0])


findable.register("lotteries", Source(_("Draws by lot"), _rows, _hit))
