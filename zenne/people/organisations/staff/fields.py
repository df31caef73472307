"""Days and moments in the back office: they are written as in Brussels, `31/12/2026 14:00`, and read in every way that people type them."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from zenne.web.fields import WRITTEN, DayField


class _AsTyped:
    """What is typed stays as it is typed: left alone, the picker makes 3 March of 31 February, and today of what it cannot read."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}  # type: ignore[misc]


class DayInput(_AsTyped, AdminDateInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(format="%d/%m/%Y", attrs={"placeholder": _("dd/mm/yyyy"), **(attrs or {})})


class MomentInput(_AsTyped, AdminDateTimeInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(format="%d/%m/%Y %H:%M", attrs={"placeholder": _("dd/mm/yyyy hh:mm"), **(attrs or {})})


class WagtailDayField(DayField):
    """A day by Wagtail's picker. The field reads all that people type, and says so where it is no day."""

    widget = DayInput


class MomentField(forms.DateTimeField):
    widget = MomentInput

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"input_formats": [f"{day} %H:%M" for day in WRITTEN], **more})


# The forms of every viewset too.
register_form_field_override(models.DateField, override={"form_class": WagtailDayField})
register_form_field_override(models.DateTimeField, override={"form_class": MomentField})
