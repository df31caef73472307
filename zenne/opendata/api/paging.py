"""Pages by key: the next page begins after the last thing of this one, so that page 10,000 costs what page 2 costs.

A cursor is signed and belongs to one address and one order: what was not made here is refused, never guessed at.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Annotated, Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, Field

from .errors import Fault, Faulty
from .representations import Page, _digits

MOST = 100
USUAL = 20
SIGNER = Signer(salt="zenne.opendata.api.page")
Row = TypeVar("Row", bound=Model)


class Paging(BaseModel):
    """How much of a list, and from where on."""

    limit: Annotated[int, BeforeValidator(_digits)] = Field(
        USUAL, ge=1, le=MOST, description="How many items a page has at most.", examples=[20]
    )
    cursor: str | None = Field(
        None,
        min_length=1,
        max_length=1000,
        description="Where the page begins. Never make one: take the address in `next`.",
    )


def page_of(
    request: HttpRequest,
    rows: QuerySet[Row],
    paging: Paging,
    *,
    order: Sequence[str],
    shown: Callable[[Row], Any],
    of: type[Any],
) -> Page[Any]:
    """One page of `rows` as `Page[of]`. `order` names fields of `rows` that are never null and together unique: `("-published_at", "-id")`."""
    if paging.cursor is not None:
        rows = rows.filter(_after(order, _read(paging.cursor, request.path, order)))
    found = list(rows.order_by(*order)[: paging.limit + 1])
    items = found[: paging.limit]
    following = _address(request, order, items[-1]) if len(found) > paging.limit else None
    return Page[of](items=[shown(row) for row in items], next=following)  # type: ignore[valid-type]


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """What comes after `values`. The first key bounds the whole condition, so that an index is entered at the right place."""
    first, start = order[0], values[0]
    bound = Q(**{f"{first.lstrip('-')}__{_side(first)}e": start})
    branches, equal = Q(), Q()
    for key, value in zip(order, values, strict=True):
        name = key.lstrip("-")
        branches |= equal & Q(**{f"{name}__{_side(key)}": value})
        equal &= Q(**{name: value})
    return bound & branches


def _side(key: str) -> str:
    return "lt" if key.startswith("-") else "gt"


def _address(request: HttpRequest, order: Sequence[str], last: Model) -> str:
    values = [attrgetter(key.lstrip("-").replace("__", "."))(last) for key in order]
    plain = [{"t": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    query = request.GET.copy()
    query["cursor"] = SIGNER.sign_object([request.path, list(order), plain])
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _read(cursor: str, path: str, order: Sequence[str]) -> list[Any]:
    try:
        its_path, its_order, plain = SIGNER.unsign_object(cursor)
    except (BadSignature, ValueError, TypeError):
        its_path, its_order, plain = "", [], []
    if its_path != path or its_order != list(order):
        raise Faulty([Fault(_("This is no cursor of this list: begin again without one."), parameter="cursor")])
    return [datetime.fromisoformat(value["t"]) if isinstance(value, dict) else value for value in plain]
