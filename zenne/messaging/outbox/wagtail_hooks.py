"""The back office of the outbox: its screen stands in `staff.py`."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import staff


class _Platform(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser  # type: ignore[union-attr]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def addresses() -> list[URLPattern]:
    return [path("outbox/", staff.OutboxView.as_view(), name="outbox-board")]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def menu() -> MenuItem:
    return _Platform(_("Outgoing mail"), reverse("outbox-board"), name="outbox", icon_name="upload", order=895)


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("outbox/manage.css"))
