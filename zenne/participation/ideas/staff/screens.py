"""What every page of the back office of ideas shares."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.people.accounts.models import Person

Row = TypeVar("Row", bound=Model)


class Screen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the viewset it is registered with; `trail` is what stands before it in the breadcrumbs."""

    any_permission_required = ["view"]
    model: Any = None
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
        return [(list_url(), _("Ideas"))]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in self.trail()),
            {"url": "", "label": str(self.page_title)},
        ]


def mine(rows: QuerySet[Row], pk: object) -> Row:
    """The row with this number among one's own. What is not there and what is somebody else's get the same answer: no."""
    key = str(pk)
    found = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 16 else None
    if found is None:
        raise PermissionDenied
    return found


def list_url(filters: str = "") -> str:
    return f"{reverse('idea:index')}?{filters}" if filters else reverse("idea:index")


def idea_url(pk: int) -> str:
    return reverse("idea:edit", args=[pk])
