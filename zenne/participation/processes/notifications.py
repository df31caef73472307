"""What processes tell their followers, each in their own language."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import DEFAULT, LANGUAGES, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.kinds import Kind, kinds

from .models import Change, News, Process
from .queries import followers

kinds.register("processes.news", Kind(_("News of what I follow"), _("News on “%(process)s”: %(title)s")))
kinds.register(
    "processes.changed", Kind(_("Dates and rules that change"), _("Dates or rules of “%(process)s” changed"))
)
kinds.register("processes.reopened", Kind(_("What I follow opens again"), _("“%(process)s” is open again")))

#: facts, address, excerpt
Words = tuple[dict[str, str], str, str]


def news_published(post: News, now: datetime) -> None:
    def words() -> Words:
        facts = {"process": shown(post.process, "title")[0], "title": shown(post, "title")[0]}
        return facts, post.get_absolute_url(), shown(post, "body")[0]

    _tell("processes.news", post.process, f"news:{post.pk}", words, now)


def rule_changed(change: Change, now: datetime) -> None:
    def words() -> Words:
        address = reverse("processes:changes", args=[change.process.slug])
        return (
            {"process": shown(change.process, "title")[0]},
            f"{address}#change-{change.pk}",
            shown(change, "reason")[0],
        )

    _tell("processes.changed", change.process, f"change:{change.pk}", words, now)


def process_reopened(process: Process, now: datetime) -> None:
    def words() -> Words:
        return {"process": shown(process, "title")[0]}, process.get_absolute_url(), ""

    _tell("processes.reopened", process, f"process-reopened:{process.pk}:{now.timestamp():.0f}", words, now)


def _tell(kind: str, process: Process, key: str, words: Callable[[], Words], now: datetime) -> None:
    """One message to every follower, with the words of their language."""
    people = followers(process)
    for language in LANGUAGES:
        readers = people.filter(language=language) if language != DEFAULT else people.exclude(language__in=_others())
        with translation.override(language):
            facts, url, excerpt = words()
        notify(kind, to=readers, key=key, facts=facts, url=url, excerpt=excerpt, now=now)


def _others() -> list[str]:
    return [language for language in LANGUAGES if language != DEFAULT]
