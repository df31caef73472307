"""What processes tell their followers, each in their own language."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Frequency
from zenne.messaging.notifications.kinds import Kind, Place, Scope, kinds, scopes
from zenne.people.accounts.models import Person

from .models import Change, News, Process
from .queries import followed_by, followers, public

kinds.register(
    "processes.news",
    Kind(_("News of what I follow"), _("News on “%(process)s”: %(title)s"), default=Frequency.DAILY, may_hide=True),
)
kinds.register(
    "processes.changed",
    Kind(_("Dates and rules that change"), _("Dates or rules of “%(process)s” changed"), default=Frequency.DAILY),
)
kinds.register(
    "processes.reopened",
    Kind(_("What I follow opens again"), _("“%(process)s” is open again"), default=Frequency.DAILY),
)


def _places(ids: Iterable[int]) -> dict[int, Place]:
    found = public().filter(pk__in=ids).select_related("organisation")
    return {
        process.pk: Place(shown(process, "title")[0], process.get_absolute_url(), process.organisation)
        for process in found
    }


def _followed(person: Person) -> list[int]:
    return list(followed_by(person).values_list("pk", flat=True))


SCOPE = "processes.process"
scopes.register(SCOPE, Scope(_places, _followed))


def news_published(post: News, now: datetime) -> None:
    facts = {"process": _title(post.process), "title": in_every_language(lambda: shown(post, "title")[0])}
    excerpt = in_every_language(lambda: shown(post, "body")[0])
    _tell("processes.news", post.process, f"news:{post.pk}", facts, post.get_absolute_url(), excerpt, now=now)


def rule_changed(change: Change, now: datetime) -> None:
    address = f"{reverse('processes:changes', args=[change.process.slug])}#change-{change.pk}"
    excerpt = in_every_language(lambda: shown(change, "reason")[0])
    facts = {"process": _title(change.process)}
    _tell("processes.changed", change.process, f"change:{change.pk}", facts, address, excerpt, now=now)


def process_reopened(process: Process, now: datetime) -> None:
    key = f"process-reopened:{process.pk}:{now.timestamp():.0f}"
    _tell("processes.reopened", process, key, {"process": _title(process)}, process.get_absolute_url(), {}, now=now)


def _title(process: Process) -> dict[str, str]:
    return in_every_language(lambda: shown(process, "title")[0])


def _tell(
    kind: str,
    process: Process,
    key: str,
    facts: dict[str, dict[str, str]],
    url: str,
    excerpt: dict[str, str],
    *,
    now: datetime,
) -> None:
    notify(
        kind,
        to=followers(process),
        scope=f"{SCOPE}:{process.pk}",
        key=key,
        facts=facts,
        url=url,
        excerpt=excerpt,
        now=now,
    )
