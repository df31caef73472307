"""Clean values in; nothing is saved here."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language_info, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from zenne.core.languages import LANGUAGES, attribute, shown, text_in

from .enums import Comments, MemberState
from .models import Assessment, Candidate, Criterion, Jury, Member


def languages_of(jury: Jury) -> list[str]:
    """The languages that the organisation promised, in the house's order."""
    owed = set(jury.process.organisation.languages)
    return [language for language in LANGUAGES if language in owed] or list(LANGUAGES)


def language_name(code: str) -> str:
    return str(get_language_info(code)["name_translated"])


class Draftable(forms.Form):
    """A form that shows what is needed in the end, and keeps what there is until then: only `whole` insists."""

    whole = False
    use_required_attribute = False

    def full_clean(self) -> None:
        super().full_clean()
        if self.whole or not self.is_bound:
            return
        for name in [name for name, errors in self.errors.as_data().items() if errors[0].code == "required"]:
            del self.errors[name]
            self.cleaned_data[name] = self.fields[name].empty_value  # type: ignore[attr-defined]


class ScoreForm(Draftable):
    """Points on every criterion, each number with its words, and a comment. A draft may lack anything; what is submitted is whole."""

    def __init__(
        self,
        data: Any = None,
        *,
        criteria: Sequence[Criterion],
        comments: str,
        assessment: Assessment | None = None,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.criteria, self.whole = criteria, whole
        given = {score.criterion_id: score.value for score in assessment.scores.all()} if assessment else {}
        for criterion in criteria:
            self.fields[self.name(criterion)] = forms.TypedChoiceField(
                label=shown(criterion, "title")[0],
                help_text=shown(criterion, "text")[0],
                choices=[
                    (level.value, f"{level.value} · {shown(level, 'words')[0]}") for level in criterion.levels.all()
                ],
                coerce=int,
                empty_value=None,
                initial=given.get(criterion.pk),
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Give points on “%(criterion)s”.") % {"criterion": shown(criterion, "title")[0]}
                },
            )
        read = {
            Comments.PRIVATE: _("Only the jury and the organisation read it."),
            Comments.PUBLISHED: _("It is published with the result, without your name."),
        }
        self.fields["comment"] = forms.CharField(
            label=pgettext("assessment", "Your comment"),
            help_text=read[Comments(comments)],
            required=False,
            max_length=4000,
            initial=assessment.comment if assessment else "",
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    @staticmethod
    def name(criterion: Criterion) -> str:
        return f"criterion-{criterion.pk}"

    def points(self) -> dict[int, int | None]:
        """What can be kept: the points of every criterion that was sent along and means something."""
        return {
            criterion.pk: self.cleaned_data[self.name(criterion)]
            for criterion in self.criteria
            if self.name(criterion) in self.cleaned_data
        }

    @property
    def comment(self) -> str | None:
        return self.cleaned_data.get("comment")


class TieForm(forms.Form):
    tie = forms.CharField(
        label=gettext_lazy("What links you to it?"),
        max_length=1000,
        help_text=gettext_lazy(
            "Only the jury and the organisation read it. Everybody sees that a member had no say here, not who, and not why."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say in a few words what links you to it.")},
    )


class ReasonForm(forms.Form):
    """A reason for the record, in the language of whoever gives it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, for the record"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give the reason: it stays in the record.")},
    )


class SessionForm(forms.Form):
    """Who is present; and why the jury sits while scores are missing."""

    present = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=gettext_lazy("Members present"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Say which members are present.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the jury sits without the missing scores"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, jury: Jury, missing: int, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        seats = Member.objects.filter(jury=jury, state=MemberState.ACCEPTED).select_related("person")
        self.fields["present"].queryset = seats.order_by("-is_chair", "id")  # type: ignore[attr-defined]
        if not missing:
            del self.fields["reason"]


class Worded(Draftable):
    """A text with a box for each promised language; before it is published every one must be filled."""

    field = ""
    label: Any = ""
    most = 2000
    rows = 3

    def __init__(self, data: Any = None, *, languages: Iterable[str], thing: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.languages = list(languages)
        for language in self.languages:
            self.fields[attribute(self.field, language)] = forms.CharField(
                label=f"{self.label} · {language_name(language)}",
                max_length=self.most,
                initial=text_in(thing, self.field, language),
                widget=forms.Textarea(attrs={"rows": self.rows, "lang": language}),
            )

    def words(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(attribute(self.field, code), "") for code in self.languages}


class PublicReasonForm(Worded):
    field, label = "reason", gettext_lazy("Public reason")

    def __init__(self, data: Any = None, *, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(data, languages=languages_of(candidate.jury), thing=candidate, **kwargs)


class StatementForm(Worded):
    field, label, most, rows = "statement", gettext_lazy("Public statement"), 6000, 6

    def __init__(self, data: Any = None, *, jury: Jury, **kwargs: Any) -> None:
        super().__init__(data, languages=languages_of(jury), thing=jury, **kwargs)
