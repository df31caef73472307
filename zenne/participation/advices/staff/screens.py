"""The desk of one advice: while it is prepared what it recommends, then what the body answers, then what was promised."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.clock import in_brussels
from zenne.core.errors import Spoken
from zenne.core.languages import missing
from zenne.people.organisations.staff import Screen

from .. import actions, queries
from ..enums import AdviceState
from ..models import Advice, Recommendation
from ..rules import may_answer, may_move, may_prepare
from .forms import AnswerForm, RecommendationForm, VerdictForm, WithdrawalForm


class DeskView(Screen):
    template_name = "participation/advices/staff/desk.html"
    page_title = gettext_lazy("Advice")
    header_icon = "mail"

    @cached_property
    def advice(self) -> Advice:
        found = Advice.objects.select_related("process__organisation", "body", "file", "answer_file")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def asked(self) -> list[Recommendation]:
        return list(queries.recommendations(self.advice))

    def get_page_subtitle(self) -> str:
        return str(self.advice)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        advice, bad = self.advice, kwargs.pop("bad", {})
        today = in_brussels(self.request.now).date()  # type: ignore[attr-defined]
        languages = advice.process.organisation.languages
        return {
            **super().get_context_data(**kwargs),
            "advice": advice,
            "late": advice.days_late(today),
            "left": advice.days_left(today),
            "may_prepare": bool(may_prepare(self.person, advice)),
            "may_issue": bool(may_move(self.person, advice, AdviceState.ISSUED)),
            "may_answer": bool(may_answer(self.person, advice)),
            "may_publish": bool(may_move(self.person, advice, AdviceState.ANSWERED)),
            "may_withdraw": bool(may_move(self.person, advice, AdviceState.WITHDRAWN)),
            "untranslated": bool(missing(advice, actions.WORDS, languages))
            or any(missing(each, ("title",), languages) for each in self.asked),
            "rows": [
                {"it": each, "form": bad.get(f"change-{each.pk}") or RecommendationForm(advice=advice, which=each)}
                for each in self.asked
            ],
            "add_form": bad.get("add") or RecommendationForm(advice=advice),
            "verdicts": bad.get("verdicts") or self._verdicts(),
            "answer_form": bad.get("whole") or AnswerForm(advice=advice),
            "withdrawal_form": bad.get("withdraw") or WithdrawalForm(advice=advice),
            "trouble": kwargs.get("trouble", ""),
        }

    def _verdicts(self, data: Any = None) -> list[VerdictForm]:
        house = self.advice.process.organisation
        return [VerdictForm(data, recommendation=each, organisation=house) for each in self.asked]

    def post(self, request: Any, pk: int) -> HttpResponse:
        verbs = {
            "add": self._add,
            "change": self._change,
            "drop": self._drop,
            "issue": self._issue,
            "keep": self._answer,
            "publish": self._answer,
            "withdraw": self._withdraw,
        }
        verb = verbs.get(request.POST.get("verb", ""))
        return verb() if verb else self._here()

    def _here(self, done: str = "") -> HttpResponse:
        if done:
            messages.success(self.request, done)
        return redirect(reverse("advice:desk", args=[self.advice.pk]))

    def _again(self, bad: dict[str, Any], refusal: Spoken | None = None) -> HttpResponse:
        trouble = str(refusal.message or refusal.headline) if refusal else ""
        return self.render_to_response(
            self.get_context_data(bad=bad, trouble=trouble), status=refusal.status if refusal else 422
        )

    def _which(self) -> Recommendation | None:
        asked = self.request.POST.get("recommendation", "")
        return next((each for each in self.asked if str(each.pk) == asked), None)

    def _add(self) -> HttpResponse:
        return self._write("add", None)

    def _change(self) -> HttpResponse:
        which = self._which()
        return self._write(f"change-{which.pk}", which) if which else self._here()

    def _write(self, key: str, which: Recommendation | None) -> HttpResponse:
        form = RecommendationForm(self.request.POST, advice=self.advice, which=which)
        if not form.is_valid():
            return self._again({key: form})
        try:
            actions.recommend(self.advice, **form.given(), which=which, by=self.person)
        except Spoken as refusal:
            return self._again({key: form}, refusal)
        return self._here(_("Kept. Nobody else reads it yet."))

    def _drop(self) -> HttpResponse:
        if which := self._which():
            actions.drop(which, by=self.person)
        return self._here()

    def _issue(self) -> HttpResponse:
        try:
            actions.issue_draft(self.advice, **self.who)
        except Spoken as refusal:
            return self._again({}, refusal)
        return self._here(_("The advice is public; the body and followers are told."))

    def _answer(self) -> HttpResponse:
        verdicts, whole = self._verdicts(self.request.POST), AnswerForm(self.request.POST, advice=self.advice)
        bad: dict[str, Any] = {"verdicts": verdicts, "whole": whole}
        valid = [form.is_valid() for form in (*verdicts, whole)]  # all of them, so that every fault is said at once
        if not all(valid):
            return self._again(bad)
        try:
            actions.edit_answer(self.advice, **whole.given(), by=self.person)
            for form in verdicts:
                actions.answer(form.recommendation, **form.given(), by=self.person)
            if self.request.POST.get("verb") == "keep":
                return self._here(_("Kept. Nobody else reads it yet."))
            actions.publish_answer(self.advice, **self.who)
        except Spoken as refusal:
            return self._again(bad, refusal)
        return self._here(_("The answer is public; followers are told."))

    def _withdraw(self) -> HttpResponse:
        form = WithdrawalForm(self.request.POST, advice=self.advice)
        if not form.is_valid():
            return self._again({"withdraw": form})
        try:
            actions.withdraw(self.advice, **form.given(), **self.who)
        except Spoken as refusal:
            return self._again({"withdraw": form}, refusal)
        return self._here(_("The advice is withdrawn; its page says why."))
