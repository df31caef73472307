"""The back office of selections: its screens stand in `staff.py`."""

from wagtail import hooks

from .staff import SelectionViewSet


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def viewset() -> SelectionViewSet:
    return SelectionViewSet()
