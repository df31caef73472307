"""The back office: who sees what of Wagtail, and the first page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from zenne.core.errors import NotFound

from . import boards, queries
from .enums import Role
from .files import MemberCollectionPolicy
from .library import may_fetch
from .staff import StaffViewSet
from .staff.organisation import InvitationViewSet, MembershipViewSet, OrganisationViewSet

# Wagtail's own was translated once, for everybody, when it was imported
ChooserViewSet.search_tab_label = gettext_lazy("Search")


@hooks.register("register_admin_urls")
def own_pictures() -> list[URLPattern]:
    """Pictures and files answer to membership. Said here, where every app is ready: Wagtail has set its own answer by then."""
    for shared in (get_image_model(), get_document_model()):
        policy_registry.register(shared, value=MemberCollectionPolicy(shared))
    return []


@hooks.register("construct_admin_api", order=200)
def own_pictures_only(router: Any) -> None:
    """Wagtail's own JSON behind the back office lists every picture and file to whoever may enter: here it lists one's own."""
    for name, endpoint in list(router._endpoints.items()):
        if issubclass(endpoint.model, (get_image_model(), get_document_model())):
            router.register_endpoint(name, type(endpoint.__name__, (_Chosen, endpoint), {}))


@hooks.register("before_serve_document")
def not_before_it_is_public(file: AbstractDocument, request: HttpRequest) -> None:
    """Numbers of files can be counted and their names guessed: a draft's file is not there for whoever does."""
    if not may_fetch(file, request):
        raise NotFound(_("This file does not exist, or is not public."))


class _Chosen:
    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        policy = policy_registry.get_by_type(rows.model)
        mine = policy.instances_user_has_any_permission_for(self.request.user, ["choose"])  # type: ignore[attr-defined]
        return rows.filter(pk__in=mine.values("pk"))


@hooks.register("register_admin_viewset")
def viewsets() -> list[StaffViewSet]:
    return [OrganisationViewSet(), MembershipViewSet(), InvitationViewSet()]


# The doors of Wagtail that are ours: signing in and the profile


def _to_home(request: HttpRequest, **rest: str) -> HttpResponse:
    return redirect("wagtailadmin_home")


@hooks.register("register_admin_urls")
def closed_doors() -> list[URLPattern]:
    """One way in: Wagtail's own sign-in, password, account and user forms know neither codes nor passkeys nor confirmed addresses.

    One way to be allowed something too: memberships, not Wagtail's groups.
    """
    doors = ("login", "password_reset", "users", "groups")
    return [
        address for door in doors for address in (path(f"{door}/", _to_home), path(f"{door}/<path:rest>", _to_home))
    ]


# The menu


@hooks.register("construct_main_menu", order=1000)
def trim_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Members see their own things. Pages, reports and settings are the platform administrators'; help is our manual."""
    theirs = {"images", "documents", "explorer"} if request.user.is_superuser else {"images", "documents"}
    hidden = {"reports", "help", "settings", "explorer", "snippets", "users"} - theirs
    if request.user.is_superuser:
        hidden -= {"settings"}
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("construct_settings_menu", order=1000)
def trim_settings(request: HttpRequest, items: list[MenuItem]) -> None:
    """Nothing in the menu leads to a closed door."""
    items[:] = [item for item in items if item.name not in {"users", "groups", "workflows", "workflow-tasks"}]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_figures(request: HttpRequest, items: list[Component]) -> None:
    """Wagtail's counts of pages and pictures say nothing here."""
    items.clear()


# The first page


class DeskPanel(Component):
    """What waits for this person, and their organisations."""

    order = 10
    template_name = "people/organisations/staff/desk.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        mine = queries.organisations_of(request.user)
        waiting = []
        for _key, desk in sorted(boards.desks.items(), key=lambda item: (item[1].order, item[0])):
            if count := desk.count(request.user, mine):
                waiting.append(
                    {"label": desk.label, "count": count, "url": desk.url(request.user, mine), "icon": desk.icon}
                )
        houses = []
        for organisation in mine[:30]:
            lines = boards.checklist(organisation) if not organisation.live else []
            houses.append(
                {
                    "organisation": organisation,
                    "roles": sorted(Role(role).label for role in queries.roles_of(request.user, organisation)),
                    "manages": Role.ADMIN in queries.roles_of(request.user, organisation),
                    "left": sum(not line.done for line in lines if line.check.required),
                }
            )
        return {"waiting": waiting, "houses": houses, "may_add": request.user.is_superuser}


@hooks.register("construct_homepage_panels", order=1000)
def first_page(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [DeskPanel()]


# The look


@hooks.register("insert_global_admin_css")
def own_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("organisations/manage.css"))


@hooks.register("insert_global_admin_js")
def look_preview() -> str:
    return format_html(
        '<script defer src="{}" data-look="{}"></script>', static("organisations/look.js"), reverse("organisation:look")
    )
