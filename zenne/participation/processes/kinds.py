"""The kinds of activity. Each is one app that registers itself from its own `activity.py`; processes knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from zenne.core.registry import Registry
from zenne.people.access.enums import Level

from .enums import Action

if TYPE_CHECKING:
    from .models import Activity


@dataclass(frozen=True)
class ActivityKind:
    """What processes needs to know of a kind.

    `defaults` are the actions it offers and who may do them unless staff say otherwise; `rule` gives the plain data that is frozen and
    hashed when an activity opens; `address` is the page of the activity; `prepare` makes the kind's own settings row for a new activity.
    """

    label: str | Promise
    icon: str
    defaults: dict[Action, Level]
    rule: Callable[["Activity"], dict[str, object]]
    address: Callable[["Activity"], str] | None = None
    prepare: Callable[["Activity"], None] | None = None


kinds: Registry[ActivityKind] = Registry("activity")
