"""Named holes in the pages of lower rooms, filled from above.

    register("idea.after", selection_of_idea)        # in juries/slots.py
    {% slot "idea.after" idea %}                     # in the page of an idea, which has never heard of juries

A fill is a function of the request and of what the page hands it; it returns safe HTML, or "" for nothing. It is asked for each person anew,
unless it is registered as `shared`: the same for everybody, and so part of what is kept of a page (`zenne.web.shared`). Where a page asks whether
there is anything in a slot (`{% slot … as facts %}{% if facts %}`), only shared fills fit: what one person would be told is not known yet.

Most pages have nothing for most fills. A fill that says which rows it would speak of (`when`, given what the page hands over) is called only when there are any, and is
handed them. One query asks for all fills of a slot whether there are any, and one more, where there are, reads all of them (`core.together`).

    register("process.after", of_process, when=queries.of_process)        # of_process(request, process, found)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from zenne.core.presence import present
from zenne.core.registry import Registry
from zenne.core.together import ask

from .shared import own

Render = Callable[..., str]
Rows = Callable[..., "QuerySet[Any]"]


@dataclass(frozen=True)
class Fill:
    slot: str
    render: Render
    order: int
    shared: bool
    when: Rows | None
    unless: Rows | None


fills: Registry[Fill] = Registry("slots")


def register(
    slot: str,
    render: Render,
    order: int = 50,
    *,
    shared: bool = False,
    when: Rows | None = None,
    unless: Rows | None = None,
) -> None:
    """Have `render(request, *what the page hands over)` shown in `slot`; lower `order` first. `when(*what the page hands over)`: the rows it is about, which it
    is handed after these; without any it is not called. `unless`: rows with which something else is shown instead."""
    key = f"{slot} {render.__module__}.{render.__qualname__}"
    fills.register(key, Fill(slot, render, order, shared, when, unless))


def rendered(slot: str, request: HttpRequest | None, *given: object) -> SafeString:
    """Everything registered for `slot`, in order. Empty when nobody above has anything to say."""
    chosen = [(fill.order, key, fill) for key, fill in fills.items() if fill.slot == slot]
    ordered = [fill for _order, _key, fill in sorted(chosen, key=lambda row: row[:2])]
    parts = (
        conditional_escape(fill.render(request, *handed)) if fill.shared else own(request, fill.render, *handed)
        for fill, handed in _with_rows(ordered, given)
    )
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped or is safe


def _with_rows(ordered: list[Fill], given: tuple[object, ...]) -> list[tuple[Fill, tuple[object, ...]]]:
    """With what each is handed; without those that name rows of which there are none, or rows that there are."""
    rows = {each: each(*given) for fill in ordered for each in (fill.when, fill.unless) if each}
    there = dict(
        zip(rows, present(list(rows.values())), strict=True)
    )  # cheaper to phrase than the lists, which most pages have none of
    chosen = [
        fill for fill in ordered if (fill.when is None or there[fill.when]) and not (fill.unless and there[fill.unless])
    ]
    ask([rows[fill.when] for fill in chosen if fill.when])
    return [(fill, (*given, rows[fill.when]) if fill.when else given) for fill in chosen]
