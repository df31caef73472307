"""Two editors of the same row, of how a project does, of a domain, of a department: the second keeps what they typed, sees what the first one wrote, and
saves again.

A form carries along what it showed when it was opened. The sheet has versions for that (`sheet.py`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Spoken
from zenne.people.organisations.staff import WithForm

from ..actions.keeping import locked_plan, locked_project

READ = "as_read"
LONGEST = 60_000

Seen = Mapping[str, list[str]]


@dataclass(frozen=True)
class Changed:
    """A field that somebody else wrote meanwhile: its words, what stands there now, and what this editor wants there."""

    label: str
    now: str
    mine: str


class Careful(WithForm):
    """A page whose form is saved only over what it showed. The project, or the plan, is held from the comparison to the end of the verb."""

    plan: Any
    request: HttpRequest
    held: tuple[str, ...] = ("plan", "row")
    """What the page remembers, and reads again once it is held."""

    def hold(self) -> None:
        locked_plan(self.plan)

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
            said, stands = request.POST.get(READ, ""), shown_by(fresh)
            read = seen_by(said)
            if read is not None and any(read[name] != stands[name] for name in read.keys() & stands.keys()):
                return self.page(status=409, **meanwhile(form, fresh, read, stands))
            return self.kept(form) if form.is_valid() else self.page(status=422, form=form, **{READ: said})

    def refused(self, form: Any, refusal: Spoken) -> HttpResponse:
        self.blame(form, refusal)
        return self.page(status=422, form=form, **{READ: self.request.POST.get(READ, "")})

    def gone(self) -> dict[str, Any]:
        """What the page shows where the row is no longer there."""
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if READ not in kwargs and not kwargs["form"].is_bound:
            kwargs[READ] = json.dumps(shown_by(kwargs["form"]))
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return found


class CarefulOfProject(Careful):
    project: Any
    held = ("project",)

    def hold(self) -> None:
        locked_project(self.project)


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
    value = form[name].value()
    if isinstance(value, QuerySet):
        value = [row.pk for row in value]
    shown = form.fields[name].widget.format_value(value)
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


def meanwhile(form: Any, fresh: Any, read: Seen, stands: Seen) -> dict[str, Any]:
    """What was typed stays in the boxes, but for what this editor left as they had read it: there stands what the other one wrote. What differs is listed."""
    data = form.data.copy()
    changes = []
    for name, now in stands.items():
        if read.get(name) == now:
            continue
        box = form.add_prefix(name)
        sent = sorted(plain(each) for each in data.getlist(box) if plain(each))
        mine = said(fresh, name, sent)
        if sent == read.get(name):
            put(data, box, now)
            mine = ""
        if sent != now:
            changes.append(Changed(str(fresh.fields[name].label), said(fresh, name, now), mine))
    form.data = data
    form._errors = None
    refusal = Conflict(
        _("Somebody else changed this while you were writing. Nothing of yours is lost: look, then save again.")
    )
    return {"form": form, "overtaken": refusal, "changes": changes, READ: json.dumps(stands)}


def said(form: Any, name: str, values: list[str]) -> str:
    """The value of a field in words: what a list offers by its name."""
    field = form.fields[name]
    offered: dict[str, str] = {}
    for value, label in getattr(field, "choices", ()):
        if isinstance(label, (list, tuple)):
            offered |= {str(each): str(words) for each, words in label}
        else:
            offered[str(value)] = str(label)
    return ", ".join(offered.get(each, each) for each in values)
