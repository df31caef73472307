"""The events that other software can hear of. Each app declares its own in its `webhooks.py`; this room knows none by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from zenne.core.registry import Registry

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Event:
    """Something that happens in public.

    `data(key, facts)` reads the thing with that primary key, as it is when the message is written, and says what anybody may know of it;
    None when it is not public (any more): then nobody hears of it. `facts` are those handed to `announce`.
    """

    label: str | Promise
    data: Callable[[int, Facts], dict[str, Any] | None]


webhooks: Registry[Event] = Registry("webhooks")
