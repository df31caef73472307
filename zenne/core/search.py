"""One search box for everything public. Each app declares in its own `findable.py` how its things are found; the portal shows them together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from .registry import Registry


@dataclass(frozen=True)
class Hit:
    """Something found: words to show, the language they are in, and where it lives."""

    title: str
    url: str
    excerpt: str
    language: str
    note: str = ""


@dataclass(frozen=True)
class Source:
    """`find(words, organisation_id, now, limit)` gives public things only, the best first; `organisation_id` None searches everywhere."""

    label: str | Promise
    find: Callable[[str, int | None, datetime, int], list[Hit]]


findable: Registry[Source] = Registry("findable")
