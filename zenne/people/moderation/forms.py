from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.clock import at_brussels
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import person_with_email
from zenne.people.organisations.models import Organisation
from zenne.web.fields import DayField

from .enums import CaseState, Ground, Outcome, Source, Verdict
from .kinds import contributions
from .models import LONGEST_BLOCK

NAMED = [("", "—"), *Ground.choices]


def _words(label: Any, *, most: int = 1000, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ReportForm(forms.Form):
    ground = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=Ground,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong with it.")},
    )
    text = _words(gettext_lazy("Explain in a few words"), required=False)


class AppealForm(forms.Form):
    text = _words(
        gettext_lazy("Why do you not agree?"),
        most=2000,
        rows=6,
        error_messages={"required": gettext_lazy("Say why you do not agree: somebody else reads it.")},
    )


class FilterForm(forms.Form):
    """What the queue is narrowed to."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("Came by"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    ground = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    age = forms.ChoiceField(label=gettext_lazy("Waits"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), required=False
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        self.fields["state"].choices = [
            ("", CaseState.OPEN.label),
            (CaseState.DECIDED, CaseState.DECIDED.label),
            (CaseState.GONE, CaseState.GONE.label),
            ("all", _("All")),
        ]  # type: ignore[attr-defined]
        self.fields["source"].choices = [*every, *Source.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [
            *every,
            *((key, str(one.label).capitalize()) for key, one in contributions.items()),
        ]  # type: ignore[attr-defined]
        self.fields["ground"].choices = [*every, *Ground.choices]  # type: ignore[attr-defined]
        ages = [("day", _("More than a day")), ("week", _("More than a week")), ("month", _("More than a month"))]
        self.fields["age"].choices = [*every, *ages]  # type: ignore[attr-defined]
        mine = list(organisations[:2])
        if len(mine) < 2:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
            self.fields["organisation"].empty_label = _("All")  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What a moderator decides. `version` is that of the case as they saw it."""

    verdict = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=gettext_lazy("Reason, told to the author"), choices=NAMED, required=False)
    text = _words(gettext_lazy("Explanation, told to the author"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, waits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep, hide = (_("Publish it"), _("Refuse it")) if waits else (_("It stays visible"), _("Hide it"))
        self.fields["verdict"].choices = [(Verdict.KEPT, keep), (Verdict.HIDDEN, hide)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == Verdict.HIDDEN and not given.get("ground"):
            self.add_error("ground", _("Choose the reason: the author is told which rule it is about."))
        return given


class RestoreForm(forms.Form):
    """Taking one's own house's decision back, where nobody appealed."""

    text = _words(gettext_lazy("Why it is visible again, told to the author"), required=False, rows=3)


class JudgeForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Outcome, widget=forms.RadioSelect)
    reason = _words(
        gettext_lazy("Reason, told to the author"),
        most=2000,
        rows=5,
        error_messages={"required": gettext_lazy("Give the reason: the author reads it.")},
    )


class LiftForm(forms.Form):
    reason = _words(
        gettext_lazy("Why it ends, told to the person"),
        rows=3,
        error_messages={"required": gettext_lazy("Give the reason: the person reads it.")},
    )


class BlockForm(forms.Form):
    """Whom to keep out of what, why and until when. The person is named by their address unless a case names them."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), empty_label=None
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address of their account"))
    ground = forms.ChoiceField(label=gettext_lazy("Reason"), choices=Ground)
    text = _words(
        gettext_lazy("Explanation, told to the person"),
        error_messages={"required": gettext_lazy("Give the reason: the person reads it.")},
    )
    until = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("At most a year from now. It ends by itself.")
    )

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], person: Person | None, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if person is not None:
            del self.fields["email"], self.fields["organisation"]

    def clean_email(self) -> Person:
        person = person_with_email(self.cleaned_data["email"])
        if person is None or not person.is_active:
            raise forms.ValidationError(_("No account has this address."))
        return person

    def clean_until(self) -> datetime:
        """The end of that day in Brussels."""
        day = self.cleaned_data["until"]
        end = at_brussels(day + timedelta(days=1))
        if not self.now < end <= self.now + LONGEST_BLOCK:
            raise forms.ValidationError(_("A block ends on a day to come, within a year."))
        return end
