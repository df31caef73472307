"""Whom a campaign may reach. The app that knows these people declares them in its own `audiences.py`; campaigns knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from zenne.core.registry import Registry
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation


@dataclass(frozen=True)
class Audience:
    """People of one sort around one thing, such as the followers of a process.

    `things(organisation)` lists what staff may choose from, as (number, name) in reading order; `people(organisation, number)` is who
    that is, and must be nobody for a thing of another organisation. `consent` is what each of them must have agreed to; None where being
    in the audience is itself the wish to hear (following) or where the organisation named each person (a group).
    """

    label: str | Promise
    things: Callable[[Organisation], list[tuple[int, str]]]
    people: Callable[[Organisation, int], QuerySet[Person]]
    consent: Purpose | None = None
    order: int = 50


audiences: Registry[Audience] = Registry("audiences")


def in_order() -> list[tuple[str, Audience]]:
    return sorted(audiences.items(), key=lambda item: (item[1].order, item[0]))
