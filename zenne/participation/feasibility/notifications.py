"""What studies tell people: services what they have to study, authors what was found and asked."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.people.accounts.models import Person
from zenne.web.tags.words import day

from .enums import StudyState
from .models import Study

Fact = str | Mapping[str, str]

kinds.register(
    "feasibility.requested",
    Kind(_("Ideas my service has to study"), _("Please study “%(idea)s” by %(due)s"), circle=Circle.WORK),
)
kinds.register(
    "feasibility.due",
    Kind(
        _("Studies of my service that are due or late"),
        _("“%(idea)s” was to be studied by %(due)s"),
        circle=Circle.WORK,
    ),
)
kinds.register(
    "feasibility.adapted",
    Kind(_("An idea my service studies was adapted"), _("“%(idea)s” was adapted by its author"), circle=Circle.WORK),
)
kinds.register(
    "feasibility.answered",
    Kind(
        _("What a service finds of my idea"),
        _("%(service)s studied your idea “%(idea)s”: %(outcome)s"),
        circle=Circle.MINE,
    ),
)
kinds.register(
    "feasibility.asked",
    Kind(
        _("A service asks me to adapt my idea"),
        _("%(service)s asks you to adapt your idea “%(idea)s”"),
        circle=Circle.MINE,
    ),
)


def requested(studies: Iterable[Study], now: datetime) -> None:
    for study in studies:
        _tell_service("feasibility.requested", study, "requested", now)


def due(study: Study, *, late: bool, now: datetime) -> None:
    _tell_service("feasibility.due", study, f"{'late' if late else 'due'}:{study.due_on}", now)


def adapted(study: Study, now: datetime) -> None:
    _tell_service("feasibility.adapted", study, f"adapted:{now.timestamp():.0f}", now)


def answered(study: Study, now: datetime) -> None:
    author = study.idea.author
    if author is None:
        return
    kind, url = "feasibility.answered", f"{study.idea.get_absolute_url()}#studies"
    if study.state == StudyState.ADAPTATION:
        kind, url = "feasibility.asked", reverse("studies:adapt", args=[study.idea.process.slug, study.pk])
    facts = {
        "service": in_every_language(lambda: str(study.service)),
        "outcome": in_every_language(study.get_state_display),
    }
    _tell(kind, study, [author], f"answered:{now.timestamp():.0f}", facts, url, now)


def _tell_service(kind: str, study: Study, occasion: str, now: datetime) -> None:
    facts = {"due": in_every_language(lambda: day(study.due_on))}
    _tell(kind, study, study.service.members.all(), occasion, facts, reverse("study:edit", args=[study.pk]), now)


def _tell(
    kind: str,
    study: Study,
    to: Iterable[Person],
    occasion: str,
    facts: Mapping[str, Fact],
    url: str,
    now: datetime,
) -> None:
    notify(
        kind,
        to=to,
        key=f"study:{study.pk}:{occasion}",
        scope=f"processes.process:{study.idea.process_id}",
        facts={"idea": {study.idea.language: study.idea.title}, **facts},
        url=url,
        now=now,
    )
