"""The form with which a series goes on."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zenne.web.fields import DayField

from ..enums import Rhythm
from ..models import Series
from .forms import days_in


class LengthenForm(forms.Form):
    """Up to which day a series goes on, or on which further days."""

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if series.rhythm == Rhythm.LIST:
            self.fields["dates"] = forms.CharField(
                label=_("Further dates"),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("One a line, as 2026-12-03."),
            )
        else:
            self.fields["until"] = DayField(label=_("Until"))

    def clean_dates(self) -> list[date]:
        return days_in(self.cleaned_data["dates"])

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
