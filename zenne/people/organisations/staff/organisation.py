"""Organisations, their members and their invitations in the back office: preparing one, its look, going live."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.core.errors import Spoken
from zenne.people.accounts.models import Person
from zenne.web import theme

from .. import actions, boards
from ..enums import Role
from ..forms import Colour, OrganisationForm, RolesForm
from ..models import Invitation, Membership, Organisation
from .languages import translated_panels
from .policies import ANY_MEMBER, NOBODY, PLATFORM, OrganisationPolicy
from .views import ReadsView
from .viewsets import StaffViewSet, save_with


class ChecklistView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What is missing before an organisation goes live, in the order of a first half hour."""

    any_permission_required = ["change"]
    model: Any = None
    template_name = "people/organisations/staff/checklist.html"
    page_title = gettext_lazy("Go live")
    header_icon = "tasks"
    index_url_name = ""
    edit_url_name = ""

    @cached_property
    def organisation(self) -> Organisation:
        return get_object_or_404(Organisation, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.organisation)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Organisations")},
            {"url": reverse(self.edit_url_name, args=[self.organisation.pk]), "label": str(self.organisation)},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = boards.checklist(self.organisation)
        return {
            **super().get_context_data(**kwargs),
            "organisation": self.organisation,
            "lines": lines,
            "done": sum(line.done for line in lines),
            "ready": all(line.done or not line.check.required for line in lines),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            actions.open_organisation(organisation=self.organisation, by=request.user, now=request.now)  # type: ignore[arg-type,attr-defined]
        except Spoken as refusal:
            messages.error(request, f"{refusal.headline}. {refusal.message}")
        else:
            messages.success(request, _("%(name)s is live.") % {"name": self.organisation})
        return redirect(request.path)


class LookView(PermissionCheckedMixin, View):
    """A small picture of two colours on a page, by day and by night, with their contrast; asked again while colours are picked."""

    any_permission_required = ["change"]
    model: Any = None

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            corners = theme.corner_style(request.GET.get("corners", "round"))
            made = theme.make(request.GET.get("brand", ""), request.GET.get("accent", ""), corners)
        except theme.NotAColour:
            return HttpResponse(status=422)
        sides = [
            {
                "label": label,
                "roles": {name.replace("-", "_"): colour for name, colour in roles.items()},
                "contrast": min(
                    theme.contrast(roles[a], roles[b])
                    for a, b in (("ink", "bg"), ("onbrand", "brand"), ("onaccent", "accent"))
                ),
                "radius": {"square": 4, "soft": 8, "round": 18}[corners],
                "asked": request.GET.get("brand", "") if label_is_light else "",
            }
            for label, roles, label_is_light in ((_("By day"), made.light, True), (_("By night"), made.dark, False))
        ]
        moved = made.light["brand"] != theme.colour(request.GET["brand"])
        return HttpResponse(
            render_to_string("people/organisations/staff/look.html", {"sides": sides, "moved": moved}, request)
        )


SLUG = gettext_lazy("The last part of its page’s address, such as “jette”. It stays for good once it is live.")
HOST = gettext_lazy("Only if it has one that leads here, such as participer.jette.be.")


class OrganisationViewSet(StaffViewSet):
    model = Organisation
    policy = OrganisationPolicy("", view=ANY_MEMBER, add=PLATFORM, change=(Role.ADMIN,), delete=NOBODY)
    name = "organisation"
    icon = "home"
    menu_label = gettext_lazy("Organisations")
    menu_order = 600
    list_display = [
        "__str__",
        "kind",
        Column("slug", label=gettext_lazy("Address")),
        BooleanColumn("live", label=gettext_lazy("Live")),
    ]
    list_filter = ["kind"]
    list_export = ["slug", "name", "kind", "languages", "opened_at"]
    search_fields = ["name", "slug"]
    create = save_with(actions.create_organisation, as_="organisation")
    update = save_with(actions.change_organisation, as_="organisation")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("kind", permission="superuser"), FieldPanel("parent", permission="superuser")]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("slug", permission="superuser", help_text=SLUG),
                            FieldPanel("host", permission="superuser", help_text=HOST),
                        ]
                    ),
                    FieldPanel("languages"),
                ],
                heading=gettext_lazy("Who you are"),
            ),
            *translated_panels("name"),
            *translated_panels("subname", optional=True),
            *translated_panels("about"),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("brand", widget=Colour), FieldPanel("accent", widget=Colour), FieldPanel("corners")]
                    ),
                    FieldPanel("logo"),
                ],
                heading=gettext_lazy("Your look"),
                help_text=gettext_lazy(
                    "Choose two colours. All others follow from them, and each is moved until everybody can read it, by day and by night."
                ),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                    FieldPanel("address"),
                    FieldPanel("privacy_email"),
                ],
                heading=gettext_lazy("How people reach you"),
            ),
        ],
        base_form_class=OrganisationForm,
    )

    @property
    def _reads(self) -> Any:
        here = self.get_url_name("reads")
        return self.construct_view(ReadsView, history_url_name=here, history_results_url_name=here)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("start/<int:pk>/", self.construct_view(ChecklistView), name="start"),
            path("look/", self.construct_view(LookView), name="look"),
            path("reads/<int:pk>/", self._reads, name="reads"),
        ]


# Members and invitations


class MembershipViewSet(StaffViewSet):
    model = Membership
    policy = OrganisationPolicy("organisation", roles=(Role.ADMIN,), add=NOBODY)
    name = "membership"
    icon = "user"
    menu_label = gettext_lazy("Members")
    menu_order = 605
    list_display = [
        "person",
        Column("email", label=gettext_lazy("E-mail address"), accessor="person.email"),
        "role",
        "organisation",
        DateColumn("since", label=gettext_lazy("Since")),
    ]
    shows_person = "person"
    list_filter = ["organisation", "role"]
    list_export = ["person.name", "person.email", "role", "organisation", "since"]
    search_fields = ["person__name", "person__email"]
    edit_handler = ObjectList([FieldPanel("roles")], base_form_class=RolesForm)

    def update(self, form: Any, *, by: Person, now: datetime) -> Membership:
        membership: Membership = form.instance
        here, person = membership.organisation, membership.person
        actions.change_roles(organisation=here, person=person, roles=form.cleaned_data["roles"], by=by, now=now)
        return here.memberships.filter(person=person).order_by("id").first() or membership

    def remove(self, thing: Membership, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.remove_member(organisation=thing.organisation, person=thing.person, by=by, now=now)


class InvitationViewSet(StaffViewSet):
    model = Invitation
    policy = OrganisationPolicy("organisation", roles=(Role.ADMIN,), change=NOBODY)
    name = "invitation"
    icon = "login"
    menu_label = gettext_lazy("Invitations")
    menu_order = 606
    list_display = [
        "email",
        "role",
        "organisation",
        DateColumn("invited_at", label=gettext_lazy("Invited")),
        Column("state", label=gettext_lazy("State"), accessor="state_in_words"),
    ]
    list_filter = ["organisation", "role"]
    search_fields = ["email"]
    panels = [FieldPanel("organisation"), FieldPanel("email"), FieldPanel("role")]

    def create(self, form: Any, *, by: Person, now: datetime) -> Invitation:
        given = form.cleaned_data
        return actions.invite(
            organisation=given["organisation"], email=given["email"], role=given["role"], by=by, now=now
        )

    def remove(self, thing: Invitation, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.withdraw_invitation(invitation=thing, by=by, now=now)
