"""Forms of the back office of draws by lot."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminTimeInput

from zenne.core.languages import LANGUAGES, attribute, language_name, text_in
from zenne.core.numbers import whole_number
from zenne.participation.panels.enums import PanelState
from zenne.participation.panels.models import Panel
from zenne.participation.processes.staff.forms import Reasons, as_typed, closing
from zenne.people.organisations.staff import WagtailDayField
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import by_name, without_outlines

from ..actions.designing import AFTER_LETTERS, TEXTS
from ..enums import BEFORE_LETTERS, CategoryKind, Known, Source
from ..models import Category, Lottery
from ..models.lottery import KEY
from ..proposing import AGES, Proposal, proposal

RULES = ("size", "algorithm", "per_address", "source", "confirm_days", "begins_on", "ends_on")
PLANS = ("area", "panel", "wished", "response_percent", "tolerance_percent", "letters", "keep_days")
REACHED = ("reply_to", "phone", "email")


def _of(name: str, **more: Any) -> forms.Field:
    field = Lottery._meta.get_field(name).formfield(**more)  # type: ignore[union-attr]
    assert field is not None
    return field


class SettingsForm(Reasons):
    """How the draw is held, and what stands on the letters. What the letters said already is not asked any more."""

    def __init__(self, data: Any = None, *, lottery: Lottery, public: bool) -> None:
        self.lottery = lottery
        self.announced = lottery.state not in BEFORE_LETTERS
        typed = as_typed(None, lottery.answer_until)
        initial = {name: getattr(lottery, name) for name in (*RULES, *PLANS, *REACHED)}
        initial |= {attribute(name, code): text_in(lottery, name, code) for name in TEXTS for code in LANGUAGES}
        initial |= {"until_day": typed.get("closes_day"), "until_hour": typed.get("closes_hour")}
        super().__init__(data, initial=initial)
        languages = lottery.process.organisation.languages
        rules = [name for name in RULES if not self.announced or name in AFTER_LETTERS]
        plans = [name for name in PLANS if not self.announced or name == "keep_days"]
        for name in (*rules, *plans, *REACHED):
            self.fields[name] = self._field(name)
        self.fields["until_day"] = WagtailDayField(
            label=_("Answers until"), required=False, help_text=_("This day is included: it stands on every letter.")
        )
        self.fields["until_hour"] = forms.TimeField(
            label=_("at"), required=False, widget=AdminTimeInput, help_text=_("Empty: end of the day")
        )
        for name in TEXTS:
            for code in languages:
                label = f"{Lottery._meta.get_field(name).verbose_name} · {language_name(code)}"
                self.fields[attribute(name, code)] = _of(name, label=label.capitalize(), required=False)
        self.offer(lottery.process.organisation, needed=public)
        self.rules, self.plans, self.languages = rules, plans, languages

    def _field(self, name: str) -> forms.Field:
        if name == "area":
            areas = by_name(without_outlines(Area.objects.filter(kind__in=(AreaKind.REGION, AreaKind.COMMUNE))))
            return _of(name, queryset=areas)
        if name == "panel":
            mine = Panel.objects.filter(
                process__organisation=self.lottery.process.organisation, state=PanelState.AT_WORK
            )
            return _of(name, queryset=mine)
        if name in ("begins_on", "ends_on"):
            return WagtailDayField(label=str(Lottery._meta.get_field(name).verbose_name).capitalize(), required=False)  # type: ignore[union-attr]
        if name == "algorithm":
            return _of(name, widget=forms.RadioSelect)
        if name == "source":
            return _of(name, widget=forms.RadioSelect)
        return _of(name)

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        texts = [attribute(name, code) for name in TEXTS for code in self.languages]
        shapes = [
            (_("The panel"), ["area", "size", "panel", "begins_on", "ends_on", "per_address"]),
            (_("The answers"), ["until_day", "until_hour", "confirm_days", "keep_days"]),
            (_("The draw"), ["algorithm", "source"]),
            (_("How many letters"), ["response_percent", "wished", "letters", "tolerance_percent"]),
            (_("What stands on the letters"), [*texts, *REACHED]),
        ]
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in shapes]
        return [(title, fields) for title, fields in found if fields]

    @property
    def reasons(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("reason_")]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        values = {name: given[name] for name in (*self.rules, *self.plans, *REACHED)}
        return {**values, "answer_until": closing(given["until_day"], given["until_hour"])}

    def words(self) -> dict[str, dict[str, str]]:
        return {name: {code: self.cleaned_data[attribute(name, code)] for code in self.languages} for name in TEXTS}


class CategoryForm(forms.Form):
    """Which category the assistant adds."""

    kind = forms.ChoiceField(label=gettext_lazy("Category"), choices=CategoryKind.choices)
    ages = forms.CharField(
        label=gettext_lazy("For ages: the first year of each group"),
        required=False,
        initial=", ".join(map(str, AGES)),
        help_text=gettext_lazy("16, 25, 40 makes: 16 to 24, 25 to 39, 40 and over."),
    )
    key = forms.CharField(
        label=gettext_lazy("For a category of your own: the name of its column"),
        required=False,
        max_length=30,
        validators=[KEY],
        help_text=gettext_lazy("Small letters, digits, - and _ only."),
    )

    def clean_ages(self) -> tuple[int, ...]:
        text = self.cleaned_data["ages"]
        given = {whole_number(part.strip(), 3) for part in text.replace(";", ",").split(",") if part.strip()}
        ages = tuple(sorted(age for age in given if age is not None))
        if None in given or (ages and ages[-1] > 100):
            raise forms.ValidationError(_("Give years of age, with commas between them."))
        return ages or AGES

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == CategoryKind.OWN and not given.get("key"):
            self.add_error("key", _("Give the category a name for its column."))
        return given

    def proposal(self, lottery: Lottery) -> Proposal:
        given = self.cleaned_data
        found = proposal(CategoryKind(given["kind"]), lottery.area, ages=given["ages"])
        if found.kind == CategoryKind.OWN:
            key = given["key"]
            return replace(found, key=key, name={code: key.replace("_", " ").capitalize() for code in LANGUAGES})
        return found


class GroupForm(forms.Form):
    """A group that is added to a category."""

    key = forms.CharField(label=gettext_lazy("Value in the file"), max_length=40, validators=[KEY])

    def __init__(self, data: Any = None, *, lottery: Lottery, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.languages = lottery.process.organisation.languages
        for code in self.languages:
            self.fields[f"name_{code}"] = forms.CharField(label=f"{_('Name')} · {language_name(code)}", max_length=80)

    def words(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"name_{code}"] for code in self.languages}


class WordsForm(Reasons):
    """The words of a category, and where it is known from."""

    known = forms.ChoiceField(label=gettext_lazy("Known from"), choices=Known.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, category: Category, public: bool) -> None:
        self.languages = category.lottery.process.organisation.languages
        texts = ("name", "question", "figures")
        initial = {attribute(name, code): text_in(category, name, code) for name in texts for code in LANGUAGES}
        super().__init__(data, initial={**initial, "known": category.known})
        for name in texts:
            label = str(Category._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
            for code in self.languages:
                field = Category._meta.get_field(name).formfield(  # type: ignore[union-attr]
                    label=f"{label} · {language_name(code)}", required=name == "name"
                )
                assert field is not None
                self.fields[attribute(name, code)] = field
        self.offer(category.lottery.process.organisation, needed=public)
        self.order_fields([name for name in self.fields if not name.startswith("reason_")])

    def words(self) -> dict[str, dict[str, str]]:
        return {
            name: {code: self.cleaned_data[attribute(name, code)] for code in self.languages}
            for name in ("name", "question", "figures")
        }


class QuotasForm(Reasons):
    """Every quota of every category in one table."""

    def __init__(self, data: Any = None, *, lottery: Lottery, categories: list[Category], public: bool) -> None:
        super().__init__(data)
        self.features = {feature.pk: feature for category in categories for feature in category.features.all()}
        for pk, feature in self.features.items():
            for name in ("share", "response_percent", "minimum", "maximum"):
                field = feature._meta.get_field(name).formfield(  # type: ignore[union-attr]
                    label=f"{feature} · {feature._meta.get_field(name).verbose_name}",  # type: ignore[union-attr]
                    initial=getattr(feature, name),
                    localize=False,
                )
                assert field is not None
                field.widget.attrs |= {"class": "zenne-lot-cell", "aria-label": field.label}
                self.fields[f"{pk}-{name}"] = field
        self.offer(lottery.process.organisation, needed=public)

    @property
    def reasons(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("reason_")]

    def values(self) -> dict[int, dict[str, Any]]:
        return {
            pk: {
                name: self.cleaned_data[f"{pk}-{name}"] for name in ("share", "response_percent", "minimum", "maximum")
            }
            for pk in self.features
        }


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of drawn letters (csv or xlsx)"),
        help_text=gettext_lazy("Only the letters that were drawn: the register stays with you."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


class CommitForm(forms.Form):
    """Where chance comes from, and when: always in the future."""

    source = forms.ChoiceField(
        label=gettext_lazy("Where chance comes from"), choices=Source.choices, widget=forms.RadioSelect
    )
    day = WagtailDayField(label=gettext_lazy("On"))
    hour = forms.TimeField(label=gettext_lazy("at"), widget=AdminTimeInput)
    throws = forms.IntegerField(
        label=gettext_lazy("For dice: how many throws"), initial=20, min_value=20, max_value=200, required=False
    )
    place = forms.CharField(label=gettext_lazy("For dice: where they are thrown"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("source") == Source.DICE and not given.get("place"):
            self.add_error("place", _("Say where the dice are thrown, so that people can come and see."))
        return given


class SignatureForm(forms.Form):
    signature = forms.CharField(
        label=gettext_lazy("Signature of the round"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class DiceForm(forms.Form):
    digits = forms.CharField(
        label=gettext_lazy("What the dice showed, in order"),
        max_length=400,
        help_text=gettext_lazy("Digits from 1 to 6; spaces between them do no harm."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
