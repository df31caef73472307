"""The back office of indicators: its screens stand in `staff/`."""

from wagtail import hooks

from zenne.people.organisations.staff import StaffViewSet

from .staff.viewsets import ALL


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewsets() -> list[StaffViewSet]:
    return [viewset() for viewset in ALL]
