"""What hangs on a project, page by page: each section says which rows there are, how one reads, and what can be done with it.

`rows.py` makes the pages of all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from zenne.people.accounts.models import Person

from ...models import Project

Text = str | Promise
Who = Mapping[str, Any]


@dataclass(frozen=True)
class Verb:
    """Something done with one row on a page of its own. `form(data, row)` asks what it needs, `do(row, form, who)` does it; offered when `fits(row)`."""

    label: Text
    form: Callable[[Any, Any], Any]
    do: Callable[[Any, Any, Who], object]
    fits: Callable[[Any], bool] = lambda row: True


@dataclass(frozen=True)
class Line:
    """One row in words. `badge` is a word and its colour (ok, warn, bad or none)."""

    title: str
    small: list[str] = field(default_factory=list)
    badge: tuple[str, str] | None = None
    url: str = ""
    text: str = ""


class Section:
    """One sort of rows of a project. `managed`: only managers write them. `edits`: a row can be written again; `drops`: it can be taken away."""

    name = ""
    label: Text = ""
    one: Text = ""
    about: Text = ""
    managed = False
    edits = True
    drops = True
    verbs: Mapping[str, Verb] = {}

    def rows(self, project: Project) -> QuerySet[Any]:
        raise NotImplementedError

    def line(self, row: Any, today: date) -> Line:
        raise NotImplementedError

    def form(self, data: Any, project: Project, row: Model | None, person: Person) -> Any:
        raise NotImplementedError

    def save(self, project: Project, row: Any, form: Any, who: Who) -> object:
        raise NotImplementedError

    def drop(self, row: Any, who: Who) -> object:
        raise NotImplementedError

    def summary(self, project: Project) -> list[tuple[str, str]]:
        """Figures above the rows, each with its words."""
        return []
