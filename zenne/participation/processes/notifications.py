"""What processes tell their followers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.kinds import Kind, kinds

from .models import Change, News, Process
from .queries import followers

kinds.register("processes.news", Kind(_("News of what I follow"), _("News on “%(process)s”: %(title)s")))
kinds.register(
    "processes.changed", Kind(_("Dates and rules that change"), _("Dates or rules of “%(process)s” changed"))
)
kinds.register("processes.reopened", Kind(_("Processes I follow that open again"), _("“%(process)s” is open again")))


def news_published(post: News, now: datetime) -> None:
    facts = {"process": str(post.process), "title": str(post)}
    notify(
        "processes.news",
        to=followers(post.process),
        key=f"news:{post.pk}",
        facts=facts,
        url=post.get_absolute_url(),
        excerpt=post.body_i18n or "",
        now=now,
    )


def rule_changed(change: Change, now: datetime) -> None:
    process = change.process
    notify(
        "processes.changed",
        to=followers(process),
        key=f"change:{change.pk}",
        facts={"process": str(process)},
        url=process.get_absolute_url() + "changes/",
        excerpt=change.reason_i18n or "",
        now=now,
    )


def process_reopened(process: Process, now: datetime) -> None:
    notify(
        "processes.reopened",
        to=followers(process),
        key=f"reopened:{process.pk}:{now:%Y%m%d%H%M%S}",
        facts={"process": str(process)},
        url=process.get_absolute_url(),
        now=now,
    )
