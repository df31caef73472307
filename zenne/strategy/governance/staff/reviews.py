"""The desk of a review: one step after the other, each with its day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.clock import in_brussels
from zenne.core.errors import Spoken
from zenne.people.organisations.staff import CarefulDesk, Desk, carrying
from zenne.strategy.indicators.models import Indicator
from zenne.strategy.indicators.queries import waiting
from zenne.strategy.portfolio.models import BudgetLine
from zenne.web.fields import DayField, EuroField, Worded

from .. import actions, queries, rounds
from ..actions.reviewing import locked
from ..enums import SittingState, Step
from ..models import BudgetChange, Review, Sitting, Stage
from ..rules import may_manage, may_propose_money, may_step


class NoteForm(Worded):
    def __init__(self, data: Any = None, *, review: Review, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.languages = review.plan.organisation.languages
        self.ask_words("note", _("Public note"), rows=2, most=2000)


class ConclusionForm(Worded):
    def __init__(self, data: Any = None, *, review: Review) -> None:
        super().__init__(data, prefix="conclusion")
        self.languages = review.plan.organisation.languages
        self.ask_words("conclusion", _("What stands out"), rows=4, most=5000, of=review)


class MoneyForm(Worded):
    """What is planned and committed on a line from the decision on, in euros: of one that nothing is proposed for yet, or `which` written again."""

    def __init__(self, data: Any = None, *, review: Review, which: BudgetChange | None = None) -> None:
        super().__init__(data, prefix=f"money-{which.pk}" if which else "money")
        self.languages = review.plan.organisation.languages
        if which is None:
            rows = BudgetLine.objects.filter(project__plan=review.plan).exclude(budget_changes__review=review)
            line = forms.ModelChoiceField(label=_("Budget line"), queryset=rows.order_by("project__number", "id"))
            line.queryset = line.queryset.select_related("project")
            line.error_messages["invalid_choice"] = _("A change of this line is proposed already: change that one.")
            line.label_from_instance = _line  # type: ignore[method-assign]
            self.fields["line"] = line
        amounts = (which.planned_after_cents, which.committed_after_cents) if which else (None, None)
        self.fields["planned"] = EuroField(label=_("Planned, in euros"), initial=amounts[0])
        self.fields["committed"] = EuroField(label=_("Committed, in euros"), initial=amounts[1])
        self.ask_words("reason", _("Public reason"), rows=2, most=2000, of=which)

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        cents = {"planned_cents": given["planned"], "committed_cents": given["committed"]}
        return {**cents, "reason": self.words("reason")}


def _line(line: BudgetLine) -> str:
    cents = f"{line.planned_cents / 100:.2f} / {line.committed_cents / 100:.2f}"
    return f"{line.project.number}. {line.project} · {line} · {line.funder} ({cents})"


class ProposeForm(Worded):
    revise = forms.ChoiceField(
        label=gettext_lazy("What is proposed"),
        choices=[
            ("yes", gettext_lazy("A revision of the plan, as it stands now")),
            ("no", gettext_lazy("The plan stays as it is")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, review: Review) -> None:
        super().__init__(data, prefix="propose")
        self.languages = review.plan.organisation.languages
        self.ask_words("reason", _("Public reason"), rows=3, most=2000)


class DayForm(forms.Form):
    due_on = DayField(label=gettext_lazy("Due"))

    def __init__(self, data: Any = None, *, stage: Stage) -> None:
        super().__init__(data, prefix=f"stage-{stage.pk}", initial={"due_on": stage.due_on})


class ReviewDesk(CarefulDesk, Desk):
    template_name = "strategy/governance/staff/review.html"
    page_title = gettext_lazy("Review")
    header_icon = "history"

    @cached_property
    def review(self) -> Review:
        rows = Review.objects.select_related("plan__organisation", "body", "owner", "revision", "decision")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.review)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review, bad = self.review, kwargs.pop("bad", {})
        today = in_brussels(self.request.now).date()  # type: ignore[attr-defined]
        may = bool(may_manage(self.person, review.plan.organisation))
        may_money = bool(may_propose_money(self.person, review))
        return {
            **super().get_context_data(**kwargs),
            "review": review,
            "may": may,
            "stages": [self._stage(stage, today, may, bad) for stage in queries.stages(review)],
            "changes": [self._change(change, may_money, bad) for change in queries.changes(review)],
            "may_money": may_money,
            "money_form": bad.get("money") or MoneyForm(review=review),
            "conclusion_form": bad.get("conclusion") or carrying(ConclusionForm(review=review)),
            "note_form": bad.get("note") or NoteForm(review=review, prefix="note"),
            "propose_form": bad.get("propose") or ProposeForm(review=review),
            "unpublished": self._unpublished() if review.state == Step.MEASURE else [],
            "sittings": self._sittings() if review.state == Step.DECISION else [],
            "on_agenda": self._on_agenda() if review.state == Step.DECISION else [],
            **{f"at_{step.value}": bool(may_step(self.person, review, step)) for step in Step},
        }

    def _stage(self, stage: Stage, today: Any, may: bool, bad: dict[str, Any]) -> dict[str, Any]:
        open_still = may and stage.done_at is None and self.review.state != Step.CLOSED
        form = bad.get(f"day-{stage.pk}") or (carrying(DayForm(stage=stage)) if open_still else None)
        return {"it": stage, "late": stage.late(today), "now": stage.step == self.review.state, "form": form}

    def _change(self, change: BudgetChange, may: bool, bad: dict[str, Any]) -> dict[str, Any]:
        form = bad.get(f"money-{change.pk}")
        if form is None and may and change.line is not None:
            form = carrying(MoneyForm(review=self.review, which=change))
        return {"it": change, "form": form}

    def _unpublished(self) -> list[Any]:
        """Values of the plan that wait to be published."""
        keys = [row.pk for row in rounds.indicators_of(self.review.plan)]
        return list(waiting(Indicator.objects.filter(pk__in=keys))[:50])

    def _sittings(self) -> list[Sitting]:
        """Where the decision can be put on the agenda."""
        open_ones = (SittingState.DRAFT, SittingState.CALLED)
        rows = Sitting.objects.filter(body=self.review.body, state__in=open_ones).select_related("body")
        return list(rows.order_by("starts_at", "id")[:20])

    def _on_agenda(self) -> list[Sitting]:
        rows = Sitting.objects.filter(items__review=self.review, items__resolution__isnull=True)
        return list(rows.exclude(state=SittingState.CANCELLED).select_related("body").distinct().order_by("starts_at"))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        verbs = {
            "measured": self._measured,
            "conclude": self._conclude,
            "report": self._conclude,
            "money": self._money,
            "change_money": self._change_money,
            "drop_money": self._drop_money,
            "propose": self._propose,
            "agenda": self._agenda,
            "budget": self._budget,
            "day": self._day,
        }
        verb = request.POST.get("verb", "")
        if verb not in verbs:
            return self._here()
        with transaction.atomic():
            locked(self.review)
            self.__dict__.pop("review")
            return verbs[verb](verb)

    def _here(self) -> HttpResponse:
        return redirect(reverse("governance_review:desk", args=[self.review.pk]))

    def _ended(self, key: str, form: Any, refusal: Spoken | None) -> HttpResponse:
        return self.page(status=refusal.status, bad={key: form}) if refusal else self._here()

    def _noted(self, verb: Any, done: str) -> HttpResponse:
        form = NoteForm(self.request.POST, review=self.review, prefix="note")
        if not form.is_valid():
            return self.page(status=422, bad={"note": form})
        return self._ended("note", form, self.tried(verb, self.review, words=form.words("note"), done=done))

    def _measured(self, verb: str) -> HttpResponse:
        return self._noted(actions.finish_measuring, _("On to the report."))

    def _budget(self, verb: str) -> HttpResponse:
        return self._noted(actions.move_money, _("The budget is changed; the review is closed."))

    def _conclude(self, verb: str) -> HttpResponse:
        return self.careful(
            "conclusion",
            lambda data: ConclusionForm(data, review=self.review),
            lambda form: self._keep_conclusion(form, report=verb == "report"),
        )

    def _keep_conclusion(self, form: ConclusionForm, *, report: bool) -> HttpResponse:
        words, kept = form.words("conclusion"), "" if report else _("Kept.")
        refusal = self.tried(actions.conclude, self.review, conclusion=words, done=kept)
        if refusal is None and report:
            refusal = self.tried(actions.report, self.review, done=_("The report is made, and public."))
        return self._ended("conclusion", form, refusal)

    def _money(self, verb: str) -> HttpResponse:
        form = MoneyForm(self.request.POST, review=self.review)
        if not form.is_valid():
            return self.page(status=422, bad={"money": form})
        return self._keep_money("money", form, form.cleaned_data["line"])

    def _keep_money(self, key: str, form: MoneyForm, line: BudgetLine) -> HttpResponse:
        refusal = self.tried(actions.change_money, self.review, line, **form.given(), done=_("Kept."))
        return self._ended(key, form, refusal)

    def _which_change(self) -> BudgetChange | None:
        asked = self.request.POST.get("change", "")
        return next((each for each in queries.changes(self.review) if str(each.pk) == asked), None)

    def _change_money(self, verb: str) -> HttpResponse:
        which = self._which_change()
        line = which.line if which else None
        if which is None or line is None:
            messages.error(self.request, _("Somebody took this off while you were writing."))
            return self._here()
        key = f"money-{which.pk}"
        return self.careful(
            key,
            lambda data: MoneyForm(data, review=self.review, which=which),
            lambda form: self._keep_money(key, form, line),
        )

    def _drop_money(self, verb: str) -> HttpResponse:
        which = self._which_change()
        if which is not None:
            self.tried(actions.drop_money, which)
        return self._here()

    def _propose(self, verb: str) -> HttpResponse:
        form = ProposeForm(self.request.POST, review=self.review)
        if not form.is_valid():
            return self.page(status=422, bad={"propose": form})
        given = {"reason": form.words("reason"), "revise": form.cleaned_data["revise"] == "yes"}
        refusal = self.tried(actions.propose, self.review, **given, done=_("It waits for the decision."))
        return self._ended("propose", form, refusal)

    def _agenda(self, verb: str) -> HttpResponse:
        """Put it on the agenda of one of the sittings offered."""
        asked = self.request.POST.get("sitting", "")
        sitting = next((row for row in self._sittings() if str(row.pk) == asked), None)
        if sitting is not None:
            refusal = self.tried(actions.put_on_agenda, self.review, sitting, done=_("It is on the agenda."))
            if refusal is not None:
                return self.page(status=refusal.status)
        return self._here()

    def _day(self, verb: str) -> HttpResponse:
        asked = self.request.POST.get("stage", "")
        stage = next((row for row in queries.stages(self.review) if str(row.pk) == asked), None)
        if stage is None:
            return self._here()
        key = f"day-{stage.pk}"
        return self.careful(key, lambda data: DayForm(data, stage=stage), lambda form: self._move(key, form, stage))

    def _move(self, key: str, form: DayForm, stage: Stage) -> HttpResponse:
        due_on = form.cleaned_data["due_on"]
        return self._ended(key, form, self.tried(actions.move_stage, stage, due_on=due_on, done=_("Kept.")))
