from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import by_name, communes, without_outlines

RADII = {250: _("250 metres"), 500: _("500 metres"), 1000: _("1 kilometre"), 2000: _("2 kilometres")}
USUAL_RADIUS = 500


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search ideas, processes and pages"),
        max_length=120,
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type a word to search for.")},
    )


def area_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every commune with its districts."""
    districts = list(by_name(without_outlines(Area.objects.filter(kind=AreaKind.DISTRICT))))
    groups = []
    for commune in communes():
        inside = [(area.code, f"{commune}: {area}") for area in districts if area.parent_id == commune.pk]
        groups.append(
            (str(commune), [(commune.code, str(_("%(commune)s, all of it") % {"commune": commune})), *inside])
        )
    return groups


class NearForm(forms.Form):
    """A place, in one of three ways: by its name, by the area it lies in, or by its coordinates. What means nothing is left aside."""

    q = forms.CharField(
        label=_("Address, street, park or district"),
        max_length=120,
        required=False,
        widget=forms.SearchInput(attrs={"autocomplete": "street-address"}),
    )
    radius = forms.TypedChoiceField(
        label=_("How far around"), choices=list(RADII.items()), coerce=int, required=False, empty_value=USUAL_RADIUS
    )
    area = forms.ChoiceField(label=_("Or a whole district or commune"), required=False)
    lat = forms.FloatField(required=False, min_value=49, max_value=52, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=2, max_value=7, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None) -> None:
        if data is not None:
            data = data.copy()
            data.setdefault("radius", str(USUAL_RADIUS))
        super().__init__(data, initial={"radius": USUAL_RADIUS})
        self.fields["area"].choices = [("", pgettext_lazy("no area", "None")), *area_choices()]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What was understood; an invalid value counts as none."""
        self.is_valid()
        return {
            "radius": USUAL_RADIUS,
            **{name: value for name, value in self.cleaned_data.items() if value not in ("", None)},
        }
