"""Forms of the back office: the rule of a jury, a criterion with its words, an invitation, what is put before the jury."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import LANGUAGES, language_name, text_in
from zenne.participation.processes.models import Activity
from zenne.participation.selections.models import Selection
from zenne.participation.selections.queries import sources
from zenne.web.fields import Worded

from ..models import Criterion, Jury


class WithReason(Worded):
    """A form whose change is public once the jury has opened: it then asks for the reason, a box per promised language."""

    def ask_reason(self, *, opened: bool) -> None:
        if opened:
            self.ask_words("reason", _("Public reason of the change"), rows=2, most=1000)


class RuleForm(WithReason, forms.ModelForm):
    class Meta:
        model = Jury
        fields = ["keep", "points", "blind", "comments", "remind_days"]

    def __init__(self, *args: Any, opened: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = self.instance.process.organisation.languages
        empty = _("A line for each promise. Empty: the charter of the house.")
        self.ask_words("charter", _("Charter"), rows=5, most=6000, of=self.instance, help_text=empty)
        self.ask_reason(opened=opened)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CriterionForm(WithReason):
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=gettext_lazy("How often it counts beside the others."),
    )

    def __init__(self, data: Any = None, *, jury: Jury, criterion: Criterion | None, opened: bool) -> None:
        super().__init__(data, initial={"weight": criterion.weight} if criterion else None)
        self.jury, self.languages = jury, jury.process.organisation.languages
        self.ask_words("title", _("Criterion"), most=80, of=criterion)
        self.ask_words("text", _("What it asks"), rows=2, most=600, of=criterion)
        known = {level.value: level for level in criterion.levels.all()} if criterion else {}
        for value in range(1, jury.points + 1):
            for language in self.languages:
                self.fields[f"level-{value}-{language}"] = forms.CharField(
                    label=_("%(points)s of %(most)s means · %(language)s")
                    % {"points": value, "most": jury.points, "language": language_name(language)},
                    required=False,
                    max_length=200,
                    initial=text_in(known[value], "words", language) if value in known else "",
                    widget=forms.TextInput(attrs={"lang": language}),
                )
        self.ask_reason(opened=opened)

    def levels(self) -> dict[int, dict[str, str]]:
        return {
            value: {code: self.cleaned_data.get(f"level-{value}-{code}", "") for code in self.languages}
            for value in range(1, self.jury.points + 1)
        }


class InviteForm(Worded):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=gettext_lazy("Language of the invitation"))
    is_chair = forms.BooleanField(label=gettext_lazy("Chairs the jury"), required=False)

    def __init__(self, data: Any = None, *, jury: Jury) -> None:
        self.languages = jury.process.organisation.languages
        super().__init__(data, initial={"language": self.languages[0]})
        beside = _("As everyone reads it beside the name: profession, organisation.")
        self.ask_words("capacity", _("Capacity"), most=120, required=False, help_text=beside)
        self.fields["language"].choices = [(code, language_name(code)) for code in LANGUAGES]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("name", "email", "language", "is_chair")}
        return {**given, "capacity": self.words("capacity")}


class TakeForm(forms.Form):
    """Where the ideas come from: a call of the process, or what one of its selections kept."""

    source = forms.ChoiceField(label=gettext_lazy("Take the ideas of"))

    def __init__(self, data: Any = None, *, jury: Jury) -> None:
        super().__init__(data)
        calls = Activity.objects.filter(phase__process=jury.process, kind="ideation").order_by("phase__position", "id")
        self.known: dict[str, Activity | Selection] = {f"call-{each.pk}": each for each in calls}
        self.known |= {f"selection-{each.pk}": each for each in sources(jury.process)}
        self.fields["source"].choices = [(key, str(each)) for key, each in self.known.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Activity | Selection:
        return self.known[self.cleaned_data["source"]]
