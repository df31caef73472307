"""Clean values in; nothing is saved here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from zenne.core.languages import shown
from zenne.web.fields import Worded

from .enums import Comments, MemberState
from .models import Assessment, Candidate, Criterion, Jury, Member


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


class PublicReasonForm(Worded, Draftable):
    def __init__(self, data: Any = None, *, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.languages = candidate.jury.process.organisation.languages
        self.ask_words("reason", _("Public reason"), rows=3, most=2000, of=candidate, required=True)


class StatementForm(Worded, Draftable):
    def __init__(self, data: Any = None, *, jury: Jury, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.languages = jury.process.organisation.languages
        self.ask_words("statement", _("Public statement"), rows=6, most=6000, of=jury, required=True)
