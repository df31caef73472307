"""Keying in a batch: numbers typed, Enter, the next sheet. And what two people read differently."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.core.numbers import whole_number

from .. import actions, filling, keying, queries
from ..models import PaperEntry
from .paper import OneBatch
from .screens import url


class Reader(OneBatch):
    """What a page needs on which sheets are read."""

    @property
    def titles(self) -> dict[str, str]:
        offered = filling.offered(self.vote, queries.options_of(self.vote), self.batch.district)
        return {option.key: str(option) for option in offered}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = self.titles
        context = {
            "batch": self.batch,
            "titles": titles.items(),
            "method": self.vote.method,
            "letters": [(letter, reason.label) for letter, reason in keying.LETTERS.items()],
            "back": url("batch", self.vote, self.batch.number),
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class KeyView(Reader):
    """One sheet after the other. `?sheet=` goes back to one's own earlier sheet."""

    template_name = "participation/voting/staff/key.html"
    page_title = gettext_lazy("Key in")
    header_icon = "edit"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kwargs["reading"] not in (1, 2):
            raise Http404
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        line, position = request.POST.get("line", "")[: keying.LONGEST], whole_number(request.POST.get("sheet"), 5) or 0
        reading = self.kwargs["reading"]
        try:
            actions.key_sheet(self.batch, reading=reading, position=position, line=line, **self.who)
        except Spoken as refusal:
            fault = str(refusal.message or refusal.headline)
            return self.page(status=refusal.status, fault=fault, line=line, sheet=position)
        return redirect(url("key", self.vote, self.batch.number, reading))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, reading = self.batch, self.kwargs["reading"]
        entries = batch.entries.filter(round=reading)
        count, total = entries.count(), batch.returned or 0
        sheet = kwargs.get("sheet") or whole_number(self.request.GET.get("sheet"), 5) or count + 1
        before = entries.filter(position=sheet, keyed_by=self.person).first()
        other = batch.entries.filter(round=3 - reading, keyed_by=self.person).exists()
        last = list(entries.filter(keyed_by=self.person).order_by("-position")[:5])
        context = {
            "reading": reading,
            "sheet": sheet,
            "total": total,
            "count": count,
            "correcting": before is not None,
            "line": keying.line_of(before) if before else "",
            "finished": count >= total and before is None,
            "read_other": _("You did the other reading of this batch: this one is for somebody else.") if other else "",
            "last": [_shown(entry, self.titles) for entry in last],
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class DifferingView(Reader):
    """The queue of sheets that two people read differently: both readings, and the line of a third."""

    template_name = "participation/voting/staff/differing.html"
    page_title = gettext_lazy("Read in two ways")
    header_icon = "warning"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        line, position = request.POST.get("line", "")[: keying.LONGEST], whole_number(request.POST.get("sheet"), 5) or 0
        try:
            actions.settle_sheet(self.batch, position=position, line=line, **self.who)
        except Spoken as refusal:
            fault = str(refusal.message or refusal.headline)
            return self.page(status=refusal.status, fault=fault, line=line, at=position)
        return redirect(url("differing", self.vote, self.batch.number))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(queries.differing(self.batch)[:50])
        positions = [entry.position for entry in found]
        others = {entry.position: entry for entry in self.batch.entries.filter(round=2, position__in=positions)}
        titles = self.titles
        rows = [
            {
                "sheet": entry.position,
                "one": _read(entry, titles),
                "other": _read(others[entry.position], titles),
                "mine": self.person.pk in (entry.keyed_by_id, others[entry.position].keyed_by_id),
            }
            for entry in found
        ]
        return {
            **super().get_context_data(**kwargs),
            "rows": rows,
            "left": queries.differing(self.batch).count(),
            **kwargs,
        }


def _read(entry: PaperEntry, titles: dict[str, str]) -> list[str]:
    return [*keying.said(entry, titles), *keying.typed(entry)]


def _shown(entry: PaperEntry, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "sheet": entry.position,
        "said": keying.said(entry, titles) or [_("Nothing said")],
        "line": keying.line_of(entry),
    }
