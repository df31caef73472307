"""The kinds of activity. Each is one app that registers itself from its own `activity.py`; processes knows none by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    hashed when an activity opens, and `words` names its keys for residents; `address` is the page of the activity; `prepare` makes the
    kind's own settings row for a new activity and `duplicate` copies it (old, new); `settings` is the staff page of that row.
    """

    label: str | Promise
    icon: str
    defaults: Mapping[Action, Level]
    rule: Callable[["Activity"], dict[str, object]]
    address: Callable[["Activity"], str] | None = None
    prepare: Callable[["Activity"], None] | None = None
    duplicate: Callable[["Activity", "Activity"], None] | None = None
    settings: Callable[["Activity"], str] | None = None
    words: Mapping[str, str | Promise] = field(default_factory=dict)


kinds: Registry[ActivityKind] = Registry("activity")
