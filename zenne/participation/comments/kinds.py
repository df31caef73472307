"""What can be commented on. Each app declares its kinds of thing from its own `discussions.py`; comments knows none by name."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from zenne.core.errors import NotFound
from zenne.core.registry import Registry
from zenne.participation.processes.models import Activity
from zenne.people.accounts.models import Person


@dataclass(frozen=True)
class Discussion:
    """How comments finds a thing, its activity, its author, its title with the language of that, and its page, and tells it that its number of comments changed.

    `hidden(numbers)`: those of these things that nobody may read any more. `count(thing, delta)` runs inside the transaction that adds or removes the comment; `number(thing)` is what it came to. `asks_stance`, `open`
    and `reads_first` (staff read a comment before it is public) read the kind's settings.
    """

    find: Callable[[int], Any]
    hidden: Callable[[Collection[int]], set[int]]
    activity: Callable[[Any], Activity]
    author: Callable[[Any], Person | None]
    title: Callable[[Any], str]
    language: Callable[[Any], str]
    address: Callable[[Any], str]
    count: Callable[[Any, int], None]
    number: Callable[[Any], int]
    asks_stance: Callable[[Any], bool]
    open: Callable[[Any], bool]
    reads_first: Callable[[Any], bool]


discussions: Registry[Discussion] = Registry("discussions")


def discussion_of(thing: Model) -> Discussion:
    return discussions[thing._meta.label_lower]


def kind_of(thing: Model) -> ContentType:
    return ContentType.objects.get_for_model(thing)


def find(kind: str, pk: int) -> Any:
    """The public thing `pk` of a kind such as `ideas.idea`. Raises NotFound."""
    discussion = discussions.get(kind)
    thing = discussion.find(pk) if discussion else None
    if thing is None:
        raise NotFound
    return thing
