"""Clean values in; nothing is saved here."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, language_name
from zenne.participation.processes.models import Process, Theme
from zenne.people.uploads.limits import ALT_LENGTH
from zenne.web.forms import ManyFiles, Tiles

from .actions.writing import inside_the_region
from .enums import LISTED, Asked, IdeaState, Sort
from .models import TEXT_LENGTH, TITLE_LENGTH, Ideation
from .queries import Filters

SHORTEST_TEXT = 20
VISIBLE_CHARACTER = re.compile(r"\w")


def language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code).capitalize()) for code in LANGUAGES]


class WordsForm(forms.Form):
    """The idea itself: title, text, theme."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("A short sentence: what, and where."),
        widget=forms.TextInput(attrs={"data-counter": True, "autocomplete": "off"}),
        error_messages={"required": _("Give your idea a title.")},
    )
    text = forms.CharField(
        label=_("Description"),
        max_length=TEXT_LENGTH,
        help_text=_("What would change, and for whom? A blank line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Describe your idea.")},
    )

    def __init__(self, *args: Any, process: Process, similar_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = list(process.themes.all())
        if themes:
            self.fields["theme"] = forms.ModelChoiceField(
                Theme.objects.filter(process=process).order_by("position", "id"),
                to_field_name="slug",
                label=_("Theme"),
                empty_label=None,
                widget=Tiles(looks={theme.slug: (theme.icon, theme.hue) for theme in themes}),
                error_messages={"required": _("Choose a theme."), "invalid_choice": _("Choose one of these themes.")},
            )
        if similar_url:
            asking = {
                "hx-get": similar_url,
                "hx-trigger": "input changed delay:700ms",
                "hx-include": "closest form",
                "hx-params": "title,text",
                "hx-target": "#similar",
                "hx-swap": "innerHTML",
            }
            for name in ("title", "text"):
                self.fields[name].widget.attrs |= asking

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if not VISIBLE_CHARACTER.search(title):
            raise forms.ValidationError(_("Give your idea a title in words."))
        return title

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if len(text) < SHORTEST_TEXT:
            raise forms.ValidationError(_("Describe your idea in a sentence or two."))
        return text


class PlaceForm(forms.Form):
    """Where it is: a point on the map, and the address in words."""

    address = forms.CharField(
        label=_("Address or place"),
        max_length=200,
        required=False,
        help_text=_("For example: Place du Miroir, or the park behind the library."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, settings: Ideation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settings = settings
        self.fields["address"].widget.attrs |= {
            "data-place-words": True,
            "hx-get": reverse("areas:search"),
            "hx-trigger": "input changed delay:350ms",
            "hx-params": "address",
            "hx-target": "#places",
            "hx-swap": "innerHTML",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if self.errors:
            self._errors = forms.utils.ErrorDict()
            self.add_error("address", _("Point out the place once more."))
        elif (lat is None) != (lon is None):
            self.add_error("address", _("Point out the place once more."))
        elif lat is not None and lon is not None and not inside_the_region(lon, lat):
            self.add_error("address", _("This place is outside the Brussels Region."))
        elif lat is None and cleaned.get("address"):
            self.add_error("address", _("Choose the place below or point it out on the map, so that it is not lost."))
        elif lat is None and self.settings.place == Asked.REQUIRED:
            self.add_error("address", _("Show on the map where it is."))
        return cleaned


class FilesForm(forms.Form):
    given = ManyFiles(label=_("Photos and files"), required=False)


class AltForm(forms.Form):
    """What a picture shows, in words."""

    alt = forms.CharField(
        label=_("What does this picture show?"),
        max_length=ALT_LENGTH,
        required=False,
        help_text=_("For people who cannot see it."),
    )


class SendForm(forms.Form):
    """The last page: the language, as we guessed it."""

    language = forms.ChoiceField(
        label=_("Language of your idea"),
        choices=language_choices,
        help_text=_("We guessed it. Correct it if we are wrong."),
    )


class EditForm(WordsForm):
    language = forms.ChoiceField(label=_("Language of your idea"), choices=language_choices)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone can read it."),
    )


class ListForm(forms.Form):
    """The boxes of the filter bar. Nothing in it can be wrong: what means nothing is left out."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    answered = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=[
            ("", _("All")),
            ("yes", _("Answered")),
            ("no", _("Not answered yet")),
            ("late", _("Waiting too long")),
        ],
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=Sort)

    def __init__(self, data: QueryDict, *, places: list[tuple[str, str]], sort: Sort) -> None:
        super().__init__({**{name: data.get(name, "") for name in ("status", "place", "answered")}, "sort": sort})
        self.fields["status"].choices = [
            ("", _("All")),
            *((state.value, state.label) for state in (*LISTED, IdeaState.MERGED)),
        ]
        self.fields["place"].choices = [("", _("All")), *places]
        if not places:
            del self.fields["place"]


def filters_from(query: QueryDict) -> Filters:
    """What a list's address asks for."""
    return Filters(
        text=query.get("q", ""),
        theme=query.get("theme", ""),
        status=query.get("status", ""),
        place=query.get("place", ""),
        answered=query.get("answered", ""),
        mine=query.get("mine") == "1",
        box=_box(query.get("box", "")),
    )


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if all(-180 <= part <= 180 for part in (west, south, east, north)) else None
