"""Batches of paper ballots: printing, at the counter, back, reconciled."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.core.languages import LANGUAGES, attribute
from zenne.core.numbers import whole_number

from .. import actions, printing, queries, showing
from ..actions.paper import ballot_digest
from ..enums import BatchState, Channel
from ..models import Voter
from .forms import BatchForm
from .screens import OneVote, url


class BatchesView(OneVote):
    """All batches of a vote with their numbers: the reconciliation."""

    template_name = "participation/voting/staff/batches.html"
    page_title = gettext_lazy("Paper ballots")
    header_icon = "form"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=BatchForm(vote=self.vote))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = BatchForm(request.POST, vote=self.vote)
        if form.is_valid():
            try:
                made = actions.print_batch(self.vote, **form.cleaned_data, **self.who)
                return redirect(url("batch", self.vote, made.number))
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
        return self.page(form=form, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vote = self.vote
        rows = [
            {
                "batch": batch,
                "numbers": queries.reconciled(batch),
                "remark": showing.in_words(batch.remark),
                "url": url("batch", vote, batch.number),
            }
            for batch in queries.batches_of(vote)
        ]
        counted = [row["numbers"] for row in rows if row["batch"].state != BatchState.SCRAPPED]
        total = {
            name: sum(getattr(each, name) or 0 for each in counted)
            for name in ("printed", "issued", "returned", "keyed", "void", "missing")
        }
        context = {
            "rows": rows,
            "total": total,
            "on_list": Voter.objects.filter(vote=vote, channel=Channel.PAPER).count(),
            "over": queries.has_ended(vote, self.request.now),  # type: ignore[attr-defined]
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class OneBatch(OneVote):
    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (url("batches", self.vote), _("Paper ballots"))]

    def get_page_subtitle(self) -> str:
        group = f" · {self.batch.district}" if self.batch.district else ""
        return f"{self.batch.number} · {self.batch.language.upper()}{group}"


class BatchView(OneBatch):
    template_name = "participation/voting/staff/batch.html"
    page_title = gettext_lazy("Batch")
    header_icon = "form"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        said, batch = request.POST, self.batch
        refused: Spoken | None = None
        match said.get("verb", ""):
            case "out":
                refused = self.tried(actions.bring_to_counter, batch, done=_("It can be handed out now."))
            case "scrap":
                refused = self.tried(
                    actions.scrap_batch, batch, done=_("The batch is destroyed; destroy its sheets too.")
                )
            case "in":
                returned = whole_number(said.get("returned", "").strip(), 5)
                if returned is None:
                    return self.page(status=422, fault=_("Write the number of sheets."))
                refused = self.tried(actions.take_in, batch, returned=returned, done=_("The sheets can be keyed in."))
            case "explain":
                refused = self.tried(actions.explain, batch, remark=self._typed(), done=_("Kept for the minutes."))
                if refused is not None:
                    return self.page(status=refused.status, remark=self._typed())
            case "again":
                reading = 2 if said.get("reading") == "2" else 1
                refused = self.tried(actions.begin_again, batch, reading=reading, reason=said.get("reason", ""))
            case "settle":
                refused = self.tried(actions.settle, batch, done=_("The ballots of this batch are in the box."))
        if refused is not None:
            del self.batch
            return self.page(status=refused.status)
        return redirect(url("batch", self.vote, batch.number))

    def _typed(self) -> dict[str, str]:
        return {language: self.request.POST.get(attribute("remark", language), "") for language in LANGUAGES}

    def get_context_data(self, *, remark: Mapping[str, str] | None = None, **kwargs: Any) -> dict[str, Any]:
        vote, batch = self.vote, self.batch
        written = batch.remark if remark is None else remark
        by_reading = {each: batch.entries.filter(round=each).count() for each in (1, 2)}
        keyers = dict(batch.entries.filter(keyed_by=self.person, round__lt=3).values_list("round", "keyed_by"))
        context = {
            "batch": batch,
            "numbers": queries.reconciled(batch),
            "readings": [
                {
                    "number": each,
                    "count": count,
                    "done": batch.returned is not None and count >= batch.returned,
                    "mine": not keyers or each in keyers,
                    "url": url("key", vote, batch.number, each),
                }
                for each, count in by_reading.items()
            ],
            "remark": showing.in_words(batch.remark),
            "remarks": [
                (attribute("remark", language), language, written.get(language, ""))
                for language in LANGUAGES
                if language in vote.process.organisation.languages
            ],
            "differing": queries.differing(batch).count(),
            "differing_url": url("differing", vote, batch.number),
            "sheets_url": url("sheets", vote, batch.number),
            "changed": batch.state in (BatchState.PRINTED, BatchState.OUT)
            and vote.sealed_at is None
            and batch.ballot_digest != ballot_digest(vote),
            "over": queries.has_ended(vote, self.request.now),  # type: ignore[attr-defined]
            "states": [(state.label, state == batch.state) for state in BatchState if state != BatchState.SCRAPPED],
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class SheetsView(OneBatch):
    """The PDF to print: a sheet on top for who handles the batch, then the ballot, to be copied as often as there are sheets."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        address = request.build_absolute_uri(url("batch", self.vote, self.batch.number))
        made = printing.sheets(self.batch, address=address)
        name = f"ballot-{self.vote.pk}-{self.batch.number}-{self.batch.language}.pdf"
        return HttpResponse(
            made,
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"},
        )
