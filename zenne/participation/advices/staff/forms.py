"""Forms of the desk: one recommendation, what the body says of it, what the answer says as a whole, and why an advice is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.models import Document

from zenne.core.languages import attribute, text_in
from zenne.participation.decisions.staff.forms import box, day_field, languages_of
from zenne.participation.selections.models import REASON_LENGTH, TITLE_LENGTH
from zenne.people.organisations.models import Organisation

from ..enums import Verdict
from ..models import Advice, Recommendation


class RecommendationForm(forms.Form):
    """A new recommendation, or one that is written again."""

    def __init__(self, data: Any = None, *, advice: Advice, which: Recommendation | None = None) -> None:
        super().__init__(data, prefix=f"recommendation-{which.pk}" if which else "recommendation")
        self.which = which
        self.languages = languages_of(advice.process.organisation)
        for language in self.languages:
            for name, label, rows, most in (("title", _("Title"), 1, TITLE_LENGTH), ("text", _("Text"), 3, 5000)):
                said = text_in(which, name, language) if which else ""
                self.fields[attribute(name, language)] = box(label, language, rows=rows, most=most, initial=said)

    def given(self) -> dict[str, Any]:
        return {
            name: {code: self.cleaned_data.get(attribute(name, code), "") for code in self.languages}
            for name in ("title", "text")
        }


class VerdictForm(forms.Form):
    """Taken up, in part, or refused, and why. Both may be left open until the publication."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        required=False,
        choices=[*Verdict.choices, ("", gettext_lazy("Still open"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, recommendation: Recommendation, organisation: Organisation) -> None:
        self.recommendation = recommendation
        self.languages = languages_of(organisation)
        answer = getattr(recommendation, "answer", None)
        super().__init__(
            data, prefix=f"answer-{recommendation.pk}", initial={"verdict": answer.verdict if answer else ""}
        )
        for language in self.languages:
            said = text_in(answer, "reason", language) if answer else ""
            name = attribute("reason", language)
            self.fields[name] = box(_("Public reason"), language, rows=2, most=REASON_LENGTH, initial=said)

    def given(self) -> dict[str, Any]:
        verdict = self.cleaned_data["verdict"]
        reason = {code: self.cleaned_data.get(attribute("reason", code), "") for code in self.languages}
        return {"verdict": Verdict(verdict) if verdict else None, "reason": reason}


class AnswerForm(forms.Form):
    """What the answer says as a whole."""

    decided_on = day_field(
        gettext_lazy("Day of the answer"), required=False, help_text=gettext_lazy("Left empty: the day of publication.")
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("As in the minutes of the body."),
    )
    answer_file = forms.ModelChoiceField(
        label=gettext_lazy("File of the answer"),
        queryset=Document.objects.none(),
        required=False,
        help_text=gettext_lazy("The answer as it was signed, for everyone to read. Put it among the documents first."),
    )

    def __init__(self, data: Any = None, *, advice: Advice) -> None:
        kept = {name: getattr(advice, name) for name in ("decided_on", "reference", "answer_file")}
        super().__init__(data, prefix="whole", initial=kept)
        organisation = advice.process.organisation
        self.languages = languages_of(organisation)
        files = Document.objects.filter(collection=organisation.collection_id).order_by("-pk")
        self.fields["answer_file"].queryset = files  # type: ignore[attr-defined]
        for language in self.languages:
            said = text_in(advice, "statement", language)
            name = attribute("statement", language)
            self.fields[name] = box(_("Statement of the body"), language, rows=4, most=10_000, initial=said)

    def given(self) -> dict[str, Any]:
        return {"values": {name: self.cleaned_data[name] for name in self.fields}}


class WithdrawalForm(forms.Form):
    def __init__(self, data: Any = None, *, advice: Advice) -> None:
        super().__init__(data, prefix="withdrawal")
        self.languages = languages_of(advice.process.organisation)
        for language in self.languages:
            self.fields[attribute("reason", language)] = box(_("Public reason"), language, rows=2, most=REASON_LENGTH)

    def given(self) -> dict[str, Any]:
        return {"reason": {code: self.cleaned_data.get(attribute("reason", code), "") for code in self.languages}}
