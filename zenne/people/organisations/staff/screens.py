"""Pages of a viewset that are neither list, form nor confirmation of one row."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.people.accounts.models import Person


class Screen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the viewset it is registered with; `trail` is what stands before it in the breadcrumbs: the viewset's list."""

    any_permission_required = ["view"]
    model: Any = None
    viewset: Any = None
    filters: Any = None
    page_title: Any = ""
    header_icon = "comment"
    request: HttpRequest

    @property
    def who(self) -> dict[str, Any]:
        """Who does it, and when: what every verb asks."""
        return {"by": self.person, "now": self.request.now}  # type: ignore[attr-defined]

    @property
    def person(self) -> Person:
        return self.request.user  # type: ignore[return-value]

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse(self.viewset.get_url_name("index")), str(self.viewset.menu_label))]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in self.trail()),
            {"url": "", "label": str(self.page_title)},
        ]
