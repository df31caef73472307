"""How votes are found by the one search box: by their own words and by the titles of what is on the ballot."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, asked, findable, says
from zenne.participation.processes.models import Activity

from .models import Option, Vote
from .queries import open_votes


def _rows(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Vote]:
    """Public votes that say every word, in whatever language, the newest first."""
    found = open_votes().prefetch_related(None).order_by("-pk")
    if organisation_id:
        found = found.filter(activity__phase__process__organisation=organisation_id)
    for word in asked(words):
        options = Option.objects.filter(says(word, "title")).values("vote")
        activities = Activity.objects.filter(says(word, "title", "intro")).values("pk")
        found = found.filter(Q(activity__in=activities) | Q(pk__in=options))
    return found if asked(words) else found.none()


def _hit(vote: Vote, now: datetime) -> Hit:
    title, language = shown(vote.activity, "title")
    intro, _language = shown(vote.activity, "intro")
    note = shown(vote.process, "title")[0]
    return Hit(title or str(_("Vote")), vote.get_absolute_url(), intro[:160], language, note=note)


findable.register("votes", Source(_("Votes"), _rows, _hit))
