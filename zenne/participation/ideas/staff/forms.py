"""Forms of the back office: what the list filters by, what is done with ideas, and ideas keyed in on behalf of somebody."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import LANGUAGES, attribute, language_name, text_in
from zenne.core.numbers import whole_number
from zenne.participation.processes.models import Activity, Process, Theme
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import person_with_email
from zenne.people.moderation.enums import Ground
from zenne.people.organisations.queries import organisations_of
from zenne.places.areas import queries as areas
from zenne.web.fields import Worded
from zenne.web.forms import ManyFiles

from ..enums import NEEDS_REASON, OWN_VERB, TRANSITIONS, Channel, IdeaState
from ..forms import language_choices
from ..models import TEXT_LENGTH, TITLE_LENGTH, Idea, StatusChange, Tag
from ..queries import staff
from ..rules import may_lead

ORDER_LABELS = {
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
    "waiting": gettext_lazy("Waiting longest for an answer"),
    "supported": gettext_lazy("Most supported"),
    "discussed": gettext_lazy("Most discussed"),
}


class FilterForm(forms.Form):
    """The bar above the list. Nothing in it can be wrong: what means nothing is left out."""

    q = forms.CharField(
        label=gettext_lazy("Words or number"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    process = forms.ModelChoiceField(Process.objects.none(), label=gettext_lazy("Process"), required=False)
    theme = forms.ModelChoiceField(Theme.objects.none(), label=gettext_lazy("Theme"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    assigned = forms.ChoiceField(label=gettext_lazy("Assigned to"), required=False)
    answer = forms.ChoiceField(label=gettext_lazy("Answer"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    tag = forms.ModelChoiceField(Tag.objects.none(), label=gettext_lazy("Tag"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Commune"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("Order"), required=False, choices=ORDER_LABELS.items())

    def __init__(self, data: Mapping[str, str], *, person: Person) -> None:
        super().__init__(data)
        every = ("", _("All"))
        mine = list(organisations_of(person).values_list("pk", flat=True))
        themes = Theme.objects.filter(process__organisation__in=mine)
        if (process := whole_number(data.get("process"))) is not None:
            themes = themes.filter(process_id=process)
        self.fields["process"].queryset = staff.processes_of(person)  # type: ignore[attr-defined]
        self.fields["theme"].queryset = themes.order_by("-process_id", "position", "id")  # type: ignore[attr-defined]
        self.fields["tag"].queryset = staff.tags_of(mine)  # type: ignore[attr-defined]
        for name in ("process", "theme", "tag"):
            self.fields[name].empty_label = _("All")  # type: ignore[attr-defined]
        self.fields["assigned"].choices = [  # type: ignore[attr-defined]
            every,
            ("me", _("Me")),
            ("nobody", _("Nobody")),
            ("somebody", _("Somebody")),
            *((str(one.pk), str(one)) for one in staff.colleagues(mine) if one != person),
        ]
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            every,
            ("none", _("Without an answer")),
            ("late", _("Late: waits longer than promised")),
            ("given", _("Answered")),
        ]
        self.fields["state"].choices = [every, *IdeaState.choices]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [every, *Channel.choices]  # type: ignore[attr-defined]
        self.fields["language"].choices = [every, *language_choices()]  # type: ignore[attr-defined]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            every,
            *((area.code, str(area)) for area in areas.communes()),
        ]


def promised(ideas: Iterable[Idea]) -> list[str]:
    """The languages that the organisations of these ideas promised, in the house's order."""
    owed = {language for idea in ideas for language in idea.process.organisation.languages}
    return [language for language in LANGUAGES if language in owed] or list(LANGUAGES)


class VerbForm(Worded):
    """What one thing done with ideas asks for. `ideas` are one or many, of the organisations this person works for."""

    def __init__(self, data: Any = None, *, ideas: Sequence[Idea], person: Person, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.ideas, self.person = ideas, person
        self.languages = promised(ideas)
        self.houses = sorted({idea.process.organisation_id for idea in ideas})
        self.prepare()

    def prepare(self) -> None:
        """What depends on the ideas."""

    def words(self, name: str) -> dict[str, str]:
        """Those languages in which something is said."""
        return {code: text for code, text in super().words(name).items() if text}

    def owe_words(self, name: str) -> None:
        """Add an error beside every promised language that is still empty."""
        for language in self.languages:
            if not self.cleaned_data.get(attribute(name, language), "").strip():
                self.add_error(attribute(name, language), _("Everyone can read the reason: give it in this language."))


class StatusForm(VerbForm):
    to = forms.ChoiceField(label=gettext_lazy("Next step"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.fields["to"].choices = [(state.value, _step(state)) for state in self.steps()]  # type: ignore[attr-defined]
        self.ask_words("reason", _("Public reason"), rows=3, most=2000)

    def steps(self) -> list[IdeaState]:
        """Where at least one of the ideas may go, led by this person."""
        kinds = {(idea.process.organisation_id, idea.state): idea for idea in self.ideas}
        may = {
            after
            for idea in kinds.values()
            for after in TRANSITIONS[IdeaState(idea.state)]
            if after not in OWN_VERB and may_lead(self.person, idea, after)
        }
        return [state for state in IdeaState if state in may]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        after = given.get("to")
        if after and any((IdeaState(idea.state), IdeaState(after)) in NEEDS_REASON for idea in self.ideas):
            self.owe_words("reason")
        return given

    @classmethod
    def saying(cls, change: StatusChange) -> dict[str, str]:
        """An earlier reason, to begin with."""
        return {attribute("reason", code): text_in(change, "reason", code) for code in LANGUAGES}


def _step(state: IdeaState) -> object:
    return {IdeaState.PUBLISHED: _("Publish"), IdeaState.REJECTED: _("Refuse")}.get(state, state.label)


class AnswerForm(VerbForm):
    def prepare(self) -> None:
        self.ask_words("body", _("Answer"), rows=6, most=10_000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.words("body"):
            self.add_error(attribute("body", self.languages[0]), _("Write the answer first."))
        return given

    @property
    def missing(self) -> list[str]:
        """Promised languages without words, by name."""
        said = self.words("body")
        return [language_name(code) for code in self.languages if code not in said]


class AssignForm(VerbForm):
    to = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Colleague"), required=False)

    def prepare(self) -> None:
        self.fields["to"].queryset = staff.colleagues(self.houses)  # type: ignore[attr-defined]
        self.fields["to"].empty_label = _("Nobody")  # type: ignore[attr-defined]
        if len(self.ideas) == 1:
            self.initial.setdefault("to", self.ideas[0].assigned_to_id)


class TagForm(VerbForm):
    add = forms.CharField(
        label=gettext_lazy("Add"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("One or more words, separated by commas."),
        widget=forms.TextInput(attrs={"list": "idea-tags", "autocomplete": "off"}),
    )
    remove = forms.MultipleChoiceField(
        label=gettext_lazy("Take off"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        there = Tag.objects.filter(ideas__in=[idea.pk for idea in self.ideas]).order_by("name").distinct()
        names = list(dict.fromkeys(there.values_list("name", flat=True)))
        self.fields["remove"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["remove"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.added() and not given.get("remove"):
            self.add_error("add", _("Give a word to add or to take off."))
        return given

    def added(self) -> list[str]:
        return [word for word in self.cleaned_data.get("add", "").split(",") if word.strip()]


class CallField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Activity) -> str:
        return f"{obj.process} · {obj}"


class ThemeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Theme) -> str:
        return f"{obj.process} · {obj}"


class MoveForm(VerbForm):
    activity = CallField(Activity.objects.none(), label=gettext_lazy("Call for ideas"), required=False)
    theme = ThemeField(Theme.objects.none(), label=gettext_lazy("Theme"), required=False)

    def prepare(self) -> None:
        calls = Activity.objects.filter(kind="ideation", phase__process__organisation__in=self.houses)
        self.fields["activity"].queryset = calls.select_related("phase__process").order_by("-phase__process_id", "id")  # type: ignore[attr-defined]
        themes = Theme.objects.filter(process__organisation__in=self.houses).select_related("process")
        self.fields["theme"].queryset = themes.order_by("-process_id", "position", "id")  # type: ignore[attr-defined]
        for name in ("activity", "theme"):
            self.fields[name].empty_label = _("As it is")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("activity") and not given.get("theme"):
            self.add_error("activity", _("Choose a call or a theme."))
        return given


class NoteForm(VerbForm):
    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only colleagues read it."),
    )


class HideForm(VerbForm):
    ground = forms.ChoiceField(label=gettext_lazy("Reason, told to the author"), choices=Ground.choices)
    text = forms.CharField(
        label=gettext_lazy("Explanation, told to the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlainForm(VerbForm):
    """Nothing more is asked."""


class ReasonForm(VerbForm):
    """A public reason, in every promised language."""

    def prepare(self) -> None:
        self.ask_words("reason", _("Public reason"), rows=3, most=2000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.owe_words("reason")
        return given


class MergeForm(ReasonForm):
    target = forms.ModelChoiceField(
        Idea.objects.none(), widget=forms.HiddenInput, error_messages={"required": gettext_lazy("Choose an idea.")}
    )

    def prepare(self) -> None:
        super().prepare()
        one = self.ideas[0]
        others = Idea.objects.filter(process=one.process_id).exclude(pk=one.pk)
        self.fields["target"].queryset = others.defer("search").select_related("process__organisation")  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """An idea that came on paper, at a counter, by telephone or at a meeting."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it reached you"),
        choices=[(channel.value, channel.label) for channel in Channel if channel != Channel.ONLINE],
        widget=forms.RadioSelect,
    )
    author_name = forms.CharField(
        label=gettext_lazy("Name of the author"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("As everyone may read it; “anonymous” where the author wants no name."),
    )
    author_email = forms.EmailField(
        label=gettext_lazy("Or the e-mail address of their account"),
        required=False,
        help_text=gettext_lazy("Only when they ask for it: the idea is then theirs, and they hear what becomes of it."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(
        label=gettext_lazy("Text, in the author’s own words"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language it is written in"), choices=language_choices)
    theme = forms.ModelChoiceField(Theme.objects.none(), label=gettext_lazy("Theme"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Address or place"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: Place du Miroir, Jette. You choose among what is found."),
    )
    given = ManyFiles(label=gettext_lazy("Photos and files"), required=False)

    def __init__(self, *args: Any, call: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = staff.themes_of([call.process.pk])
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]
        self.fields["theme"].empty_label = _("None")  # type: ignore[attr-defined]
        settings = call.ideation
        if not themes.exists():
            del self.fields["theme"]
        if settings.place == "none":
            del self.fields["address"]
        if not settings.max_photos and not settings.max_files:
            del self.fields["given"]
        self.author: Person | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        email = given.get("author_email")
        if email:
            self.author = person_with_email(email)
            if self.author is None or not self.author.is_active:
                self.add_error("author_email", _("Nobody has an account with this address. Give their name instead."))
        elif not given.get("author_name", "").strip() and "author_email" not in self.errors:
            self.add_error("author_name", _("Whose idea is it? Give the name, or “anonymous”."))
        return given
