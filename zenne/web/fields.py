"""What forms of many apps ask: a day, a text in several languages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.clock import FIRST_DAY, LAST_DAY
from zenne.core.languages import attribute, language_name, text_in

from .forms import Day

WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


class DayField(forms.DateField):
    """A day that can be written down in every time zone. Where the browser has no picker, it is typed as one writes it in Brussels."""

    widget = Day

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"input_formats": WRITTEN, **more})

    def clean(self, value: Any) -> Any:
        given = super().clean(value)
        if given is not None and not FIRST_DAY <= given <= LAST_DAY:
            raise forms.ValidationError(_("Choose another day."))
        return given


def words_field(label: object, language: str, *, rows: int = 1, **more: Any) -> forms.CharField:
    """A text in one language: a line, or a box of that many lines. Nothing has to be said, unless `required`."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    widget.attrs["lang"] = language
    return forms.CharField(label=f"{label} · {language_name(language)}", widget=widget, **{"required": False, **more})


class Worded(forms.Form):
    """A form with texts in each of its `languages`: `ask_words` adds the boxes of one text, `words` reads them."""

    languages: Sequence[str] = ()

    def ask_words(self, name: str, label: object, *, most: int | None, of: Model | None = None, **more: Any) -> None:
        """`of`: what says it already; `more` goes to each box (`rows=`, `required=`, `help_text=`)."""
        for language in self.languages:
            said = text_in(of, name, language) if of is not None else ""
            self.fields[attribute(name, language)] = words_field(label, language, max_length=most, initial=said, **more)

    def words(self, name: str) -> dict[str, str]:
        return {code: self.cleaned_data.get(attribute(name, code), "") for code in self.languages}
