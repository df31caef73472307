"""What can be moderated. Each app declares its kinds of contribution from its own `contributions.py`; moderation knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from zenne.core.errors import NotFound
from zenne.core.registry import Registry
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation


@dataclass(frozen=True)
class Contribution:
    """How moderation reads and hides one kind of thing that people wrote.

    `find(pk)` gives the thing when it is public, else None; `hide` and `restore` change it inside the caller's transaction.
    """

    label: str | Promise
    find: Callable[[int], Any]
    organisation: Callable[[Any], Organisation]
    author: Callable[[Any], Person | None]
    excerpt: Callable[[Any], str]
    address: Callable[[Any], str]
    hide: Callable[[Any, datetime], None]
    restore: Callable[[Any, datetime], None]


contributions: Registry[Contribution] = Registry("contributions")


def contribution_of(thing: Model) -> Contribution:
    return contributions[thing._meta.label_lower]


def find(kind: str, pk: int) -> Model:
    """The public contribution `pk` of a kind such as `ideas.idea`. Raises NotFound."""
    contribution = contributions.get(kind)
    thing = contribution.find(pk) if contribution else None
    if thing is None:
        raise NotFound
    return thing
