from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.models import Organisation

from .enums import Stage


class SearchForm(forms.Form):
    """The filters of the list. What makes no sense in an address narrows nothing."""

    q = forms.CharField(
        label=_("Search"), max_length=120, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All"),
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *Stage.choices], required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
