"""Named holes in the pages of lower rooms, filled from above.

    register("idea.after", selection_of_idea)        # in juries/slots.py
    {% slot "idea.after" idea %}                     # in the page of an idea, which has never heard of juries

A fill is a function of the request and of what the page hands it; it returns safe HTML, or "" for nothing. It is asked for each person anew,
unless it is registered as `shared`: the same for everybody, and so part of what is kept of a page (`zenne.web.shared`). Where a page asks whether
there is anything in a slot (`{% slot … as facts %}{% if facts %}`), only shared fills fit: what one person would be told is not known yet.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from zenne.core.registry import Registry

from .shared import own

Render = Callable[..., str]


@dataclass(frozen=True)
class Fill:
    slot: str
    render: Render
    order: int
    shared: bool


fills: Registry[Fill] = Registry("slots")


def register(slot: str, render: Render, order: int = 50, *, shared: bool = False) -> None:
    """Have `render(request, *what the page hands over)` shown in `slot`; lower `order` first."""
    fills.register(f"{slot} {render.__module__}.{render.__qualname__}", Fill(slot, render, order, shared))


def rendered(slot: str, request: HttpRequest | None, *given: object) -> SafeString:
    """Everything registered for `slot`, in order. Empty when nobody above has anything to say."""
    chosen = [(fill.order, key, fill) for key, fill in fills.items() if fill.slot == slot]
    ordered = (fill for _order, _key, fill in sorted(chosen, key=lambda row: row[:2]))
    parts = (
        conditional_escape(fill.render(request, *given)) if fill.shared else own(request, fill.render, *given)
        for fill in ordered
    )
    return mark_safe("".join(parts))  # noqa: S308 - each part was escaped or is safe
