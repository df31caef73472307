"""The list and the form of webhooks: they write through the verbs in `actions`."""

from datetime import datetime
from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import OrganisationPolicy, StaffViewSet

from .. import actions
from ..forms import SubscriptionForm
from ..models import Subscription
from .screens import SubscriptionPage, page_url


class SubscriptionViewSet(StaffViewSet):
    model = Subscription
    policy = OrganisationPolicy("organisation", roles=(Role.ADMIN,))
    name = "webhook"
    icon = "link"
    menu_label = _("Webhooks")
    menu_order = 620
    fixed = ("organisation",)
    list_display = [
        TitleColumn("name", label=_("Name"), get_url=page_url),
        Column("address", label=_("HTTPS address")),
        Column("state", label=_("State"), accessor="get_state_display"),
        "organisation",
        DateColumn("created_at", label=_("Created")),
    ]
    list_filter = ["organisation", "state"]
    list_export = ["name", "address", "events", "state", "organisation", "created_at"]
    search_fields = ["name", "address"]
    edit_handler = ObjectList(
        [FieldPanel("organisation"), FieldPanel("name"), FieldPanel("address"), FieldPanel("events")],
        base_form_class=SubscriptionForm,
    )

    def page_of(self, thing: Subscription) -> str:  # type: ignore[override]
        return page_url(thing)

    def create(self, form: Any, *, by: Person, now: datetime) -> Subscription:
        given = form.cleaned_data
        return actions.subscribe(
            organisation=given["organisation"],
            name=given["name"],
            address=given["address"],
            events=given["events"],
            by=by,
            now=now,
        )

    def update(self, form: Any, *, by: Person, now: datetime) -> Subscription:
        given = form.cleaned_data
        return actions.change(
            form.instance, name=given["name"], address=given["address"], events=given["events"], by=by, now=now
        )

    def remove(self, thing: Subscription, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.unsubscribe(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        page = path("page/<int:pk>/", self.construct_view(SubscriptionPage), name="page")
        return [*super().get_urlpatterns(), page]
