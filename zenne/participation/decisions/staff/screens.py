"""The pages: the desk of a decision, and a commitment with its milestones."""

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
from zenne.people.organisations.staff import Screen

from .. import actions, queries, showing
from ..enums import TRANSITIONS, CommitmentState
from ..models import Commitment, Decision
from ..rules import may_follow_up, may_prepare, may_publish
from .forms import DoneForm, MilestoneForm, RulingForm, StateForm


def words_of(refusal: Spoken) -> str:
    return str(refusal.message or refusal.headline)


class DeskView(Screen):
    """What the body says of each idea, and the button that publishes it."""

    template_name = "participation/decisions/staff/desk.html"
    page_title = gettext_lazy("Decision")
    header_icon = "doc-full-inverse"

    @cached_property
    def decision(self) -> Decision:
        found = Decision.objects.select_related("process", "source", "body__organisation", "selection", "file")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.decision)

    def _forms(self, data: Any = None) -> list[RulingForm]:
        rulings = self.decision.rulings.select_related("idea__process").order_by("pk")
        return [RulingForm(data, ruling=ruling, decision=self.decision) for ruling in rulings]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decision = self.decision
        return {
            **super().get_context_data(**kwargs),
            "decision": decision,
            "forms": kwargs.get("forms") or self._forms(),
            "may_prepare": bool(may_prepare(self.person, decision)),
            "may_publish": bool(may_publish(self.person, decision)),
            "commitments": list(queries.commitments().filter(decision=decision)),
            "trouble": kwargs.get("trouble", ""),
        }

    def post(self, request: Any, pk: int) -> HttpResponse:
        forms = self._forms(request.POST)
        valid = [form.is_valid() for form in forms]  # all of them, so that every fault is said at once
        if not all(valid):
            return self.render_to_response(self.get_context_data(forms=forms), status=422)
        try:
            for form in forms:
                actions.rule(form.ruling, **form.given(), by=self.person)
            if request.POST.get("verb") == "publish":
                actions.publish(self.decision, **self.who)
                messages.success(request, self._public())
            else:
                messages.success(request, _("Kept. Nobody else reads it yet."))
        except Spoken as refusal:
            context = self.get_context_data(forms=forms, trouble=words_of(refusal))
            return self.render_to_response(context, status=refusal.status)
        return redirect(reverse("decision:desk", args=[pk]))

    def _public(self) -> str:
        if self.decision.process is None:
            return _("The decision is public.")
        return _("The decision is public; authors, supporters and followers are told.")


class CommitmentView(Screen):
    """How far a commitment is: its state, its milestones, and what can be said of them."""

    any_permission_required = ["change"]
    template_name = "participation/decisions/staff/commitment.html"
    page_title = gettext_lazy("Commitment")
    header_icon = "calendar-check"

    @cached_property
    def commitment(self) -> Commitment:
        return get_object_or_404(
            queries.manageable(self.person).select_related("decision__selection", "process__organisation"),
            pk=self.kwargs["pk"],
        )

    def get_page_subtitle(self) -> str:
        return str(self.commitment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        commitment, bad = self.commitment, kwargs.pop("bad", {})
        today = in_brussels(self.request.now).date()  # type: ignore[attr-defined]
        may = bool(may_follow_up(self.person, commitment))
        shown = showing.promise(commitment, today)
        return {
            **super().get_context_data(**kwargs),
            "commitment": commitment,
            "shown": shown,
            "steps": [
                {
                    "step": step,
                    "form": bad.get(f"change-{step.milestone.pk}")
                    or MilestoneForm(commitment=commitment, milestone=step.milestone),
                }
                for step in shown.steps
            ],
            "today": today,
            "may": may,
            "state_form": bad.get("state") or StateForm(commitment=commitment),
            "has_steps": may and bool(TRANSITIONS[CommitmentState(commitment.state)]),
            "milestone_form": bad.get("add") or MilestoneForm(commitment=commitment),
        }

    def post(self, request: Any, pk: int) -> HttpResponse:
        verb, number = request.POST.get("verb", ""), request.POST.get("milestone", "")
        known = {str(one.pk): one for one in self.commitment.milestones.all()}
        milestone = known.get(number)
        form: Any = None
        if verb == "state":
            form = StateForm(request.POST, commitment=self.commitment)
        elif verb == "add":
            form = MilestoneForm(request.POST, commitment=self.commitment)
        elif verb == "change" and milestone:
            form = MilestoneForm(request.POST, commitment=self.commitment, milestone=milestone)
        elif verb == "done" and milestone:
            form = DoneForm(request.POST)
        here = reverse("commitment:edit", args=[pk])
        if form is None:
            return redirect(here)
        if not form.is_valid():
            return self._again(verb, number, form, 422)
        try:
            self._do(verb, form, milestone)
        except Spoken as refusal:
            form.add_error(None, words_of(refusal))
            messages.error(request, words_of(refusal))
            return self._again(verb, number, form, refusal.status)
        messages.success(request, _("It is public now."))
        return redirect(here)

    def _do(self, verb: str, form: Any, milestone: Any) -> None:
        if verb == "state":
            actions.set_state(self.commitment, **form.given(), **self.who)
        elif verb == "add":
            actions.add_milestone(self.commitment, **form.given(), **self.who)
        elif verb == "change":
            actions.change_milestone(milestone, **form.given(), **self.who)
        else:
            actions.finish_milestone(milestone, done_on=form.cleaned_data["done_on"], **self.who)

    def _again(self, verb: str, number: str, form: Any, status: int) -> HttpResponse:
        key = f"{verb}-{number}" if verb == "change" else verb
        return self.render_to_response(self.get_context_data(bad={key: form}), status=status)
