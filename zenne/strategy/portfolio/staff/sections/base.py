"""What hangs on a project, page by page: each section says which rows there are, how one reads, and what can be done with it.

`rows.py` makes the pages of all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
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
    """One sort of rows of a project. `managed`: only managers write them. `edits`: a row can be written again; `drops`: it can be taken away.

    `rows` are those of a project, `line` is one in words, `form(data, project, row, person)` asks for one, new where there is no `row`, and `save` and `drop` do it.
    """

    name = ""
    label: Text = ""
    one: Text = ""
    about: Text = ""
    managed = False
    edits = True
    drops = True
    verbs: Mapping[str, Verb] = {}

    rows: Callable[[Project], QuerySet[Any]]
    line: Callable[[Any, date], Line]
    form: Callable[[Any, Project, Any, Person], Any]
    save: Callable[[Project, Any, Any, Who], object]
    drop: Callable[[Any, Who], object]

    def summary(self, project: Project) -> list[tuple[str, str]]:
        """Figures above the rows, each with its words."""
        return []
