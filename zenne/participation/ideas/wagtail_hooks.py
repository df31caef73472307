"""The back office of ideas: its screens stand in `staff/`."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zenne.people.organisations.staff import StaffViewSet

from .staff.viewsets import ALL


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewsets() -> list[StaffViewSet]:
    return [viewset() for viewset in ALL]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def entering() -> MenuItem:
    return MenuItem(_("Enter an idea"), reverse("idea:enter"), name="enter-idea", icon_name="plus", order=111)


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("ideas/manage.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def ticking() -> str:
    return format_html('<script defer src="{}"></script>', static("ideas/manage.js"))
