"""Forms of the back office. They read clean values; the actions say what cannot stand, and the screens put it beside the field."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import text_in
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area
from zenne.web.fields import DayField, Worded, words_field

from .. import kinds, phrasing
from ..actions.defining import FIELDS
from ..enums import Evidence, MeasurementState, Nature
from ..models import Indicator, Measurement
from ..models.imports import ENTERS_AS
from ..models.indicator import DIGITS, PLACES

TEXTS = (("name", 1, 160), ("meaning", 4, 4000), ("owner", 1, 160), ("source", 1, 400))
PLAIN = (
    "slug",
    "nature",
    "unit",
    "decimals",
    "direction",
    "least",
    "most",
    "tolerance",
    "frequency",
    "evidence",
    "baseline_value",
    "baseline_on",
    "baseline_evidence",
    "expression",
    "series_of",
)
REASON = 2000


def number_field(label: object, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=DIGITS, decimal_places=PLACES, **more)


class IndicatorForm(Worded):
    """What an indicator is; of a frozen one also why it changes."""

    def __init__(self, data: Any = None, *, organisation: Organisation, indicator: Indicator | None = None) -> None:
        super().__init__(data)
        self.organisation, self.indicator = organisation, indicator
        self.languages = organisation.languages
        frozen = indicator is not None and indicator.definitions.exists()
        if frozen:
            self.ask_words("because", _("Why the frozen definition changes, for everybody"), rows=2, most=REASON)
        for name, rows, most in TEXTS:
            label = Indicator._meta.get_field(name).verbose_name
            self.ask_words(name, str(label).capitalize(), rows=rows, most=most, of=indicator)
        made = fields_for_model(
            Indicator, fields=PLAIN, widgets={"expression": forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})}
        )
        for name, field in made.items():
            self.fields[name] = field
            if indicator is not None:
                field.initial = getattr(indicator, name)
        self.fields["baseline_on"] = DayField(
            label=_("Day of the baseline"), required=False, initial=indicator.baseline_on if indicator else None
        )
        self.fields["series"] = forms.ChoiceField(
            label=_("Series that it follows"),
            required=False,
            choices=[("", _("None")), *((key, str(each.name)) for key, each in kinds.all_series())],
            initial=indicator.series if indicator else "",
        )
        self.fields["series_of"].help_text = _("The address of a process; empty: of the whole organisation.")
        self.fields["expression"].help_text = _(
            "For one that is computed from others: names with _ for each hyphen, + - * / ( ), sum mean min max ratio share change per. For example per(leaks, network, 100[km])."
        )
        self.fields["source_url"] = forms.URLField(
            label=_("Address of the source"),
            required=False,
            max_length=400,
            assume_scheme="https",
            initial=indicator.source_url if indicator else "",
        )
        members = Person.objects.filter(memberships__organisation=organisation).distinct().order_by("name", "pk")
        self.fields["owner_person"] = forms.ModelChoiceField(
            label=_("Person in charge"),
            queryset=members,
            required=False,
            initial=indicator.owner_person_id if indicator else None,
        )

    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name in FIELDS}
        return {
            name: value for name, value in given.items() if value is not None or name not in ("decimals", "tolerance")
        }


class ReasonForm(Worded):
    def __init__(self, data: Any = None, *, organisation: Organisation, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.languages = organisation.languages
        self.ask_words("because", _("Public reason"), rows=2, most=REASON)


class ValueForm(Worded):
    """A value of a period; with `revises`, another value of the same period and why."""

    def __init__(self, data: Any = None, *, indicator: Indicator, revises: Measurement | None = None) -> None:
        super().__init__(data, prefix=f"revise-{revises.pk}" if revises else "value")
        self.indicator, self.revises = indicator, revises
        self.languages = indicator.organisation.languages
        if revises is None:
            self.fields["start"] = DayField(label=_("First day"))
            self.fields["end"] = DayField(label=_("Last day"))
            self.fields["area"] = forms.CharField(
                label=_("Area"),
                required=False,
                max_length=12,
                help_text=_("The official code, such as 21004. Empty: the value is of the whole."),
            )
            self.fields["over"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
        if indicator.nature == Nature.QUALITATIVE:
            choices = [(str(level.value), str(level)) for level in indicator.levels.order_by("value")]
            self.fields["value"] = forms.TypedChoiceField(label=_("Value"), choices=choices, coerce=Decimal)
        else:
            self.fields["value"] = number_field(phrasing.value_head(indicator))
            self.fields["low"] = number_field(_("At least"), required=False)
            self.fields["high"] = number_field(_("At most"), required=False)
        self.fields["evidence"] = forms.ChoiceField(
            label=_("Evidence"), choices=Evidence.choices, initial=revises.evidence if revises else indicator.evidence
        )
        self.ask_words("note", _("Public note"), rows=2, most=REASON)
        if revises is not None:
            self.ask_words("because", _("Public reason"), rows=2, most=REASON)

    def clean_area(self) -> Area | None:
        code = self.cleaned_data["area"].strip()
        if not code:
            return None
        found = Area.objects.filter(code=code).defer("outline").order_by("kind").first()
        if found is None:
            raise forms.ValidationError(_("There is no area with this code."))
        return found

    def ask_again(self, waits: Measurement, value: str) -> None:
        """Another value waits for this period: it is replaced once this one was seen."""
        self.data = self.data.copy()
        self.data[self.add_prefix("over")] = _moment(waits)
        said = _("A value of this period waits already: %(value)s. Keep yours once more to put it in its place.")
        self.add_error(None, said % {"value": value})

    def has_seen(self, waits: Measurement) -> bool:
        return bool(self.cleaned_data["over"] == _moment(waits))

    def given(self) -> dict[str, Any]:
        names = ("start", "end", "area", "value", "low", "high")
        found = {name: self.cleaned_data[name] for name in names if name in self.fields}
        found |= {"evidence": Evidence(self.cleaned_data["evidence"]), "words": self.words("note")}
        return found | ({"because": self.words("because")} if self.revises else {})


class TargetsForm(Worded):
    """Those there are, and room for some more; an empty row is no target."""

    MORE = 3

    def __init__(self, data: Any = None, *, indicator: Indicator) -> None:
        super().__init__(data, prefix="targets")
        self.languages = indicator.organisation.languages
        known: list[tuple[date | None, Decimal | None]] = [
            (each.day, each.value) for each in indicator.targets.order_by("day")
        ]
        self.rows = len(known) + self.MORE
        for at in range(self.rows):
            day, value = known[at] if at < len(known) else (None, None)
            self.fields[f"day_{at}"] = DayField(label=_("Day"), required=False, initial=day)
            self.fields[f"value_{at}"] = number_field(_("Aimed at"), required=False, initial=_plain(value))
        if indicator.definitions.exists():
            self.ask_words("because", _("Why the frozen definition changes, for everybody"), rows=2, most=REASON)

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"day_{at}"], self[f"value_{at}"]) for at in range(self.rows)]

    def reasons(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("because_")]

    def clean(self) -> dict[str, Any]:
        for at in range(self.rows):
            day, value = self.cleaned_data.get(f"day_{at}"), self.cleaned_data.get(f"value_{at}")
            if (day is None) != (value is None) and f"day_{at}" not in self.errors and f"value_{at}" not in self.errors:
                self.add_error(f"day_{at}" if day is None else f"value_{at}", _("A target has a day and a value."))
        return self.cleaned_data

    def aims(self) -> list[tuple[date, Decimal]]:
        found = ((self.cleaned_data.get(f"day_{at}"), self.cleaned_data.get(f"value_{at}")) for at in range(self.rows))
        return [(day, value) for day, value in found if day is not None and value is not None]


class LevelsForm(Worded):
    """Numbers from 0 on, each with its words in every language; an empty row is no level."""

    MORE = 2

    def __init__(self, data: Any = None, *, indicator: Indicator) -> None:
        super().__init__(data, prefix="levels")
        self.languages = indicator.organisation.languages
        known = list(indicator.levels.order_by("value"))
        self.rows = len(known) + self.MORE
        for at in range(self.rows):
            level = known[at] if at < len(known) else None
            self.fields[f"number_{at}"] = forms.IntegerField(
                label=_("Number"), required=False, min_value=0, max_value=999, initial=level.value if level else None
            )
            for language in self.languages:
                said = text_in(level, "words", language) if level else ""
                self.fields[f"words_{at}_{language}"] = words_field(_("Words"), language, max_length=160, initial=said)
        if indicator.definitions.exists():
            self.ask_words("because", _("Why the frozen definition changes, for everybody"), rows=2, most=REASON)

    def levels(self) -> Mapping[int, Mapping[str, str]]:
        found = {}
        for at in range(self.rows):
            number = self.cleaned_data.get(f"number_{at}")
            if number is not None:
                found[number] = {code: self.cleaned_data.get(f"words_{at}_{code}", "") for code in self.languages}
        return found


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of values (csv or xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    enters_as = forms.ChoiceField(
        label=gettext_lazy("Enter them as"),
        choices=[(state.value, state.label) for state in ENTERS_AS],
        initial=MeasurementState.PROVISIONAL,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], publishes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not publishes:
            del self.fields["enters_as"]
        found = list(organisations)
        self.fields["organisation"] = forms.ModelChoiceField(
            label=_("Organisation"),
            queryset=Organisation.objects.filter(pk__in=[each.pk for each in found]).order_by("id"),
            initial=found[0] if found else None,
            empty_label=None,
        )


def _moment(waits: Measurement) -> str:
    return waits.entered_at.isoformat()


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
