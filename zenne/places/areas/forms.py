from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import AreaKind
from .models import Area
from .queries import by_name, communes, outside, without_outlines


def residence_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every commune with its districts: one list, so that a district always fits its commune, with a script or without."""
    districts = {area.pk: area for area in by_name(without_outlines(Area.objects.filter(kind=AreaKind.DISTRICT)))}
    order = list(districts)
    sectors = Area.objects.filter(kind=AreaKind.SECTOR).order_by("code").values_list("code", "parent_id")
    pairs = {(code[:5], parent) for code, parent in sectors if parent in districts}
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for commune in communes():
        inside = [districts[pk] for pk in order if (commune.code, pk) in pairs or districts[pk].parent_id == commune.pk]
        whole = (f"{commune.code}", str(_("%(commune)s, without saying where") % {"commune": commune}))
        groups.append(
            (str(commune), [whole, *((f"{commune.code}:{area.code}", f"{commune}: {area}") for area in inside)])
        )
    if elsewhere := outside():
        groups.append((str(_("Elsewhere")), [(elsewhere.code, str(elsewhere))]))
    return groups


def residence_value(commune: Area, district: Area | None) -> str:
    return f"{commune.code}:{district.code}" if district else commune.code


class ResidenceField(forms.ChoiceField):
    """Where somebody lives. Cleans to (commune, district or None)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Where do you live?"),
                "help_text": _("Choose your commune, or your district below its name."),
                "choices": lambda: [("", "—"), *residence_choices()],
                **kwargs,
            }
        )

    def clean(self, value: object) -> tuple[Area, Area | None] | None:
        chosen = super().clean(value)
        if not chosen:
            return None
        commune, _colon, district = chosen.partition(":")
        areas = without_outlines(Area.objects.order_by("pk"))
        return (
            areas.get(kind__in=(AreaKind.COMMUNE, AreaKind.OUTSIDE), code=commune),
            areas.get(kind=AreaKind.DISTRICT, code=district) if district else None,
        )


class DistrictField(ResidenceField):
    """In which district somebody lives; a commune alone is no answer. `commune`: only those of this one."""

    def __init__(self, *, commune: Area | None = None, **kwargs: Any) -> None:
        self.commune = commune
        words = {
            "label": _("In which district do you live?"),
            "help_text": _("Choose your district below the name of your commune."),
        }
        super().__init__(**{**words, "choices": self._districts, **kwargs})

    def _districts(self) -> list[Any]:
        groups = [
            (name, [pair for pair in pairs if ":" in pair[0]])
            for name, pairs in residence_choices()
            if self.commune is None or pairs[0][0] == self.commune.code
        ]
        return [("", "—"), *(group for group in groups if group[1])]


class SearchForm(forms.Form):
    """What somebody looks for."""

    q = forms.CharField(
        label=_("Street, park, district or commune"),
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


class ImportForm(forms.Form):
    """A file of areas and what its columns mean."""

    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=[choice for choice in AreaKind.choices if choice[0] != AreaKind.OUTSIDE],
    )
    file = forms.FileField(
        label=_("File"), help_text=_("GeoJSON, TopoJSON or GeoPackage, up to 100 MB; it may be packed as .gz.")
    )
    layer = forms.CharField(label=_("Layer"), required=False, help_text=_("Only when the file has several."))
    code = forms.CharField(label=_("Column of the official code"))
    name_fr = forms.CharField(label=_("Column of the name in French"))
    name_nl = forms.CharField(label=_("Column of the name in Dutch"), required=False)
    parent = forms.CharField(label=_("Column of the code of the area it is part of"), required=False)
    population = forms.CharField(label=_("Column of the number of inhabitants"), required=False)
    postcodes = forms.CharField(label=_("Column of the postcodes"), required=False)
