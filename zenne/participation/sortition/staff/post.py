"""Post: how the letters look, made ready for the printer, reminders, and letters that came back."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.errors import Spoken
from zenne.core.numbers import whole_number

from .. import actions, posting, printing, queries
from ..enums import LotteryState, PrintingKind, PrintingState
from ..models import Printing
from .post_forms import MailingForm
from .screens import WAIT, OneLottery, blame, url


class PostView(OneLottery):
    template_name = "participation/sortition/staff/post.html"
    page_title = gettext_lazy("Post")
    header_icon = "mail"
    page_name = "post"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.page(form=MailingForm(lottery=self.lottery))
        if answer.context_data["under_way"]:  # type: ignore[attr-defined]
            answer["Refresh"] = WAIT
        return answer

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.POST
        verb, number = said.get("verb", ""), said.get("number", "").strip()
        refused: Spoken | None = None
        match verb:
            case "mailing":
                return self._mailing(MailingForm(said, lottery=self.lottery))
            case "letters":
                refused = self.tried(actions.print_letters, self.lottery, done=_("The letters are being made."))
            case "reminders":
                refused = self.tried(actions.print_reminders, self.lottery, done=_("The reminders are being made."))
            case "delete":
                found = get_object_or_404(
                    Printing, lottery=self.lottery, number=whole_number(said.get("printing"), 7) or 0
                )
                refused = self.tried(actions.delete_files, found, done=_("The files are deleted."))
            case "returned":
                done = _("Letter %(number)s came back: it gets no reminder.") % {"number": number}
                refused = self.tried(actions.came_back, self.lottery, whole_number(number, 7) or 0, done=done)
            case _:
                raise Http404
        if refused is not None:
            return self.page(form=MailingForm(lottery=self.lottery), status=refused.status)
        return redirect(url("post", self.lottery))

    def _mailing(self, form: MailingForm) -> HttpResponse:
        if form.is_valid():
            try:
                actions.change_mailing(self.lottery, **form.values(), **self.who)
                return redirect(url("post", self.lottery))
            except Spoken as refusal:
                blame(form, refusal)
        return self.page(form=form, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lottery = self.lottery
        made = list(queries.printings(lottery))
        under_way = any(each.state == PrintingState.MAKING for each in made)
        context = {
            "printings": [(each, list(each.parts.all())) for each in made],
            "under_way": under_way,
            "letters": queries.letters_to_print(lottery).count(),
            "silent": queries.unanswered(lottery).count(),
            "may_print": lottery.state in (LotteryState.FRAMED, LotteryState.INVITED) and lottery.answer_until,
            "may_remind": lottery.takes_answers(self.request.now),  # type: ignore[attr-defined]
            "batch": printing.BATCH,
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class SpecimenView(OneLottery):
    """One letter to nobody, with the window of the envelope drawn around the address."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.lottery.answer_until is None:
            raise Http404
        kind = PrintingKind.REMINDER if "reminder" in request.GET else PrintingKind.LETTERS
        content = printing.specimen(self.lottery, kind=kind, now=request.now)
        return _private(HttpResponse(content, content_type="application/pdf"), f"specimen-{self.lottery.pk}.pdf")


class OnePrinting(OneLottery):
    any_permission_required = ["change"]

    @cached_property
    def printing(self) -> Printing:
        found = get_object_or_404(Printing, lottery=self.lottery, number=self.kwargs["number"])
        if found.state != PrintingState.READY or found.deleted_at is not None:
            raise Http404
        return found


class PartView(OnePrinting):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        part = get_object_or_404(self.printing.parts, position=self.kwargs["position"])
        answer = FileResponse(part.file.open(), content_type="application/pdf")
        return _private(answer, posting.part_name(self.printing, part))


class PackedView(OnePrinting):
    """All parts in one zip, streamed."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        answer = StreamingHttpResponse(posting.packed(self.printing), content_type="application/zip")
        return _private(answer, f"{self.printing.kind}-{self.lottery.pk}-{self.printing.number}.zip")


def _private(answer: Any, name: str) -> Any:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
