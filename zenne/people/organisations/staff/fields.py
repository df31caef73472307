"""Fields for forms that stand between Wagtail's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from zenne.web.fields import DayField


class WagtailDayField(DayField):
    """A day by Wagtail's picker. It makes today of what it cannot read, so the field reads all that people type."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=AdminDateInput(format="%d/%m/%Y", attrs={"placeholder": _("dd/mm/yyyy")}), **more)
