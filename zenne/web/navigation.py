"""What stands in the header, the account menu and the footer. Each app declares its own entries in its `navigation.py`:

    from zenne.web.navigation import Entry, Place, register
    register(Entry(Place.MAIN, _("Projects"), "processes:list", order=10))

Only who owns a page can name it, so the menu never has a dead link.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from zenne.core.languages import current
from zenne.core.registry import Registry


class Place(StrEnum):
    MAIN = "main"
    ACCOUNT = "account"
    FOOTER = "footer"


def always(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """One line of a menu. `shown` decides per request; `post` makes it a button that sends (signing out)."""

    place: Place
    label: str | Promise
    route: str
    icon: str = ""
    order: int = 50
    post: bool = False
    shown: Callable[[HttpRequest], bool] = always
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return _address(self.route, self.args, current())


@lru_cache(maxsize=1024)
def _address(route: str, args: tuple[str, ...], _language: str) -> str:
    """A page has twenty entries, and their addresses differ by nothing but the language."""
    return reverse(route, args=args)


entries: Registry[Entry] = Registry("navigation")


def register(entry: Entry) -> Entry:
    return entries.register(":".join((entry.place, entry.route, *entry.args)), entry)


@dataclass(frozen=True)
class Line:
    """An entry as this request sees it."""

    entry: Entry
    current: bool


def lines(place: Place, request: HttpRequest) -> list[Line]:
    """The entries of a place for this request, in order, with the one we are under marked."""
    chosen = [entry for entry in entries.values() if entry.place == place and entry.shown(request)]
    chosen.sort(key=lambda entry: (entry.order, entry.route, entry.args))
    return [Line(entry, current=_under(request.path, entry.url)) for entry in chosen]


def _under(path: str, url: str) -> bool:
    # A home page ("/fr/") is current only when we are exactly there.
    return path == url or (url.count("/") > 2 and path.startswith(url))
