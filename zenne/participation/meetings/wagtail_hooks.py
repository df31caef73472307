"""The back office of meetings: its screens stand in `staff/`."""

from wagtail import hooks

from zenne.people.organisations.staff import StaffViewSet

from .staff.viewsets import MeetingViewSet


@hooks.register("register_admin_viewset")
def viewsets() -> list[StaffViewSet]:
    return [MeetingViewSet()]
