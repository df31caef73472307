"""The back office of moderation: its screens stand in `staff/`."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from zenne.people.organisations.staff import StaffViewSet

from .staff.viewsets import ALL


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewsets() -> list[StaffViewSet]:
    return [viewset() for viewset in ALL]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("moderation/manage.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def ticking() -> str:
    return format_html('<script defer src="{}"></script>', static("moderation/manage.js"))
