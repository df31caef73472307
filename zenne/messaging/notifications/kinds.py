"""The kinds of message and the scopes they belong to. The app that has something to say declares both in its own `notifications.py`;
messaging knows none by name."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from zenne.core.numbers import whole_number
from zenne.core.registry import Registry

from .enums import Circle, Frequency

if TYPE_CHECKING:
    from zenne.people.accounts.models import Person
    from zenne.people.organisations.models import Organisation


@dataclass(frozen=True)
class Kind:
    """`label` names the kind where people choose what they hear of; `line` is the sentence, with `%(named)s` places for the facts.

    `default` is how often it is mailed to who never chose. `may_hide`: people may choose not to find it on the platform either.
    `mailed` is false for what is said on the platform only. `circle` is what it has to do with its reader. `hidden(keys)`: those of these occasions
    whose subject is not public any more; nobody is mailed of them, and the inbox says so instead of repeating the words.
    """

    label: str | Promise
    line: str | Promise
    default: Frequency = Frequency.IMMEDIATE
    may_hide: bool = False
    mailed: bool = True
    circle: Circle = Circle.FOLLOWED
    hidden: Callable[[Collection[str]], set[str]] | None = None


@dataclass(frozen=True)
class Place:
    """One thing that messages belong to, in the words of the active language."""

    label: str
    address: str
    organisation: "Organisation | None" = None


@dataclass(frozen=True)
class Scope:
    """A kind of thing that messages belong to, such as a process; a message names one as `processes.process:12`.

    `places(ids)` reads several at once; what is gone is left out. `followed(person)` gives the ids a person follows, newest first.
    """

    places: Callable[[Iterable[int]], Mapping[int, Place]]
    followed: "Callable[[Person], list[int]]"


kinds: Registry[Kind] = Registry("notifications")
scopes: Registry[Scope] = Registry("notifications")


def places(names: Iterable[str]) -> dict[str, Place]:
    """The places of scopes such as `processes.process:12`, in the active language; what is unknown or gone is left out."""
    wanted: dict[str, list[int]] = {}
    for name in dict.fromkeys(names):
        kind, _colon, number = name.partition(":")
        if kind in scopes and (key := whole_number(number)) is not None:
            wanted.setdefault(kind, []).append(key)
    return {
        f"{kind}:{number}": place
        for kind, numbers in wanted.items()
        for number, place in scopes[kind].places(numbers).items()
    }


def hidden(told: Iterable[tuple[str, str]]) -> set[str]:
    """Of what people were told, as kinds and keys: the keys whose subject is not public any more. One question for all kinds that ask the same."""
    asked: dict[Callable[[Collection[str]], set[str]], set[str]] = {}
    for code, key in told:
        if code in kinds and (ask := kinds[code].hidden):
            asked.setdefault(ask, set()).add(key)
    return {key for ask, keys in asked.items() for key in ask(keys)}
