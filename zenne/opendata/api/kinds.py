"""What the API is made of. Each app declares its part from its own `api.py`; the API knows none by name.

    router = Router()

    @router.get("/widgets/{number}", response=Widget, summary="One widget")
    def widget(request: HttpRequest, number: Number) -> Widget: ...

    @router.post("/widgets", response={201: Widget}, auth=needs("widgets:write"), summary="Make a widget")
    def make_widget(request: HttpRequest, given: NewWidget) -> Status[Widget]: ...  # return Status(201, made)

    resources.register("widgets", Resource(_("Widgets"), router, scopes={"widgets:write": _("Make widgets")}, represent=...))

A list that apps above can narrow by what only they know (`?plan=` of decisions) asks `narrowed("widgets", request, rows)`; they declare it from their own
`narrowings.py`: `narrowings.register("widgets.plan", Narrowing(_of_plan, _("Only those of this plan.")))`.

An operation answers a pydantic model, or raises what the pages' views raise: `Spoken` errors become problem documents. Lists take
`paging: Query[Paging]` and answer `page_of(...)`. The function's name is the operation's, its docstring the description.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel

from zenne.core.registry import Registry
from zenne.people.accounts.models import Person

from .enums import READ
from .errors import ScopeMissing, Unauthorized

__all__ = [
    "Narrowing",
    "Needs",
    "Resource",
    "in_order",
    "narrowed",
    "narrowing_of",
    "narrowings",
    "needs",
    "reader",
    "resources",
    "scopes",
    "signed_in",
]
LONGEST = 80


@dataclass(frozen=True)
class Resource:
    """A chapter of the API.

    `scopes` are the rights that its operations need, in words for whoever makes a token. `represent(number, now)` gives one thing as the API
    shows it to everybody, None when it is not public: what webhooks and feeds send is what the API answers. Lower `order` comes first in the manual.
    """

    title: str | Promise
    router: Router
    scopes: Mapping[str, str | Promise] = field(default_factory=dict)
    represent: Callable[[int, datetime], BaseModel | None] | None = None
    about: str | Promise = ""
    order: int = 50


@dataclass(frozen=True)
class Narrowing:
    """A way to ask for fewer of a list: `narrow(rows, value)` of those that have to do with `value`, a name in an address (`smart-city-2030`);
    none where there is nothing of that name. `about` says it in the description."""

    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]
    about: str | Promise


resources: Registry[Resource] = Registry("api")
narrowings: Registry[Narrowing] = Registry("narrowings")


def narrowing_of(resource: str) -> dict[str, Narrowing]:
    """What the list of `resource` can be narrowed by, by the name of the parameter."""
    split = ((key.partition("."), narrowing) for key, narrowing in narrowings.items())
    return {parameter: narrowing for (name, _dot, parameter), narrowing in split if name == resource}


def narrowed(resource: str, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """`rows` as the address narrows them, by whatever apps above have declared."""
    for parameter, narrowing in narrowing_of(resource).items():
        if value := request.GET.get(parameter, ""):
            known = len(value) <= LONGEST and value.isascii() and value.isprintable()
            rows = narrowing.narrow(rows, value) if known else rows.none()
    return rows


def in_order() -> list[tuple[str, Resource]]:
    """The chapters as they are read: from what stands around to what is said."""
    return sorted(resources.items(), key=lambda found: (found[1].order, found[0]))


def scopes() -> dict[str, str | Promise]:
    """Every right a token can carry, in words."""
    found: dict[str, str | Promise] = {READ: _("Read what is mine: my account, my ideas, what I support and follow")}
    for _name, resource in in_order():
        found |= resource.scopes
    return found


class Needs:
    """The operation is for whoever shows a token with this right."""

    openapi_security_schema: ClassVar[dict[str, str]] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal token, made on the page “API tokens” of the account.",
    }

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        token = getattr(request, "token", None)
        if token is None:
            raise Unauthorized
        if self.scope not in token.scopes:
            raise ScopeMissing(self.scope)
        return token


def needs(scope: str) -> Needs:
    return Needs(scope)


def signed_in(request: HttpRequest) -> Person:
    """Whose token it is. For operations with `auth=needs(...)`."""
    person = request.user
    assert isinstance(person, Person)
    return person


def reader(request: HttpRequest) -> Person | None:
    """Who reads as themselves: whose token has the right to. Everybody else reads what is public."""
    token = getattr(request, "token", None)
    return token.person if token is not None and READ in token.scopes else None
