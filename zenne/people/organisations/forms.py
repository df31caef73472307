from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from zenne.core.languages import LANGUAGES

from .enums import Role


class Colour(forms.TextInput):
    """The browser's own colour picker."""

    input_type = "color"


def _language_names() -> list[tuple[str, str]]:
    return [(code, name) for code, name in settings.LANGUAGES if code in LANGUAGES]


class OrganisationForm(WagtailAdminModelForm):
    """An organisation as its administrator sees it."""

    languages = forms.MultipleChoiceField(
        label=capfirst(_("promised languages")),
        help_text=_("Nothing is published before it is there in each of them."),
        choices=_language_names,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_host(self) -> str | None:
        return (self.cleaned_data.get("host") or "").strip().lower() or None

    def clean_brand(self) -> str:
        return str(self.cleaned_data["brand"]).lower()

    def clean_accent(self) -> str:
        return str(self.cleaned_data["accent"]).lower()


class RolesForm(WagtailAdminModelForm):
    """The roles of one person in one organisation, all at once."""

    roles = forms.MultipleChoiceField(
        label=capfirst(_("roles")), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            held = self.instance.organisation.memberships.filter(person_id=self.instance.person_id)
            self.initial["roles"] = list(held.values_list("role", flat=True))
