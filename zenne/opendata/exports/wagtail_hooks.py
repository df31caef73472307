"""The back office of exports: its screens stand in `staff.py`."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from zenne.people.organisations.staff import held_roles

from . import staff


class _Mine(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or bool(held_roles(request.user))  # type: ignore[union-attr,arg-type]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def addresses() -> list[URLResolver]:
    patterns = [
        path("", staff.ExportsView.as_view(), name="list"),
        path("<int:pk>/", staff.ProgressView.as_view(), name="export"),
        path("<int:pk>/file/", staff.FileView.as_view(), name="file"),
    ]
    return [path("exports/", include((patterns, "exports")))]


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def terms() -> staff.TermsViewSet:
    return staff.TermsViewSet()


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def menu() -> MenuItem:
    return _Mine(_("My exports"), reverse("exports:list"), name="exports", icon_name="download", order=890)


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("exports/manage.css"))
