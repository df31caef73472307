"""The back office of reports: its screens stand in `staff.py`."""

from wagtail import hooks

from .staff import ReportViewSet


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewset() -> ReportViewSet:
    return ReportViewSet()
