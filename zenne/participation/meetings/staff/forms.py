"""Forms of the back office. Days and hours are typed as people say them; they become moments by the clock on the wall in Brussels."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zenne.core.clock import at_brussels, in_brussels
from zenne.core.languages import LANGUAGES, attribute, language_name, text_in
from zenne.participation.processes.models import Activity, Process, Theme
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of
from zenne.people.uploads.limits import ALT_LENGTH
from zenne.web.fields import DayField, words_field

from ..enums import MeetingState, Need, RegistrationState, Rhythm
from ..forms import day_from
from ..models import Meeting, Registration

AGENDA = 12


def hour_field(label: Any, **kwargs: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


def days_in(text: str) -> list[date]:
    """The days of a text, one a line. Raises ValidationError with the lines that are none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = {line: day_from(line) for line in lines}
    if wrong := [line for line, day in found.items() if day is None]:
        raise forms.ValidationError(_("These are no dates: %(dates)s") % {"dates": ", ".join(wrong[:5])})
    return [day for day in found.values() if day is not None]


class FilterForm(forms.Form):
    """The bar above the list. Nothing in it can be wrong: what means nothing is left out."""

    process: Any = forms.ModelChoiceField(Process.objects.none(), label=gettext_lazy("Process"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    when = forms.ChoiceField(label=gettext_lazy("When"), required=False)

    def __init__(self, data: Mapping[str, str], *, person: Person) -> None:
        super().__init__(data)
        every = ("", pgettext_lazy("filter", "All"))
        mine = Process.objects.filter(organisation__in=organisations_of(person), meetings__isnull=False)
        self.fields["process"].queryset = mine.distinct().order_by("-pk")  # type: ignore[attr-defined]
        self.fields["process"].empty_label = str(every[1])  # type: ignore[attr-defined]
        self.fields["state"].choices = [every, *MeetingState.choices]  # type: ignore[attr-defined]
        self.fields["when"].choices = [("", _("To come")), ("past", _("Held")), ("all", every[1])]  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """One meeting, and for a new one the rule of its series."""

    private = forms.BooleanField(
        label=gettext_lazy("Only for the group"),
        required=False,
        help_text=gettext_lazy(
            "It appears in no public list, calendar or data: only the group that may register, and staff, see it."
        ),
    )
    day = DayField(label=gettext_lazy("Day"))
    begins = hour_field(gettext_lazy("Begins at"))
    ends = hour_field(gettext_lazy("Ends at"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Only if it ends on another day.")
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "For example: Place du Miroir 1, Jette. You choose among what is found; empty for a meeting online."
        ),
    )
    online_url = forms.URLField(
        label=gettext_lazy("Online link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only who is registered sees it."),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Empty: as many as come. Who is too late waits in line."),
    )
    until_day = DayField(label=gettext_lazy("Registration until"), required=False)
    until_hour = hour_field(
        gettext_lazy("at"), required=False, help_text=gettext_lazy("Empty: until the meeting begins.")
    )
    needs_offered = forms.MultipleChoiceField(
        label=gettext_lazy("Offered, so that everybody can come"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("Repeat"), required=False)
    every = forms.IntegerField(
        label=gettext_lazy("Every so many weeks or months"), min_value=1, max_value=12, initial=1, required=False
    )
    until = DayField(label=gettext_lazy("Until"), required=False)
    dates = forms.CharField(
        label=gettext_lazy("Other dates"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, as 2026-12-03. Only for a series on dates that you give."),
    )
    whole_series = forms.BooleanField(
        label=gettext_lazy("Change the following dates of the series too"),
        required=False,
        help_text=gettext_lazy(
            "They take the words, the place and the hour, and keep their day. Dates that were changed apart stay."
        ),
    )

    def __init__(self, data: Any = None, *, activity: Activity, meeting: Meeting | None = None) -> None:
        self.meeting, self.codes = meeting, activity.process.organisation.languages
        super().__init__(data, initial=self._as_it_is(meeting) if meeting else {"private": False, "every": 1})
        words: dict[str, forms.Field] = {}
        for field, label, rows, most in (
            ("title", _("Title"), 1, 120),
            ("text", _("What it is about"), 5, 4000),
            ("venue", _("Room or building"), 1, 120),
        ):
            for code in self.codes:
                words[attribute(field, code)] = words_field(label, code, rows=rows, max_length=most)
        for number in range(1, AGENDA + 1):
            for code in self.codes:
                words[f"point{number}_{code}"] = words_field(number, code, max_length=200)
            words[f"point{number}_minutes"] = forms.IntegerField(
                required=False, min_value=1, max_value=1440, label=_("%(number)s · minutes") % {"number": number}
            )
        self.fields.update(words)
        self.fields["languages"].choices = [(code, language_name(code)) for code in (*LANGUAGES, "de")]  # type: ignore[attr-defined]
        self.fields["rhythm"].choices = [("", _("Does not repeat")), *Rhythm.choices]  # type: ignore[attr-defined]
        if meeting is not None:
            for name in ("rhythm", "every", "until", "dates"):
                del self.fields[name]
        if meeting is None or meeting.series_id is None:
            del self.fields["whole_series"]

    def _as_it_is(self, meeting: Meeting) -> dict[str, Any]:
        begins, ends = in_brussels(meeting.starts_at), in_brussels(meeting.ends_at)
        until = in_brussels(meeting.register_until) if meeting.register_until else None
        plain = ("private", "address", "online_url", "capacity", "needs_offered", "languages")
        found: dict[str, Any] = {name: getattr(meeting, name) for name in plain} | {
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
            "last_day": ends.date() if ends.date() != begins.date() else None,
            "until_day": until.date() if until else None,
            "until_hour": until.time() if until else None,
        }
        for code in self.codes:
            for field in ("title", "text", "venue"):
                found[attribute(field, code)] = text_in(meeting, field, code)
            for number, item in enumerate(meeting.agenda.all()[:AGENDA], 1):
                found[f"point{number}_{code}"] = text_in(item, "title", code)
                found[f"point{number}_minutes"] = item.minutes
        return found

    def groups(self) -> list[dict[str, Any]]:
        """The fields in the parts in which they are shown."""
        points = [
            [self[f"point{n}_{code}"] for code in self.codes] + [self[f"point{n}_minutes"]]
            for n in range(1, AGENDA + 1)
        ]
        used = max((n for n, row in enumerate(points, 1) if any(each.value() for each in row)), default=0)
        parts = [
            (_("What"), [attribute("title", c) for c in self.codes] + [attribute("text", c) for c in self.codes]),
            (_("When"), ["day", "begins", "ends", "last_day"]),
            (_("Series"), ["rhythm", "every", "until", "dates", "whole_series"]),
            (_("Where"), ["address", *(attribute("venue", c) for c in self.codes), "online_url"]),
            (_("Who can come"), ["capacity", "until_day", "until_hour", "needs_offered", "languages", "private"]),
        ]
        found: list[dict[str, Any]] = [
            {"title": title, "fields": [self[name] for name in names if name in self.fields]} for title, names in parts
        ]
        found.append({"title": _("Agenda"), "fields": [each for row in points for each in row], "folded": not used})
        return [part for part in found if part["fields"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("rhythm") == Rhythm.LIST:
            try:
                self.days = days_in(given.get("dates", ""))
            except forms.ValidationError as wrong:
                self.add_error("dates", wrong)
        elif given.get("rhythm") and not given.get("until"):
            self.add_error("until", _("Say until when the series goes on: a day after its first date."))
        if bool(given.get("until_hour")) and not given.get("until_day"):
            self.add_error("until_day", _("Give the day too."))
        if not self.errors and self._ends() <= self._begins():
            self.add_error("ends", _("It ends after it begins."))
        return given

    def _begins(self) -> datetime:
        return at_brussels(self.cleaned_data["day"], self.cleaned_data["begins"])

    def _ends(self) -> datetime:
        return at_brussels(self.cleaned_data["last_day"] or self.cleaned_data["day"], self.cleaned_data["ends"])

    def values(self, point: tuple[float, float] | None) -> dict[str, Any]:
        """What the verbs take. `point`: longitude and latitude of the address, if it was found."""
        given = self.cleaned_data
        until = None
        if given["until_day"]:
            until = at_brussels(given["until_day"], given["until_hour"] or time(23, 59))
        plain = ("private", "address", "online_url", "capacity", "needs_offered", "languages")
        texts = [attribute(field, code) for field in ("title", "text", "venue") for code in self.codes]
        return {
            **{name: given[name] for name in (*plain, *texts)},
            "starts_at": self._begins(),
            "ends_at": self._ends(),
            "register_until": until,
            "lon": point[0] if point else None,
            "lat": point[1] if point else None,
        }

    def agenda(self) -> list[dict[str, Any]]:
        rows = []
        for number in range(1, AGENDA + 1):
            row = {attribute("title", code): self.cleaned_data[f"point{number}_{code}"] for code in self.codes}
            rows.append({**row, "minutes": self.cleaned_data[f"point{number}_minutes"]})
        return rows

    def series(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        if not given.get("rhythm"):
            return None
        return {
            "rhythm": Rhythm(given["rhythm"]),
            "every": given["every"] or 1,
            "until": given["until"],
            "dates": self.days if given["rhythm"] == Rhythm.LIST else [],
        }


class WordsForm(forms.Form):
    """One text in every promised language."""

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        label: str,
        rows: int,
        most: int,
        thing: Any = None,
        field: str = "",
    ) -> None:
        super().__init__(*args)
        self.codes = organisation.languages
        for code in self.codes:
            said = text_in(thing, field, code) if thing is not None else ""
            self.fields[f"words_{code}"] = words_field(label, code, rows=rows, max_length=most, initial=said)

    def words(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"words_{code}"] for code in self.codes}


class GuestEntryForm(forms.Form):
    """Somebody who telephones or comes by."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("If they have one: they get the letter of their place."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What they need to come"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(label=gettext_lazy("In other words"), required=False, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code in LANGUAGES]  # type: ignore[attr-defined]


class PictureForm(forms.Form):
    """A picture, and who on it agreed."""

    picture = forms.FileField(label=gettext_lazy("Picture"))
    alt = forms.CharField(
        label=gettext_lazy("What it shows"), max_length=ALT_LENGTH, help_text=gettext_lazy("For who cannot see it.")
    )
    people = forms.ModelMultipleChoiceField(
        Registration.objects.none(),
        label=gettext_lazy("Who can be recognised"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only who agreed stands here."),
    )
    nobody = forms.BooleanField(label=gettext_lazy("Nobody can be recognised"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = meeting.registrations.filter(pictures=True).exclude(state=RegistrationState.UNCONFIRMED)
        self.fields["people"].queryset = agreed.select_related("person").order_by("id")  # type: ignore[attr-defined]


class ContributionForm(forms.Form):
    """What somebody says in the room, keyed in as an idea."""

    call: Any = forms.ModelChoiceField(Activity.objects.none(), label=gettext_lazy("Call for ideas"), empty_label=None)
    author = forms.ModelChoiceField(
        Registration.objects.none(),
        label=gettext_lazy("Who says it, of those registered"),
        required=False,
        help_text=gettext_lazy(
            "Only when they ask for it: with an account the idea is theirs, and they hear what becomes of it."
        ),
    )
    author_name = forms.CharField(
        label=gettext_lazy("Or a name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("As everyone may read it; “anonymous” where they want no name."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("In their own words"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    theme: Any = forms.ModelChoiceField(Theme.objects.none(), label=gettext_lazy("Theme"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calls = Activity.objects.filter(phase__process=meeting.process_id, kind="ideation").select_related(
            "phase__process"
        )
        self.fields["call"].queryset = calls.order_by("phase__position", "position", "id")  # type: ignore[attr-defined]
        people = meeting.registrations.exclude(state=RegistrationState.UNCONFIRMED).select_related("person")
        self.fields["author"].queryset = people.order_by("id")  # type: ignore[attr-defined]
        self.fields["language"].choices = [(code, language_name(code)) for code in LANGUAGES]  # type: ignore[attr-defined]
        themes = Theme.objects.filter(process=meeting.process_id).order_by("position", "id")
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]
        if not themes.exists():
            del self.fields["theme"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("author") and not given.get("author_name", "").strip():
            self.add_error("author_name", _("Whose idea is it? Give the name, or “anonymous”."))
        return given
