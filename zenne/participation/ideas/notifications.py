"""What ideas tell people: their authors at once, their supporters through the task queue."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.numbers import key_of
from zenne.messaging.notifications import actions as messages
from zenne.messaging.notifications.enums import Circle
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.people.accounts.models import Person

from .models import Idea, Merge
from .queries import hidden


def _hidden(keys: Collection[str]) -> set[str]:
    """Those of these occasions (`idea:12:answer`) whose idea nobody may read any more."""
    ideas = {key: key_of(key.split(":")[1]) for key in keys if key.startswith("idea:")}
    gone = set(hidden(ideas.values()).values_list("pk", flat=True))
    return {key for key, idea in ideas.items() if idea in gone}


kinds.register(
    "ideas.published",
    Kind(_("My idea is published"), _("Your idea “%(title)s” is published"), circle=Circle.MINE, hidden=_hidden),
)
kinds.register(
    "ideas.rejected",
    Kind(
        _("My idea is refused"),
        _("Your idea “%(title)s” was not published. The reason is on its page"),
        circle=Circle.MINE,
    ),
)
kinds.register(
    "ideas.status",
    Kind(
        _("What becomes of an idea I wrote or support"),
        _("A step further for “%(title)s”: %(status)s"),
        circle=Circle.MINE,
        hidden=_hidden,
    ),
)
kinds.register(
    "ideas.answered",
    Kind(
        _("The answer to an idea I wrote or support"),
        _("%(organisation)s answered “%(title)s”"),
        circle=Circle.MINE,
        hidden=_hidden,
    ),
)
kinds.register(
    "ideas.merge-asked",
    Kind(
        _("A question about merging my idea"),
        _("May “%(title)s” and “%(other)s” become one idea? Please say yes or no"),
        circle=Circle.MINE,
        hidden=_hidden,
    ),
)
kinds.register(
    "ideas.merged",
    Kind(
        _("An idea I wrote or support joins another"),
        _("“%(title)s” joined “%(other)s”. Your support was carried over"),
        circle=Circle.MINE,
        hidden=_hidden,
    ),
)
kinds.register(
    "ideas.merge-undone",
    Kind(_("A merge is undone"), _("“%(title)s” stands on its own again"), circle=Circle.MINE, hidden=_hidden),
)


Fact = str | dict[str, str]


def tell(
    kind: str, idea: Idea, *, to: Iterable[Person] | QuerySet[Person], occasion: str, now: datetime, **facts: Fact
) -> None:
    messages.notify(
        kind,
        to=to,
        key=f"idea:{idea.pk}:{occasion}",
        scope=f"processes.process:{idea.process_id}",
        facts={"title": {idea.language: idea.title}, **facts},
        url=idea.get_absolute_url(),
        now=now,
    )


def tell_author(kind: str, idea: Idea, *, occasion: str, now: datetime, **facts: Fact) -> None:
    if idea.author:
        tell(kind, idea, to=[idea.author], occasion=occasion, now=now, **facts)


def tell_author_on_commit(kind: str, idea: Idea, *, occasion: str, now: datetime) -> None:
    transaction.on_commit(lambda: tell_author(kind, idea, occasion=occasion, now=now))


def ask_for_consent(merge: Merge, people: Iterable[Person], now: datetime) -> None:
    for person in people:
        mine, other = (
            (merge.source, merge.target) if merge.source.author_id == person.pk else (merge.target, merge.source)
        )
        tell(
            "ideas.merge-asked",
            mine,
            to=[person],
            occasion=f"merge-asked:{merge.pk}",
            now=now,
            other={other.language: other.title},
        )
