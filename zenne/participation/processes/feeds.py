"""News as Atom: of one process, and of everything an organisation runs."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.core.languages import current, shown
from zenne.people.organisations.models import Organisation
from zenne.web.feeds import MOST, AtomFeed, Entry, tag

from .models import News, Process
from .queries import public


def news_entry(post: News) -> Entry:
    title, language = shown(post, "title")
    assert post.published_at is not None  # of published news only
    return Entry(
        key=f"news/{post.pk}/{language}",
        title=title,
        link=post.get_absolute_url(),
        text=shown(post, "body")[0],
        published=post.published_at,
        updated=post.edited_at or post.published_at,
        language=language,
        author=str(post.process.organisation),
    )


def process_entry(process: Process) -> Entry:
    title, language = shown(process, "title")
    assert process.published_at is not None  # of public processes only
    return Entry(
        key=f"process/{process.pk}/{language}",
        title=title,
        link=process.get_absolute_url(),
        text=shown(process, "summary")[0],
        published=process.published_at,
        updated=process.published_at,
        language=language,
        author=str(process.organisation),
    )


def _published(news: Iterable[News]) -> Iterator[Entry]:
    return (news_entry(post) for post in news)


class ProcessFeed(AtomFeed):
    """What feeds about one public process share, those of upper apps too: which process, whose, and since when."""

    def get_object(self, request: HttpRequest, slug: str) -> Process:
        process = public().select_related("organisation").filter(slug=slug).first()
        if process is None:
            raise NotFound(_("There is no process at this address."))
        return process

    def author_name(self, process: Process) -> str:
        return str(process.organisation)

    def since(self, process: Process) -> datetime:
        assert process.published_at is not None
        return process.published_at


class ProcessNews(ProcessFeed):
    def title(self, process: Process) -> str:
        return _("News of %(title)s") % {"title": shown(process, "title")[0]}

    def link(self, process: Process) -> str:
        return reverse("processes:news", args=[process.slug])

    def feed_guid(self, process: Process) -> str:
        return tag(f"process/{process.pk}/news/{current()}")

    def items(self, process: Process) -> list[Entry]:
        news = process.news.filter(published_at__isnull=False, withdrawn_at__isnull=True)
        news = news.select_related("process__organisation").order_by("-published_at", "-id")
        return list(_published(news[:MOST]))


class OrganisationNews(AtomFeed):
    """What an organisation begins, and what it says about what is under way."""

    def get_object(self, request: HttpRequest, slug: str) -> Organisation:
        organisation = Organisation.objects.filter(slug=slug, opened_at__isnull=False).first()
        if organisation is None:
            raise NotFound(_("There is no organisation at this address."))
        return organisation

    def title(self, organisation: Organisation) -> str:
        return _("Projects and news of %(name)s") % {"name": organisation}

    def link(self, organisation: Organisation) -> str:
        return organisation.get_absolute_url()

    def feed_guid(self, organisation: Organisation) -> str:
        return tag(f"organisation/{organisation.pk}/{current()}")

    def author_name(self, organisation: Organisation) -> str:
        return str(organisation)

    def since(self, organisation: Organisation) -> datetime:
        assert organisation.opened_at is not None
        return organisation.opened_at

    def items(self, organisation: Organisation) -> list[Entry]:
        processes = public().filter(organisation=organisation).select_related("organisation")[:MOST]
        news = News.objects.filter(process__in=public().filter(organisation=organisation), withdrawn_at__isnull=True)
        news = news.filter(published_at__isnull=False).select_related("process__organisation")
        entries = [process_entry(process) for process in processes]
        entries += _published(news.order_by("-published_at", "-id")[:MOST])
        return sorted(entries, key=lambda entry: (entry.published, entry.key), reverse=True)[:MOST]
