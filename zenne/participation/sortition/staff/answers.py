"""Answers that came by post, by phone or at the desk: a number or a code, Enter; the answer, Enter; the next one. The rules are those of every channel."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.core.numbers import whole_number
from zenne.people.access.answers import require

from .. import actions, queries, showing
from ..enums import Channel
from ..errors import Unfit, UnknownCode
from ..forms import AnswerForm
from ..models import Answer, Invitation
from ..rules import may_serve
from .screens import OneLottery, url

CHANNELS = (Channel.POST, Channel.PHONE, Channel.DESK)
LONGEST_NUMBER = 7


class AnswersView(OneLottery):
    template_name = "participation/sortition/staff/answers.html"
    page_title = gettext_lazy("Answers by post, phone and at the desk")
    header_icon = "edit"
    page_name = "answers"

    @cached_property
    def channel(self) -> Channel:
        said = self.request.POST.get("channel") or self.request.GET.get("channel", "")
        return next((channel for channel in CHANNELS if channel == said), CHANNELS[0])

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        letter = self._letter(request.GET.get("letter", ""))
        return self.page(**self._opened(letter)) if letter else self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        require(may_serve(self.person, self.lottery))
        said = request.POST
        if "find" in said:
            typed = said["find"].strip()[:40]
            letter = self._letter(typed) or self._with_code(typed)
            if letter is None:
                fault = _("No letter of this draw has this number or code.")
                return self.page(status=404, typed=typed, fault=fault)
            return redirect(self._here(letter=letter.number))
        letter = self._letter(said.get("letter", ""))
        if letter is None:
            return self.page(status=404, fault=_("No letter of this draw has this number or code."))
        given = queries.answer_to(letter)
        if "withdraw" in said:
            return self._withdraw(letter, given)
        if "erase" in said:
            return self._erase(letter)
        return self._enter(letter, given)

    def _enter(self, letter: Invitation, given: Answer | None) -> HttpResponse:
        said = self.request.POST
        form = AnswerForm(said, categories=queries.asked(letter), staff=True)
        if not form.is_valid():
            return self.page(status=422, **self._opened(letter, form))
        try:
            actions.answer(
                letter,
                form.reply(letter.language),
                channel=self.channel,
                replace=given is not None and "replace" in said,
                **self.who,
            )
        except Unfit as unfit:
            form.take(unfit.faults)
            return self.page(status=422, **self._opened(letter, form))
        except Spoken as refusal:
            return self.page(
                status=refusal.status, **self._opened(letter, form), refused=str(refusal.message or refusal.headline)
            )
        messages.success(self.request, _("The answer to letter %(number)d is in.") % {"number": letter.number})
        return redirect(self._here())

    def _withdraw(self, letter: Invitation, given: Answer | None) -> HttpResponse:
        if given is not None:
            actions.withdraw(given, **self.who)
            done = _("The answer to letter %(number)d is taken back.") % {"number": letter.number}
            messages.success(self.request, done)
        return redirect(self._here())

    def _erase(self, letter: Invitation) -> HttpResponse:
        actions.erase_letter(letter, **self.who)
        messages.success(self.request, _("Letter %(number)d names nobody any more.") % {"number": letter.number})
        return redirect(self._here())

    def _opened(self, letter: Invitation, form: AnswerForm | None = None) -> dict[str, Any]:
        letter.lottery = self.lottery
        given = queries.answer_to(letter)
        if form is None:
            form = AnswerForm(categories=queries.asked(letter), staff=True, initial={"name": letter.name})
        return {"letter": letter, "given": given, "form": form}

    def _letter(self, typed: str) -> Invitation | None:
        number = whole_number(typed, LONGEST_NUMBER)
        if number is None:
            return None
        found = Invitation.objects.filter(lottery=self.lottery, number=number).first()
        if found is not None:
            found.lottery = self.lottery
        return found

    def _with_code(self, typed: str) -> Invitation | None:
        try:
            found = queries.with_code(typed)
        except UnknownCode:
            return None
        return found if found.lottery_id == self.lottery.pk else None

    def _here(self, **more: object) -> str:
        return f"{url('answers', self.lottery)}?{urlencode({'channel': self.channel.value, **more})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        last = Answer.objects.filter(lottery=self.lottery, entered_by=self.person).select_related("invitation")
        context = {
            "channel": self.channel,
            "channels": [(each, each.label) for each in CHANNELS],
            "open_now": self.lottery.takes_answers(now),
            "closing": showing.closing(self.lottery.answer_until, now),
            "figures": queries.figures(self.lottery),
            "last": list(last.order_by("-answered_at", "-pk")[:5]),
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}
