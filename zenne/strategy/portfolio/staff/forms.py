"""Forms of the back office of plans: the fields of a row as its model knows them, texts with a box per language. Clean values in; nothing is saved here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from zenne.core.languages import LANGUAGES, attribute, text_in
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.staff import WagtailDayField
from zenne.web.fields import EuroField, Worded, words_field

ONE_LINE = 1


class RowForm(forms.Form):
    """Some fields of one row. `plain` are taken as the model has them; `texts` says how many lines each box of a text has; `owed` what must be said.

    What the organisation did not promise is asked only where it is said already, so that nothing is lost by saving.
    """

    model: type[models.Model]
    plain: tuple[str, ...] = ()
    texts: dict[str, int] = {}
    owed: tuple[str, ...] = ()
    cents: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, *, organisation: Organisation, row: models.Model | None = None, **more: Any
    ) -> None:
        initial = {name: getattr(row, name) for name in self.plain} if row is not None else {}
        super().__init__(data, **{**more, "initial": {**initial, **(more.get("initial") or {})}})
        self.row, self.organisation = row, organisation
        for name in self.plain:
            self.fields[name] = self._plain(name)
        for name, lines in self.texts.items():
            self._text(name, lines)

    def _plain(self, name: str) -> forms.Field:
        known = self.model._meta.get_field(name)
        label = capfirst(str(known.verbose_name))  # type: ignore[union-attr]
        if name in self.cents:
            return EuroField(label=f"{label} (€)", required=False)
        if isinstance(known, models.DateField):
            return WagtailDayField(label=label, required=name in self.owed, help_text=known.help_text)
        more = {"assume_scheme": "https"} if isinstance(known, models.URLField) else {}
        made = known.formfield(**more)  # type: ignore[union-attr]
        assert made is not None
        made.label = label
        if name in self.owed:
            made.required = True
        return made

    def _text(self, name: str, lines: int) -> None:
        known: Any = self.model._meta.get_field(name)
        for code in LANGUAGES:
            said = text_in(self.row, name, code) if self.row is not None else ""
            if code not in self.organisation.languages and not said:
                continue
            self.fields[attribute(name, code)] = words_field(
                capfirst(str(known.verbose_name)),
                code,
                rows=lines,
                max_length=known.max_length,
                help_text=known.help_text if code == self.organisation.languages[0] else "",
                initial=said,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in self.owed:
            if name in self.texts and not any(given.get(attribute(name, code)) for code in LANGUAGES):
                self.add_error(attribute(name, self.organisation.languages[0]), _("Say it in one language at least."))
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day comes before the first."))
        return given

    def values(self) -> dict[str, Any]:
        """By the names of the row's attributes, as the verbs take them. An amount that is left empty is none."""
        boxes = [attribute(name, code) for name in self.texts for code in LANGUAGES]
        found = {name: self.cleaned_data[name] for name in (*self.plain, *boxes) if name in self.cleaned_data}
        return {name: 0 if name in self.cents and value is None else value for name, value in found.items()}

    def words(self, name: str) -> dict[str, str]:
        """One text, by language."""
        return {code: self.cleaned_data.get(attribute(name, code), "") for code in LANGUAGES}


class ReasonForm(Worded):
    """A public reason, a box per promised language."""

    def __init__(self, data: Any = None, *, organisation: Organisation, owed: bool = True, **more: Any) -> None:
        super().__init__(data, **more)
        self.organisation, self.owed = organisation, owed
        self.languages = organisation.languages
        self.ask_words("reason", _("Public reason"), rows=3, most=2000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.owed and not any(self.reason().values()):
            self.add_error(attribute("reason", self.languages[0]), _("Give the reason: everyone can read it."))
        return given

    def reason(self) -> dict[str, str]:
        return self.words("reason")


def many() -> forms.CheckboxSelectMultiple:
    """Boxes to tick, in a box of their own that scrolls."""
    return forms.CheckboxSelectMultiple(attrs={"class": "zenne-plan-many"})


def choose(rows: Iterable[Any], *, empty: str = "") -> list[tuple[str, str]]:
    """Rows as choices, by their number."""
    first = [("", empty)] if empty else []
    return [*first, *((str(row.pk), str(row)) for row in rows)]
