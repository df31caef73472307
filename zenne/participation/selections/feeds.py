"""Selections as Atom: what is decided in a process."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.languages import current, shown
from zenne.participation.processes.feeds import ProcessFeed
from zenne.participation.processes.models import Process
from zenne.web.feeds import MOST, Entry, tag

from . import queries
from .models import Selection


def entry(selection: Selection) -> Entry:
    title, language = shown(selection, "title")
    assert selection.published_at is not None  # of public selections only
    return Entry(
        key=f"selection/{selection.pk}/{language}",
        title=title,
        link=selection.get_absolute_url(),
        text=shown(selection, "annulment")[0] or shown(selection, "statement")[0],
        published=selection.published_at,
        updated=selection.annulled_at or selection.published_at,
        language=language,
        author=str(selection.process.organisation),
    )


class ProcessSelections(ProcessFeed):
    def title(self, process: Process) -> str:
        return _("Decisions in %(title)s") % {"title": shown(process, "title")[0]}

    def link(self, process: Process) -> str:
        return reverse("selections:list", args=[process.slug])

    def feed_guid(self, process: Process) -> str:
        return tag(f"process/{process.pk}/selections/{current()}")

    def items(self, process: Process) -> list[Entry]:
        return [entry(each) for each in queries.of_process(process)[:MOST]]
