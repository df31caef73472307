"""Forms of the back office: windows as days and hours on the clock in Brussels, reasons, permissions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminTimeInput

from zenne.core.clock import MIDNIGHT, at_brussels, in_brussels
from zenne.core.languages import LANGUAGES, attribute, language_name
from zenne.people.access.enums import Level, Question
from zenne.people.access.models import Group
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.staff import WagtailDayField
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.web.fields import words_field
from zenne.web.tags.drawings import icon, tile
from zenne.web.theme import category

from ..enums import Action, Motif
from ..kinds import kinds
from ..models import Activity, Permission, Phase, Theme
from ..rules import stands_in_public
from ..wording import last_day

ICONS = (
    "bulb",
    "leaf",
    "trees",
    "droplet",
    "bike",
    "school",
    "building",
    "building-community",
    "heart",
    "users",
    "balloon",
    "armchair",
)
ICONS += (
    "bolt",
    "sun",
    "coins",
    "tool",
    "home",
    "map-pin",
    "message-circle",
    "photo",
    "shield-check",
    "world",
    "basket",
    "ticket",
)


def opening(day: date | None, hour: time | None) -> datetime | None:
    """The moment a window opens: that hour of that day in Brussels, its first moment by default."""
    return at_brussels(day, hour or MIDNIGHT) if day else None


def closing(day: date | None, hour: time | None) -> datetime | None:
    """The moment a window closes: that hour, or the end of that day, which is included."""
    if day is None:
        return None
    return at_brussels(day, hour) if hour else at_brussels(day + timedelta(days=1))


def as_typed(opens_at: datetime | None, closes_at: datetime | None) -> dict[str, date | time | None]:
    """The same window as somebody would type it."""
    typed: dict[str, date | time | None] = {}
    if opens_at:
        typed["opens_day"] = in_brussels(opens_at).date()
        typed["opens_hour"] = in_brussels(opens_at).time() if in_brussels(opens_at).time() != MIDNIGHT else None
    if closes_at:
        whole = in_brussels(closes_at).time() == MIDNIGHT
        typed["closes_day"] = in_brussels(last_day(closes_at) if whole else closes_at).date()
        typed["closes_hour"] = None if whole else in_brussels(closes_at).time()
    return typed


def _reason(language: str) -> forms.CharField:
    return words_field("", language, rows=2, max_length=1000)


class Reasons(forms.Form):
    """A public reason, a box per language. Those that the organisation did not promise are left out, and all where none is needed."""

    reason_fr = _reason("fr")
    reason_nl = _reason("nl")
    reason_en = _reason("en")

    def offer(self, organisation: Organisation, *, needed: bool = True) -> None:
        self._ask(organisation.languages if needed else ())

    def offer_for(self, part: Phase | Activity, now: datetime) -> None:
        """Where a change of the phase or the activity would be public."""
        self._ask(part.process.organisation.languages if part.pk and stands_in_public(part, now) else ())

    def _ask(self, languages: Sequence[str]) -> None:
        label = gettext("Public reason")
        for language in LANGUAGES:
            name = attribute("reason", language)
            if language in languages:
                self.fields[name].label = f"{label} · {language_name(language)}"
            else:
                self.fields.pop(name, None)

    def reason(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(attribute("reason", code), "") for code in LANGUAGES}


class WindowForm(Reasons):
    opens_day = WagtailDayField(label=_("Opens on"))
    opens_hour = forms.TimeField(
        label=_("at"), required=False, widget=AdminTimeInput, help_text=_("Empty: at midnight")
    )
    closes_day = WagtailDayField(
        label=_("Last day"), required=False, help_text=_("This day is included. Empty: no end")
    )
    closes_hour = forms.TimeField(
        label=_("at"), required=False, widget=AdminTimeInput, help_text=_("Empty: end of the day")
    )

    def window(self) -> dict[str, datetime | None]:
        given = self.cleaned_data
        return {
            "opens_at": opening(given.get("opens_day"), given.get("opens_hour")),
            "closes_at": closing(given.get("closes_day"), given.get("closes_hour")),
        }


class PhaseForm(WindowForm, WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.pk:
            kwargs["initial"] = {**as_typed(instance.opens_at, instance.closes_at), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ActivityForm(PhaseForm):
    """Without days of its own, an activity has those of its phase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_day"].required = False
        self.fields["opens_day"].help_text = self.fields["closes_day"].help_text = _("Empty: as the phase")
        if "kind" in self.fields:
            self.fields["kind"] = forms.ChoiceField(
                label=_("What people do"),
                choices=[(key, kind.label) for key, kind in kinds.items()],
                widget=forms.RadioSelect,
            )


class ExtendForm(Reasons):
    closes_day = WagtailDayField(label=_("New last day"), help_text=_("This day is included"))
    closes_hour = forms.TimeField(
        label=_("at"), required=False, widget=AdminTimeInput, help_text=_("Empty: end of the day")
    )


class DuplicateForm(forms.Form):
    slug = forms.SlugField(label=_("Address of the copy"), max_length=80)
    begins = WagtailDayField(label=_("The first phase opens on"))


class ThemeForm(WagtailAdminModelForm):
    """Icon, tile and colour are chosen by their pictures."""

    icon = forms.ChoiceField(label=_("Icon"), widget=forms.RadioSelect)
    motif = forms.ChoiceField(label=_("Tile"), widget=forms.RadioSelect)
    hue = forms.TypedChoiceField(label=_("Colour"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme: Theme = self.instance
        for name, offered in pictures(theme.icon).items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
            self.fields[name].initial = getattr(theme, name)


def pictures(now: str) -> dict[str, list[tuple[Any, SafeString]]]:
    """Icons (the one in use first), tiles and colours to choose from, each with its picture."""
    return {
        "icon": [(name, _pictured(icon(name), name)) for name in dict.fromkeys([now, *ICONS])],
        "motif": [(motif.value, _pictured(tile(motif.value, f"choice {motif}"), motif.label)) for motif in Motif],
        "hue": [(hue, _pictured(_swatch(hue), str(hue))) for hue in range(1, 11)],
    }


def _pictured(picture: str, name: str | Promise) -> SafeString:
    return format_html('<span class="zenne-picture">{}</span> {}', picture, name)


def _swatch(hue: int) -> SafeString:
    colours = category(hue, "light")
    drawn = '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="6" fill="{}"/></svg>'
    return format_html(drawn, colours["cat-fill"])


class PermissionForm(forms.Form):
    """Who may do one action of an activity."""

    level = forms.ChoiceField(label=_("Who"), choices=Level.choices, widget=forms.RadioSelect)
    group = forms.ModelChoiceField(label=_("Group"), queryset=Group.objects.none(), required=False)
    area = forms.ModelChoiceField(label=_("Lives in"), queryset=Area.objects.none(), required=False)
    minimum_age = forms.IntegerField(label=_("Minimum age"), min_value=0, max_value=120, required=False)
    questions = forms.MultipleChoiceField(
        label=_("Answers needed first"), choices=Question.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, permission: Permission, organisation: Organisation, **kwargs: Any) -> None:
        initial = {name: getattr(permission, name) for name in ("level", "group", "area", "minimum_age", "questions")}
        super().__init__(*args, prefix=permission.action, initial=initial, **kwargs)
        self.action = Action(permission.action)
        self.fields["group"].queryset = organisation.groups.order_by("name", "id")  # type: ignore[attr-defined]
        areas = Area.objects.filter(kind__in=[AreaKind.REGION, AreaKind.COMMUNE, AreaKind.DISTRICT]).order_by(
            "kind", "name_fr", "id"
        )
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def values(self) -> Mapping[str, object]:
        return self.cleaned_data
