"""What an upper app declares in its `letters.py`: who writes letters, and which ways out they carry. The outbox knows none by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from zenne.core.registry import Registry

if TYPE_CHECKING:
    from zenne.people.accounts.models import Person

    from .models import Letter


@dataclass(frozen=True)
class WayOut:
    """What a reader stops with one click: `purpose` names an Exit, `about` what exactly (a kind of message, a process)."""

    purpose: str
    about: str = ""


@dataclass(frozen=True)
class Words:
    """One letter, ready to be written in the language that is active: the template's name (`<name>.subject.txt`, `.txt`, `.html`) and
    what fills it. `way_out` puts the one-click headers on the letter and `stop` (an address) into the templates' context."""

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    way_out: WayOut | None = None


@dataclass(frozen=True)
class Source:
    """Who writes. `compose(letter, now)` is asked when the letter leaves, with the reader's language active: it gives the words, or None
    when there is nothing to say any more (the reader said stop, the occasion is gone). `urgent` letters go before the others."""

    label: str | Promise
    compose: "Callable[[Letter, datetime], Words | None]"
    urgent: bool = False


@dataclass(frozen=True)
class Exit:
    """A way out. `describe(about)` says in the reader's language what would stop, or None when there is no such thing;
    `stop(person, about, now)` stops it, and may be asked twice."""

    describe: Callable[[str], str | None]
    stop: "Callable[[Person, str, datetime], None]"


sources: Registry[Source] = Registry("letters")
exits: Registry[Exit] = Registry("letters")

troubles: "Registry[Callable[[Person, str, datetime], None]]" = Registry("letters")
"""Who tells a person that their address became unreachable: each is called with the person, the address and the moment."""
