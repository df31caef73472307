"""What forms of many apps ask: a day, an amount of money, a text in several languages."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.clock import FIRST_DAY, LAST_DAY
from zenne.core.languages import attribute, current, language_name, text_in

from .forms import Day
from .tags.words import DECIMAL, grouped

WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
PLAIN = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{1,2}))?")
GROUPED = {
    ",": re.compile(r"([0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:,([0-9]{1,2}))?"),
    ".": re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.([0-9]{1,2}))?"),
}


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


class EuroField(forms.Field):
    """An amount in euros; its clean value is in cents. `most`: euros.

    It is typed as the language of the page writes it, `1 234,56 €` or `€ 1.234,56`, or plainly with a point or a comma.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {
        "invalid": gettext_lazy("Write an amount in euros, with at most two decimals."),
        "most": gettext_lazy("At most %(most)s euros."),
    }

    def __init__(self, *, most: int = 10**11, **more: Any) -> None:
        super().__init__(**more)
        self.most = most

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[\s€]", "", str(value or ""))
        if not text:
            return None
        found = PLAIN.fullmatch(text) or GROUPED[DECIMAL[current()]].fullmatch(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        euros, rest = re.sub(r"[.,]", "", found[1]), (found[2] or "").ljust(2, "0")
        return int(euros + rest)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > self.most * 100:
            raise forms.ValidationError(self.error_messages["most"], code="most", params={"most": grouped(self.most)})

    def prepare_value(self, value: Any) -> Any:
        """From cents when it comes from a row; what was typed stays as it was typed."""
        if not isinstance(value, int):
            return value
        euros, rest = divmod(value, 100)
        return grouped(euros) + (f"{DECIMAL[current()]}{rest:02}" if rest else "")


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
