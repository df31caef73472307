"""The back office of juries: its screens stand in `staff/`."""

from wagtail import hooks

from zenne.people.organisations.staff import StaffViewSet

from .staff.viewsets import JuryViewSet


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewsets() -> list[StaffViewSet]:
    return [JuryViewSet()]
