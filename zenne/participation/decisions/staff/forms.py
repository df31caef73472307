"""Forms of the back office: what a body says of each idea, how far a commitment is, and its milestones."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from zenne.core.languages import LANGUAGES, attribute, text_in
from zenne.participation.selections.models import REASON_LENGTH, TITLE_LENGTH
from zenne.people.organisations.models import Organisation

from ..enums import TRANSITIONS, CommitmentState
from ..models import Commitment, Decision, Milestone, Ruling


def languages_of(organisation: Organisation) -> list[str]:
    return [code for code in LANGUAGES if code in organisation.languages] or list(LANGUAGES)


def box(
    label: object, language: str, *, rows: int, most: int, initial: str = "", required: bool = False
) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    widget.attrs["lang"] = language
    said = get_language_info(language)["name_translated"]
    return forms.CharField(
        label=f"{label} · {said}", required=required, max_length=most, widget=widget, initial=initial
    )


def day_field(label: object, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class RulingForm(forms.Form):
    """Accepted or refused, and why. Both may be left open until the publication."""

    accepted = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        required=False,
        choices=[("yes", gettext_lazy("Accepted")), ("no", gettext_lazy("Refused")), ("", gettext_lazy("Still open"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, ruling: Ruling, decision: Decision) -> None:
        self.ruling = ruling
        self.languages = languages_of(decision.organisation)
        initial = {True: "yes", False: "no", None: ""}[ruling.accepted]
        super().__init__(data, prefix=f"ruling-{ruling.pk}", initial={"accepted": initial})
        for language in self.languages:
            text = text_in(ruling, "reason", language)
            name = attribute("reason", language)
            self.fields[name] = box(_("Public reason"), language, rows=2, most=REASON_LENGTH, initial=text)

    def given(self) -> dict[str, Any]:
        accepted = {"yes": True, "no": False}.get(self.cleaned_data["accepted"])
        reason = {code: self.cleaned_data.get(attribute("reason", code), "") for code in self.languages}
        return {"accepted": accepted, "reason": reason}


class StateForm(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Next step"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, commitment: Commitment) -> None:
        super().__init__(data, prefix="state")
        steps = TRANSITIONS[CommitmentState(commitment.state)]
        self.fields["to"].choices = [(step.value, step.label) for step in steps]  # type: ignore[attr-defined]
        self.languages = languages_of(commitment.process.organisation)
        for language in self.languages:
            self.fields[attribute("reason", language)] = box(_("Public reason"), language, rows=2, most=REASON_LENGTH)

    def given(self) -> dict[str, Any]:
        reason = {code: self.cleaned_data.get(attribute("reason", code), "") for code in self.languages}
        return {"to": CommitmentState(self.cleaned_data["to"]), "reason": reason}


class MilestoneForm(forms.Form):
    """A new milestone, or one that is named or dated anew."""

    def __init__(self, data: Any = None, *, commitment: Commitment, milestone: Milestone | None = None) -> None:
        super().__init__(data, prefix=f"milestone-{milestone.pk}" if milestone else "milestone")
        self.languages = languages_of(commitment.process.organisation)
        for language in self.languages:
            text = text_in(milestone, "title", language) if milestone else ""
            name = attribute("title", language)
            self.fields[name] = box(_("Milestone"), language, rows=1, most=TITLE_LENGTH, initial=text)
        self.fields["due_on"] = day_field(_("Due"), initial=milestone.due_on if milestone else None)

    def given(self) -> dict[str, Any]:
        title = {code: self.cleaned_data.get(attribute("title", code), "") for code in self.languages}
        return {"title": title, "due_on": self.cleaned_data["due_on"]}


class DoneForm(forms.Form):
    done_on = day_field(gettext_lazy("Done on"), required=False)
