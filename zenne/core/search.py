"""One search box for everything public. Each app declares in its own `findable.py` how its things are found; the portal shows them together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from .languages import LANGUAGES, attribute
from .registry import Registry

MOST_WORDS = 8


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
    """`rows(words, organisation_id, now)` finds public things only, the best first; `organisation_id` None searches everywhere. `hit(row, now)` says
    what is shown of one."""

    label: str | Promise
    rows: "Callable[[str, int | None, datetime], QuerySet[Any]]"
    hit: Callable[[Any, datetime], Hit]

    def find(self, words: str, organisation_id: int | None, now: datetime, limit: int) -> list[Hit]:
        return [self.hit(row, now) for row in self.rows(words, organisation_id, now)[:limit]]


findable: Registry[Source] = Registry("findable")


def asked(words: str) -> list[str]:
    """The words of a question, as many as are looked for."""
    return words.replace("\x00", "").split()[:MOST_WORDS]


def says(word: str, *fields: str) -> Q:
    """That one of the translated `fields` of a model says a word, in whatever language."""
    said = Q()
    for language in LANGUAGES:
        for field in fields:
            said |= Q(**{f"{attribute(field, language)}__icontains": word})
    return said
