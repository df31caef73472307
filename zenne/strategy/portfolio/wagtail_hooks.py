"""The back office of plans: its screens stand in `staff/`."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .staff.debates import DebateViewSet
from .staff.viewsets import PlanViewSet


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewset() -> PlanViewSet:
    return PlanViewSet()


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def debates() -> DebateViewSet:
    return DebateViewSet()


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portfolio/manage.css"))
