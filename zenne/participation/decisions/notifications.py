"""What commitments tell people: those who wrote or support the idea, and those who follow the process."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle, Frequency
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.people.accounts.models import Person

from .kinds import origins_of
from .models import Commitment, Milestone

kinds.register(
    "decisions.state",
    Kind(
        _("How far a promise is that I wrote, support or follow"),
        _("“%(idea)s” is now: %(state)s"),
        default=Frequency.DAILY,
        circle=Circle.MINE,
    ),
)
kinds.register(
    "decisions.milestone",
    Kind(
        _("Steps done of a promise that I wrote, support or follow"),
        _("A step of “%(idea)s” is done: %(step)s"),
        default=Frequency.DAILY,
        circle=Circle.MINE,
    ),
)


def tell_of_state(commitment: Commitment, now: datetime, *, only_followers: bool) -> None:
    facts = {"state": in_every_language(commitment.get_state_display)}
    occasion = f"{commitment.state}:{now.timestamp():.0f}"
    _tell("decisions.state", commitment, facts, occasion, now, only_followers=only_followers)


def tell_of_milestone(commitment: Commitment, milestone: Milestone, now: datetime) -> None:
    facts = {"step": in_every_language(lambda: shown(milestone, "title")[0])}
    _tell("decisions.milestone", commitment, facts, f"milestone:{milestone.pk}", now)


def _tell(
    kind: str,
    commitment: Commitment,
    facts: Mapping[str, Mapping[str, str]],
    occasion: str,
    now: datetime,
    *,
    only_followers: bool = False,
) -> None:
    idea, process = commitment.idea, commitment.process
    concerned = Q(follows__process=process)
    if idea is not None:
        behind = Q(ideas=idea) | Q(idea_supports__idea=idea, idea_supports__value=1)
        concerned |= behind
    people = Person.objects.filter(concerned, is_active=True)
    if idea is not None and only_followers:
        people = people.exclude(pk__in=Person.objects.filter(behind).values("pk"))
    origin = origins_of([commitment]).get(commitment.pk)
    if idea is not None:
        url = f"{idea.get_absolute_url()}#commitments"
    else:
        url = origin.url if origin else process.get_absolute_url()
    notify(
        kind,
        to=people.distinct(),
        key=f"commitment:{commitment.pk}:{occasion}",
        scope=f"processes.process:{process.pk}",
        facts={
            "idea": {idea.language: idea.title} if idea else in_every_language(lambda: shown(commitment, "title")[0]),
            **facts,
        },
        url=url,
        now=now,
    )
