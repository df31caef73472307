"""The back office of panels: its screens stand in `staff/`."""

from wagtail import hooks

from zenne.people.organisations.staff import StaffViewSet

from .staff.viewsets import PanelViewSet


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewsets() -> list[StaffViewSet]:
    return [PanelViewSet()]
