"""What votes tell people. Nobody is told as a voter, because nobody knows who voted: it goes to those who follow the process, and to authors and
supporters of ideas through the selection."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.participation.processes.queries import followers

from .models import Result, Vote

kinds.register(
    "voting.counted", Kind(_("The result of a vote in what I follow"), _("The result of the vote “%(vote)s” is there"))
)
kinds.register(
    "voting.annulled", Kind(_("A vote is annulled"), _("The vote “%(vote)s” was annulled. The reason is on its page"))
)


def result_published(result: Result, now: datetime) -> None:
    _tell("voting.counted", result.vote, f"result:{result.pk}", now)


def annulled(vote: Vote, now: datetime) -> None:
    _tell("voting.annulled", vote, f"annulled:{vote.pk}", now)


def _tell(kind: str, vote: Vote, occasion: str, now: datetime) -> None:
    notify(
        kind,
        to=followers(vote.process),
        key=f"vote:{occasion}",
        scope=f"processes.process:{vote.process.pk}",
        facts={"vote": in_every_language(lambda: shown(vote.activity, "title")[0])},
        url=vote.get_absolute_url(),
        now=now,
    )
