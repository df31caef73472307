"""Fields for forms that stand between Wagtail's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from zenne.web.fields import DayField


class _DayInput(AdminDateInput):
    """What is typed stays as it is typed: left alone, the picker makes 3 March of 31 February, and today of what it cannot read."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}


class WagtailDayField(DayField):
    """A day by Wagtail's picker. The field reads all that people type, and says so where it is no day."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=_DayInput(format="%d/%m/%Y", attrs={"placeholder": _("dd/mm/yyyy")}), **more)
