"""Forms of the desk: one recommendation, what the body says of it, what the answer says as a whole, and why an advice is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.models import Document

from zenne.participation.selections.models import REASON_LENGTH, TITLE_LENGTH
from zenne.people.organisations.models import Organisation
from zenne.web.fields import DayField, Worded

from ..enums import Verdict
from ..models import Advice, Recommendation


class RecommendationForm(Worded):
    """A new recommendation, or one that is written again."""

    def __init__(self, data: Any = None, *, advice: Advice, which: Recommendation | None = None) -> None:
        super().__init__(data, prefix=f"recommendation-{which.pk}" if which else "recommendation")
        self.which = which
        self.languages = advice.process.organisation.languages
        self.ask_words("title", _("Title"), most=TITLE_LENGTH, of=which)
        self.ask_words("text", _("Text"), rows=3, most=5000, of=which)

    def given(self) -> dict[str, Any]:
        return {name: self.words(name) for name in ("title", "text")}


class VerdictForm(Worded):
    """Taken up, in part, or refused, and why. Both may be left open until the publication."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        required=False,
        choices=[*Verdict.choices, ("", gettext_lazy("Still open"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, recommendation: Recommendation, organisation: Organisation) -> None:
        self.recommendation = recommendation
        answer = getattr(recommendation, "answer", None)
        super().__init__(
            data, prefix=f"answer-{recommendation.pk}", initial={"verdict": answer.verdict if answer else ""}
        )
        self.languages = organisation.languages
        self.ask_words("reason", _("Public reason"), rows=2, most=REASON_LENGTH, of=answer)

    def given(self) -> dict[str, Any]:
        verdict = self.cleaned_data["verdict"]
        return {"verdict": Verdict(verdict) if verdict else None, "reason": self.words("reason")}


class AnswerForm(Worded):
    """What the answer says as a whole."""

    decided_on = DayField(
        label=gettext_lazy("Day of the answer"),
        required=False,
        help_text=gettext_lazy("Left empty: the day of publication."),
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
        files = Document.objects.filter(collection=organisation.collection_id).order_by("-pk")
        self.fields["answer_file"].queryset = files  # type: ignore[attr-defined]
        self.languages = organisation.languages
        self.ask_words("statement", _("Statement of the body"), rows=4, most=10_000, of=advice)

    def given(self) -> dict[str, Any]:
        return {"values": {name: self.cleaned_data[name] for name in self.fields}}


class WithdrawalForm(Worded):
    def __init__(self, data: Any = None, *, advice: Advice) -> None:
        super().__init__(data, prefix="withdrawal")
        self.languages = advice.process.organisation.languages
        self.ask_words("reason", _("Public reason"), rows=2, most=REASON_LENGTH)

    def given(self) -> dict[str, Any]:
        return {"reason": self.words("reason")}
