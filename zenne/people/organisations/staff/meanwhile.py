"""Two editors of the same thing: the second keeps what they typed, sees what the first one wrote, and saves again.

A form carries along what it showed when it was opened: `carrying` gives it `carried`, which stands inside the `<form>` of the page. Before it is saved, whoever saves it
holds the row and asks `overtaken`. `Careful` does that for a page with one form, `CarefulDesk` for a page with several, `careful = True` for the edit page of a viewset.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict

from .screens import WithForm

READ = "as_read"
LONGEST = 60_000
TICKED = "on"

Seen = Mapping[str, list[str]]


@dataclass(frozen=True)
class Changed:
    """A field that somebody else wrote meanwhile: its words, what stands there now, and what this editor wants there."""

    label: str
    now: str
    mine: str


class Careful(WithForm):
    """A page whose form is saved only over what it showed. `hold` keeps everybody else off the row, from the comparison to the end of the verb."""

    request: HttpRequest
    hold: Callable[[], object]
    held: tuple[str, ...] = ()
    """What the page remembers, and reads again once it is held."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=carrying(self.form()))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            self.hold()
            for name in self.held:
                self.__dict__.pop(name, None)
            try:
                fresh = self.form()
            except Http404:
                return self.page(status=409, **self.gone())
            form = self.form(request.POST)
            if overtaken(form, fresh, request.POST):
                return self.page(status=409, form=form)
            return self.kept(form) if form.is_valid() else self.page(status=422, form=form)

    def gone(self) -> dict[str, Any]:
        """What the page shows where the row is no longer there."""
        raise Http404


class CarefulDesk:
    """For a desk with several forms, which its page takes as `bad` by their keys: each is saved only over what it showed."""

    request: HttpRequest
    page: Callable[..., HttpResponse]

    def careful(
        self, key: str, made: Callable[[QueryDict | None], Any], do: Callable[[Any], HttpResponse]
    ) -> HttpResponse:
        """What `do` answers to the form that is `made` of what was sent; else the page with that form. To be called once the row is held and read again."""
        fresh, form = made(None), made(self.request.POST)
        if overtaken(form, fresh, self.request.POST):
            messages.error(self.request, str(form.overtaken.headline))  # the form may lie far below
            return self.page(status=409, bad={key: form})
        return do(form) if form.is_valid() else self.page(status=422, bad={key: form})


def carrying(form: Any) -> Any:
    """The form, with what it shows written down in it."""
    form.as_read = json.dumps(shown_by(form))
    return _marked(form)


def _marked(form: Any) -> Any:
    """The form, with the words and the hidden box that its page shows of all this."""
    form.carried = render_to_string("people/organisations/staff/carried.html", {"form": form})
    return form


def overtaken(form: Any, fresh: Any, sent: QueryDict) -> bool:
    """Whether somebody else changed, since it was opened, what a form that comes back had shown; `fresh` is that form of what stands there now.

    If so what was typed stays in the boxes, but for what this editor left as they had read it: there stands what the other one wrote. `overtaken` of the form says what
    happened, `changes` what differs, and it carries along what it shows now.
    """
    form.as_read = sent.get(READ, "")
    read, stands = seen_by(form.as_read), shown_by(fresh)
    if read is None or all(read[name] == stands[name] for name in read.keys() & stands.keys()):
        _marked(form)
        return False
    data = form.data.copy()
    form.changes = []
    for name, now in stands.items():
        if read.get(name) == now:
            continue
        box = form.add_prefix(name)
        written = sorted(plain(each) for each in data.getlist(box) if plain(each))
        mine = said(fresh, name, written)
        if written == read.get(name):
            put(data, box, now)
            mine = ""
        if written != now:
            form.changes.append(Changed(str(fresh.fields[name].label), said(fresh, name, now), mine))
    form.data, form._errors = data, None
    form.as_read = json.dumps(stands)
    form.overtaken = Conflict(
        _("Somebody else changed this while you were writing. Nothing of yours is lost: look, then save again.")
    )
    _marked(form)
    return True


def seen_by(text: str) -> Seen | None:
    """What the form showed, as the browser sends it back; None where it says nothing that can be compared."""
    if not text or len(text) > LONGEST:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def shown_by(form: Any) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    return {name: typed(form, name) for name in form.fields}


def typed(form: Any, name: str) -> list[str]:
    """What a browser would send of one field as it stands now; what is empty is left out."""
    value, widget = form[name].value(), form.fields[name].widget
    if isinstance(widget, forms.CheckboxInput):
        return [TICKED] if value else []
    if isinstance(value, QuerySet):
        value = [row.pk for row in value]
    shown = widget.format_value(value)
    if isinstance(shown, dict):
        shown = shown.get("id")
    if isinstance(shown, (list, tuple)):
        return sorted(str(each) for each in shown if each not in (None, ""))
    text = plain(str(shown or ""))
    return [text] if text else []


def put(data: QueryDict, name: str, values: list[str]) -> None:
    """Have a browser's data say these values of a field; nothing, where there are none."""
    data.pop(name, None)
    if values:
        data.setlist(name, values)


def plain(text: str) -> str:
    return text.strip().replace("\r\n", "\n")


def said(form: Any, name: str, values: list[str]) -> str:
    """The value of a field in words: what a list offers by its name."""
    field = form.fields[name]
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Yes") if values else _("No")
    offered: dict[str, str] = {}
    for value, label in getattr(field, "choices", ()):
        if isinstance(label, (list, tuple)):
            offered |= {str(each): str(words) for each, words in label}
        else:
            offered[str(value)] = str(label)
    return ", ".join(offered.get(each, each) for each in values)
