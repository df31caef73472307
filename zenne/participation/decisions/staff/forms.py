"""Forms of the back office: what a body says of each idea, how far a commitment is, and its milestones."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.participation.selections.models import REASON_LENGTH, TITLE_LENGTH
from zenne.web.fields import DayField, Worded

from ..enums import TRANSITIONS, CommitmentState
from ..models import Commitment, Decision, Milestone, Ruling


class RulingForm(Worded):
    """Accepted or refused, and why. Both may be left open until the publication."""

    accepted = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        required=False,
        choices=[("yes", gettext_lazy("Accepted")), ("no", gettext_lazy("Refused")), ("", gettext_lazy("Still open"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, ruling: Ruling, decision: Decision) -> None:
        self.ruling = ruling
        initial = {True: "yes", False: "no", None: ""}[ruling.accepted]
        super().__init__(data, prefix=f"ruling-{ruling.pk}", initial={"accepted": initial})
        self.languages = decision.organisation.languages
        self.ask_words("reason", _("Public reason"), rows=2, most=REASON_LENGTH, of=ruling)

    def given(self) -> dict[str, Any]:
        accepted = {"yes": True, "no": False}.get(self.cleaned_data["accepted"])
        return {"accepted": accepted, "reason": self.words("reason")}


class StateForm(Worded):
    to = forms.ChoiceField(label=gettext_lazy("Next step"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        super().__init__(data, prefix="state")
        steps = TRANSITIONS[CommitmentState(commitment.state)]
        self.fields["to"].choices = [(step.value, step.label) for step in steps]  # type: ignore[attr-defined]
        self.languages = commitment.process.organisation.languages
        self.ask_words("reason", _("Public reason"), rows=2, most=REASON_LENGTH)

    def given(self) -> dict[str, Any]:
        return {"to": CommitmentState(self.cleaned_data["to"]), "reason": self.words("reason")}


class MilestoneForm(Worded):
    """A new milestone, or one that is named or dated anew."""

    def __init__(self, data: Any = None, *, commitment: Commitment, milestone: Milestone | None = None) -> None:
        super().__init__(data, prefix=f"milestone-{milestone.pk}" if milestone else "milestone")
        self.languages = commitment.process.organisation.languages
        self.ask_words("title", _("Milestone"), most=TITLE_LENGTH, of=milestone)
        self.fields["due_on"] = DayField(label=_("Due"), initial=milestone.due_on if milestone else None)

    def given(self) -> dict[str, Any]:
        return {"title": self.words("title"), "due_on": self.cleaned_data["due_on"]}


class DoneForm(forms.Form):
    done_on = DayField(label=gettext_lazy("Done on"), required=False)
