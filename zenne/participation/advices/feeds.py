"""Advices as Atom: what is asked of authorities in a process, and what they answer."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.languages import current, shown
from zenne.participation.processes.feeds import ProcessFeed
from zenne.participation.processes.models import Process
from zenne.web.feeds import MOST, Entry, tag

from . import queries
from .models import Advice


def entry(advice: Advice) -> Entry:
    title, language = shown(advice, "title")
    assert advice.issued_at is not None  # of public advices only
    said = next((text for name in ("withdrawal", "statement", "text") if (text := shown(advice, name)[0])), "")
    return Entry(
        key=f"advice/{advice.pk}/{language}",
        title=title,
        link=advice.get_absolute_url(),
        text=said if advice.state != "issued" else shown(advice, "text")[0],
        published=advice.issued_at,
        updated=advice.answered_at or advice.withdrawn_at or advice.issued_at,
        language=language,
        author=shown(advice, "issuer")[0],
    )


class ProcessAdvices(ProcessFeed):
    def title(self, process: Process) -> str:
        return _("Advices in %(title)s") % {"title": shown(process, "title")[0]}

    def link(self, process: Process) -> str:
        return reverse("advices:list", args=[process.slug])

    def feed_guid(self, process: Process) -> str:
        return tag(f"process/{process.pk}/advices/{current()}")

    def items(self, process: Process) -> list[Entry]:
        return [entry(each) for each in queries.of_process(process)[:MOST]]
