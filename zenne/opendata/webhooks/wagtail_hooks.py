"""The back office of webhooks: its screens stand in `staff/`."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from zenne.people.organisations.staff import StaffViewSet

from .staff.viewsets import SubscriptionViewSet


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewset() -> StaffViewSet:
    return SubscriptionViewSet()


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("webhooks/manage.css"))
