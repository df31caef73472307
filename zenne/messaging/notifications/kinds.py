"""The kinds of message. The app that has something to say declares it in its own `notifications.py`; messaging knows none by name."""

from dataclasses import dataclass

from django.utils.functional import Promise

from zenne.core.registry import Registry


@dataclass(frozen=True)
class Kind:
    """`label` names the kind where people choose what they hear of; `line` is the sentence, with `%(named)s` places for the facts."""

    label: str | Promise
    line: str | Promise


kinds: Registry[Kind] = Registry("notifications")
