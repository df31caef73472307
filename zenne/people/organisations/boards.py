"""What other apps put on an organisation's boards.

`checklist.py` of an app: what an organisation needs before it goes live.

    checks.register("legal-pages", Check(_("Legal pages"), missing=..., url=..., order=60))

`desk.py` of an app: what waits for somebody who works here.

    desks.register("ideas.unanswered", Waiting(_("Ideas without an answer"), count=..., url=..., order=10))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from zenne.core.registry import Registry
from zenne.people.accounts.models import Person

from .models import Organisation

Words = str | Promise


@dataclass(frozen=True)
class Check:
    """One line of the checklist. `missing` answers what is still lacking, in words; nothing means done. `url` leads to where it is mended."""

    label: Words
    missing: Callable[[Organisation], Sequence[Words]]
    url: Callable[[Organisation], str]
    required: bool = True
    order: int = 50


@dataclass(frozen=True)
class Waiting:
    """One line of the desk. `count` is asked for a person and the organisations they work for; a line of nothing is not shown.

    `url` gets the same and answers the list where the work is done.
    """

    label: Words
    count: Callable[[Person, QuerySet[Organisation]], int]
    url: Callable[[Person, QuerySet[Organisation]], str]
    icon: str = "tasks"
    order: int = 50


checks: Registry[Check] = Registry("checklist")
desks: Registry[Waiting] = Registry("desk")


@dataclass(frozen=True)
class Line:
    """A check as one organisation stands."""

    key: str
    check: Check
    missing: tuple[Words, ...]
    url: str

    @property
    def done(self) -> bool:
        return not self.missing


def checklist(organisation: Organisation) -> list[Line]:
    """Every check for this organisation, in order."""
    chosen = sorted(checks.items(), key=lambda item: (item[1].order, item[0]))
    return [Line(key, check, tuple(check.missing(organisation)), check.url(organisation)) for key, check in chosen]


def lacking(organisation: Organisation) -> list[Words]:
    """What keeps this organisation from going live: the missing parts of required checks."""
    return [words for line in checklist(organisation) if line.check.required for words in line.missing]
