"""Pieces of pages that are the same whenever they are given the same: drawn once, then taken from memory.

A piece is kept under everything it was given and the language of the page. It can therefore never be stale or somebody else's: other words,
another count or another right make another key. What was given and cannot be part of a key (a request, a form) is drawn each time.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zenne.core.memory import Memory

MOST_BYTES = 12 * 1024 * 1024
PLAIN = frozenset({str, SafeString, int, float, bool, type(None), datetime, date, Decimal})

#: Stands in a piece where the token of a form goes. Nobody who writes on the platform can guess it.
TOKEN_PLACE = f"<!--{secrets.token_hex(16)}-->"
#: The same for the initials of who is signed in.
AVATAR_PLACE = SafeString(f"<!--{secrets.token_hex(16)}-->")

kept: Memory[SafeString] = Memory(MOST_BYTES)


class CannotKeep(Exception):
    """Something given has no value of its own to be recognised by."""


def piece(name: str, given: Mapping[str, Any], draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` makes of `given`, drawn now or before."""
    try:
        key = name, get_language(), frozen(given)
    except CannotKeep:
        return draw()
    found = kept.get(key)
    if found is None:
        found = draw()
        kept.put(key, found, 2 * len(found) + 1000)  # the key is about as long as what it makes
    return found


def frozen(value: Any) -> Hashable:
    """A value that is equal only to what draws the same. True is not 1 here, and what is safe HTML is not what needs escaping.

    A row counts with all its own columns; what it points to with its number and its name. Raises CannotKeep.
    """
    kind = value.__class__
    if kind in PLAIN:
        return kind, value
    if kind is tuple or kind is list:
        return tuple([frozen(each) for each in value])
    if isinstance(value, Mapping):
        return tuple([(name, frozen(each)) for name, each in value.items()])
    if isinstance(value, Enum):
        return kind, value.value
    if isinstance(value, Promise):
        return str, str(value)
    if isinstance(value, Model):
        return _row(value)
    if is_dataclass(value):
        return kind, tuple([frozen(getattr(value, field.name)) for field in fields(value)])
    raise CannotKeep(kind)


def _row(row: Model) -> Hashable:
    own = tuple([(name, frozen(value)) for name, value in row.__dict__.items() if not name.startswith("_")])
    others = row._state.fields_cache  # what was read along with the row
    return (
        row.__class__,
        own,
        tuple([(name, other.pk, str(other)) for name, other in others.items() if other is not None]),
    )
