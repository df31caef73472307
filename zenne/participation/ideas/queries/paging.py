"""Pages by key: the next page begins after the last idea of this one, so that page 10,000 costs as much as page 2.

A cursor says where a page begins. It is signed: what was not made here is no cursor, and leads to the first page. The random order is
a walk round a circle on which every idea has its place (`Idea.shuffle`). Who is signed in enters by one of the DOORS, which stay where they
are for a day; visitors all enter where the clock says. So one page serves many. A cursor remembers where its walk began: each idea is met once.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet, prefetch_related_objects

from zenne.people.accounts.models import Person

from ..enums import Sort
from ..models import Idea
from ..models.idea import CIRCLE

SIZE = 24
TURN_SECONDS = 600
DOORS = 8
SIGNER = Signer(salt="ideas.page")
KEYS = {
    Sort.NEWEST: "published_at",
    Sort.SUPPORTED: "support_count",
    Sort.DISCUSSED: "comment_count",
    Sort.RANDOM: "shuffle",
}


@dataclass(frozen=True)
class Page:
    """Some ideas, and the cursors of the pages around them ("" where there is none)."""

    ideas: list[Idea]
    next: str
    previous: str


@dataclass(frozen=True)
class _Cursor:
    value: Any
    pk: int
    backwards: bool
    start: int


def door_of(person: Person) -> int:
    """The door by which a person enters the circle."""
    return person.pk % DOORS


def start_at(door: int | None, now: datetime) -> int:
    """Where on the circle a door is today; without a door, where the clock says. It moves on by itself, so that no idea stays first for long."""
    turn = int(now.timestamp()) // TURN_SECONDS if door is None else f"{door} {now:%Y-%m-%d}"
    return int.from_bytes(hashlib.blake2b(f"{turn}".encode(), digest_size=8).digest()) % CIRCLE


def page_of(
    ideas: QuerySet[Idea], sort: Sort, cursor: str = "", *, start: int = 0, size: int = SIZE, mine: bool = False
) -> Page:
    """The page that `cursor` names. `mine` sorts by the day of sending, because what was never published has no other."""
    key = "submitted_at" if mine and sort == Sort.NEWEST else KEYS[sort]
    at = _read(cursor, sort, key)
    start = at.start if at else start
    backwards = bool(at and at.backwards)
    found = (
        _walk(ideas, key, at, start, size + 1, backwards)
        if sort == Sort.RANDOM
        else _fall(ideas, key, at, size + 1, backwards)
    )
    more, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
    after, before = (True, more) if backwards else (more, at is not None)
    if not shown:
        return Page([], "", "")
    return Page(
        shown,
        _write(sort, shown[-1], key, False, start) if after else "",
        _write(sort, shown[0], key, True, start) if before else "",
    )


def _fall(ideas: QuerySet[Idea], key: str, at: _Cursor | None, size: int, backwards: bool) -> list[Idea]:
    """From the highest value down; backwards, up from where we are."""
    if at:
        side = "gt" if backwards else "lt"
        ideas = ideas.filter(
            Q(**{f"{key}__{side}e": at.value}) & (Q(**{f"{key}__{side}": at.value}) | Q(**{f"pk__{side}": at.pk}))
        )
    order = (key, "pk") if backwards else (f"-{key}", "-pk")
    return list(ideas.order_by(*order)[:size])


def _walk(ideas: QuerySet[Idea], key: str, at: _Cursor | None, start: int, size: int, backwards: bool) -> list[Idea]:
    """Round the circle from `start`: first the arc behind it, then the arc before it."""
    arcs = [Q(**{f"{key}__gte": start}), Q(**{f"{key}__lt": start})]
    if backwards:
        arcs.reverse()
    order = (f"-{key}", "-pk") if backwards else (key, "pk")
    if at:
        on_first = (at.value >= start) != backwards
        arcs = arcs if on_first else arcs[1:]
        side = "lt" if backwards else "gt"
        arcs[0] &= Q(**{f"{key}__{side}e": at.value}) & (
            Q(**{f"{key}__{side}": at.value}) | Q(**{f"pk__{side}": at.pk})
        )
    found: list[Idea] = []
    bare = ideas.prefetch_related(None)
    for arc in arcs:
        if len(found) < size:
            found += bare.filter(arc).order_by(*order)[: size - len(found)]
    lookups: tuple[Any, ...] = ideas._prefetch_related_lookups  # type: ignore[attr-defined]
    prefetch_related_objects(found, *lookups)  # once for both arcs
    return found


def _write(sort: Sort, idea: Idea, key: str, backwards: bool, start: int) -> str:
    value = getattr(idea, key)
    plain = value.isoformat() if isinstance(value, datetime) else value
    return SIGNER.sign_object([sort.value, key, plain, idea.pk, backwards, start])


def _read(cursor: str, sort: Sort, key: str) -> _Cursor | None:
    try:
        its_sort, its_key, value, pk, backwards, start = SIGNER.unsign_object(cursor)
    except (BadSignature, ValueError):
        return None
    if (its_sort, its_key) != (sort.value, key):
        return None
    return _Cursor(datetime.fromisoformat(value) if isinstance(value, str) else value, pk, backwards, start)
