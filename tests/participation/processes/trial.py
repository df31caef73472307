"""A kind of activity for tests: it offers every action, so that no test needs the apps above."""

from collections.abc import Iterator
from contextlib import contextmanager

from zenne.participation.processes.enums import Action
from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.people.access.enums import Level

NAME = "trial"


@contextmanager
def registered(settings: dict[str, object], **more: object) -> Iterator[str]:
    """The kind is known inside the block; `settings` is its rule, read anew each time."""
    defaults = {Action.PROPOSE: Level.CONFIRMED, Action.SUPPORT: Level.EVERYONE}
    made = ActivityKind(
        label="Trial",
        icon="bulb",
        defaults=defaults,
        rule=lambda activity: dict(settings),
        words={"most": "Ideas each"},
        address=lambda activity: f"/fr/trial/{activity.process.slug}/",
        **more,
    )
    kinds.register(NAME, made)
    try:
        yield NAME
    finally:
        del kinds._items[NAME]
