"""What can be moderated. Each app declares its kinds of contribution from its own `contributions.py`; moderation knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.functional import Promise

from zenne.core.errors import NotFound
from zenne.core.registry import Registry
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

if TYPE_CHECKING:
    from .models import Decision


@dataclass(frozen=True)
class Contribution:
    """How moderation reads, publishes, hides and shows again one kind of thing that people wrote.

    `find(pk)` gives the thing when anybody may read it, else None; `load(pk)` gives it whatever its state, with what the other functions read, or None. `waits`
    says whether it is to be read before it is public. `publish(thing, by, now)`, `hide(thing, decision)` and `restore(thing, decision)` change it inside the
    caller's transaction; they raise a Spoken error where the thing does not allow it. `gone` says that its author took it away for good. `process` is the
    number of the process it was written in.
    """

    label: str | Promise
    find: Callable[[int], Any]
    load: Callable[[int], Any]
    organisation: Callable[[Any], Organisation]
    process: Callable[[Any], int | None]
    author: Callable[[Any], Person | None]
    excerpt: Callable[[Any], str]
    language: Callable[[Any], str]
    written_at: Callable[[Any], datetime]
    address: Callable[[Any], str]
    waits: Callable[[Any], bool]
    gone: Callable[[Any], bool]
    publish: Callable[[Any, Person, datetime], None]
    hide: Callable[[Any, "Decision"], None]
    restore: Callable[[Any, "Decision"], None]


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
