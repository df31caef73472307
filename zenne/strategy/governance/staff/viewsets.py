"""The staff screens: members, sittings, reviews, calls, registers; each limited to the organisations of the person."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.participation.decisions.enums import GOVERNING
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import (
    ANY_MEMBER,
    HISTORY,
    LIST,
    NOBODY,
    OrganisationPolicy,
    StaffViewSet,
    save_with,
    translated_panels,
)
from zenne.web.fields import EuroField

from .. import actions
from ..models import Call, Entry, Review, Seat, Sitting
from .calls import CallDesk
from .reviews import ReviewDesk
from .sittings import SittingDesk

WRITERS = (Role.MANAGER, Role.EDITOR)


def _to(name: str) -> Any:
    return lambda row: reverse(f"{name}:desk", args=[row.pk])


def _limit(form: BaseForm, viewset: StaffViewSet, request: HttpRequest, **paths: str) -> None:
    """Offer only what the person's organisations have, of things that have no screen of their own: by the way from each to its organisation."""
    mine = viewset.policy.organisations(request.user, "add", "change")
    for name, path_ in paths.items():
        field = form.fields[name]
        if mine is not None:
            field.queryset = field.queryset.filter(**{f"{path_}__in": mine})  # type: ignore[attr-defined]


class SeatViewSet(StaffViewSet):
    model = Seat
    policy = OrganisationPolicy("body__organisation", roles=(Role.MANAGER,), view=ANY_MEMBER)
    name = "governance_seat"
    url_prefix = "governance/members"
    icon = "group"
    menu_label = _("Members of bodies")
    careful = True
    add_to_admin_menu = False
    fixed = ("body",)
    list_display = ["name", "body", Column("part", label=_("As what")), DateColumn("since"), DateColumn("until")]
    list_export = ["name", "part", "body", "since", "until"]
    list_filter = ["body"]
    edit_handler = ObjectList(
        [
            FieldPanel("body"),
            FieldPanel("name"),
            FieldPanel("person"),
            *translated_panels("part"),
            FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
            FieldPanel("position"),
        ]
    )
    create = save_with(actions.save_seat, as_="seat")
    update = save_with(actions.save_seat, as_="seat")


class SittingViewSet(StaffViewSet):
    model = Sitting
    policy = OrganisationPolicy("body__organisation", roles=WRITERS, view=ANY_MEMBER)
    name = "governance_sitting"
    url_prefix = "governance/sittings"
    icon = "date"
    menu_label = _("Sittings")
    careful = True
    add_to_admin_menu = False
    fixed = ("body",)
    list_display = [
        TitleColumn("body", label=_("Sitting"), accessor=str, get_url=_to("governance_sitting")),
        DateColumn("starts_at", label=_("Begins")),
        Column("state", label=_("State"), accessor="get_state_display"),
    ]
    list_export = ["body", "starts_at", "place", "state", "called_at", "published_at"]
    list_filter = ["body", "state"]
    edit_handler = ObjectList([FieldPanel("body"), FieldPanel("starts_at"), FieldPanel("place")])
    create = save_with(actions.save_sitting, as_="sitting")
    update = save_with(actions.save_sitting, as_="sitting")

    def page_of(self, thing: Model) -> str:
        return reverse(self.get_url_name("desk"), args=[thing.pk])

    def remove(self, thing: Model, *, by: Person, now: datetime) -> None:
        assert isinstance(thing, Sitting)
        actions.discard_sitting(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        desk = path("desk/<int:pk>/", self.construct_view(SittingDesk), name="desk")
        return [*super().get_urlpatterns(), desk]


class ReviewViewSet(StaffViewSet):
    """A review is begun here; everything else happens at its desk."""

    model = Review
    policy = OrganisationPolicy(
        "plan__organisation", roles=(Role.MANAGER,), view=ANY_MEMBER, change=NOBODY, delete=NOBODY
    )
    name = "governance_review"
    url_prefix = "governance/reviews"
    icon = "history"
    menu_label = _("Reviews of plans")
    add_to_admin_menu = False
    screens = (*LIST, "add", *HISTORY)
    list_display = [
        TitleColumn("plan", label=_("Review"), accessor=str, get_url=_to("governance_review")),
        Column("state", label=_("Step"), accessor="get_state_display"),
        Column("body", label=_("Decided by")),
        DateColumn("ends_on", label=_("Last day")),
    ]
    list_export = ["plan", "starts_on", "ends_on", "state", "body", "reported_at", "closed_at"]
    list_filter = ["plan", "state"]
    edit_handler = ObjectList(
        [
            FieldPanel("plan"),
            FieldPanel("body"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldPanel("owner"),
        ]
    )

    def page_of(self, thing: Model) -> str:
        return reverse(self.get_url_name("desk"), args=[thing.pk])

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        _limit(form, self, request, plan="organisation")
        bodies = form.fields["body"]
        bodies.queryset = bodies.queryset.filter(role__in=GOVERNING)  # type: ignore[attr-defined]

    def create(self, form: Any, *, by: Person, now: datetime) -> Review:
        given = form.cleaned_data
        names = ("body", "starts_on", "ends_on", "owner")
        return actions.open_review(given["plan"], **{name: given[name] for name in names}, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("desk/<int:pk>/", self.construct_view(ReviewDesk), name="desk")]


class CallForm(WagtailAdminModelForm):
    amount_cents = EuroField(label=_("Amount, in euros"), required=False)


class CallViewSet(StaffViewSet):
    model = Call
    policy = OrganisationPolicy("organisation", roles=WRITERS, view=ANY_MEMBER)
    name = "governance_call"
    url_prefix = "governance/calls"
    icon = "calendar-alt"
    menu_label = _("Calls for projects")
    careful = True
    add_to_admin_menu = False
    fixed = ("organisation",)
    list_display = [
        TitleColumn("title", label=_("Title"), accessor=str, get_url=_to("governance_call")),
        "funder",
        DateColumn("due_on", label=_("Deadline")),
    ]
    list_export = ["title", "funder", "source", "opens_on", "due_on", "amount_cents", "organisation"]
    list_filter = ["organisation", "source"]
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            FieldPanel("funder"),
            FieldPanel("source"),
            *translated_panels("title", "conditions"),
            FieldPanel("url"),
            FieldRowPanel([FieldPanel("opens_on"), FieldPanel("due_on")]),
            FieldPanel("amount_cents", heading=_("Amount, in euros")),
            FieldPanel("dossier"),
            FieldPanel("team"),
        ],
        base_form_class=CallForm,
    )
    create = save_with(actions.save_call, as_="call")
    update = save_with(actions.save_call, as_="call")

    def page_of(self, thing: Model) -> str:
        return reverse(self.get_url_name("desk"), args=[thing.pk])

    def get_urlpatterns(self) -> list[URLPattern]:
        desk = path("desk/<int:pk>/", self.construct_view(CallDesk), name="desk")
        return [*super().get_urlpatterns(), desk]


class EntryViewSet(StaffViewSet):
    model = Entry
    policy = OrganisationPolicy("organisation", roles=WRITERS, view=ANY_MEMBER)
    name = "governance_register"
    url_prefix = "governance/registers"
    icon = "list-ul"
    menu_label = _("Registers")
    careful = True
    add_to_admin_menu = False
    fixed = ("organisation",)
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("with_whom", label=_("With whom")),
        DateColumn("starts_on", label=_("From")),
        DateColumn("ends_on", label=_("Until")),
    ]
    list_export = ["kind", "title", "with_whom", "place", "starts_on", "ends_on", "department", "project", "outcome"]
    list_filter = ["kind", "organisation", "public"]
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            FieldPanel("kind"),
            *translated_panels("title", "text"),
            FieldPanel("with_whom"),
            FieldPanel("place"),
            FieldPanel("url"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldPanel("department"),
            FieldPanel("owner"),
            FieldPanel("project"),
            FieldPanel("follows"),
            *translated_panels("outcome", optional=True),
            FieldPanel("public"),
        ]
    )
    create = save_with(actions.save_entry, as_="entry")
    update = save_with(actions.save_entry, as_="entry")

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        _limit(form, self, request, project="plan__organisation", department="organisation")


ALL: tuple[type[StaffViewSet], ...] = (SittingViewSet, ReviewViewSet, CallViewSet, EntryViewSet, SeatViewSet)
