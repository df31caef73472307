"""Draws by lot as Atom: that letters left, that odds were committed, that a panel was drawn, that a draw was annulled."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.languages import current, shown
from zenne.participation.processes.feeds import ProcessFeed
from zenne.participation.processes.models import Process
from zenne.web.feeds import MOST, Entry, tag

from . import queries, showing
from .models import Draw


def _entry(draw: Draw, step: str, title: str, text: str, at: datetime) -> Entry:
    lottery = draw.lottery
    return Entry(
        key=f"lot/{lottery.pk}/draw/{draw.number}/{step}/{current()}",
        title=title % {"title": shown(lottery.activity, "title")[0]},
        link=reverse("sortition:draw", args=[lottery.process.slug, lottery.pk, draw.number]),
        text=text,
        published=at,
        updated=at,
        language=current(),
        author=str(lottery.process.organisation),
    )


def entries(draw: Draw) -> list[Entry]:
    """What happened with one draw."""
    found = []
    if draw.published_at:
        committed = _("The odds of %(pool)d people are committed. Fingerprint: %(digest)s")
        text = committed % {"pool": draw.pool_size, "digest": draw.commitment_digest}
        found.append(_entry(draw, "committed", _("%(title)s: the draw is committed"), text, draw.published_at))
    if draw.drawn_at:
        text = _("Panel: %(numbers)s") % {"numbers": ", ".join(str(number) for number in draw.panel)}
        found.append(_entry(draw, "drawn", _("%(title)s: the panel is drawn"), text, draw.drawn_at))
    if draw.annulled_at:
        found.append(
            _entry(draw, "annulled", _("%(title)s: a draw is annulled"), showing.annulment(draw), draw.annulled_at)
        )
    return found


class ProcessDraws(ProcessFeed):
    def title(self, process: Process) -> str:
        return _("Draws by lot in %(title)s") % {"title": shown(process, "title")[0]}

    def link(self, process: Process) -> str:
        return process.get_absolute_url()

    def feed_guid(self, process: Process) -> str:
        return tag(f"process/{process.pk}/lots/{current()}")

    def items(self, process: Process) -> list[Entry]:
        found = [each for draw in queries.draws_of_process(process) for each in entries(draw)]
        return sorted(found, key=lambda each: each.published, reverse=True)[:MOST]
