"""The back office of governance: its screens stand in `staff/`."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zenne.people.organisations.staff import StaffViewSet, held_roles

from .staff.overview import Overview
from .staff.viewsets import ALL


class _Mine(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or bool(held_roles(request.user))  # type: ignore[union-attr,arg-type]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def addresses() -> list[URLPattern]:
    return [path("governance/", Overview.as_view(), name="governance")]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def menu() -> MenuItem:
    return _Mine(_("Governance"), reverse("governance"), name="governance", icon_name="group", order=131)


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewsets() -> list[StaffViewSet]:
    return [viewset() for viewset in ALL]
