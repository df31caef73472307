"""The staff screens: every advice of the organisation, the late ones first, and the desk of each."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.core.clock import in_brussels
from zenne.participation.decisions.models import Body
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, OrganisationPolicy, StaffViewSet, filled, translated_panels

from .. import actions
from ..actions import FIELDS, WORDS
from ..models import Advice
from .screens import DeskView

WRITERS = (Role.MANAGER, Role.EDITOR)


def desk_url(advice: Advice) -> str:
    return reverse("advice:desk", args=[advice.pk])


class LateColumn(Column):
    """The days an answer is overdue, or came too late."""

    def get_value(self, instance: Advice) -> str:
        return ""  # which day it is, only the page knows

    def get_cell_context_data(self, instance: Advice, parent_context: Any) -> dict[str, Any]:
        days = instance.days_late(in_brussels(parent_context["request"].now).date())
        found: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return found | {"value": str(days) if days else ""}


class AdviceViewSet(StaffViewSet):
    model = Advice
    policy = OrganisationPolicy("process__organisation", roles=WRITERS, view=ANY_MEMBER)
    name = "advice"
    icon = "mail"
    menu_label = _("Advices")
    menu_order = 133
    fixed = ("process",)
    list_display = [
        TitleColumn("title", label=_("Title"), accessor=str, get_url=desk_url),
        "process",
        Column("body", label=_("Addressed to")),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("due_on", label=_("To be answered by")),
        LateColumn("late", label=_("Days late")),
    ]
    list_export = ["number", "issuer", "title", "process", "body", "state", "issued_at", "due_on", "answered_at"]
    list_filter = ["state", "process", "body"]
    edit_handler = ObjectList(
        [
            FieldPanel("process"),
            FieldPanel("body"),
            *translated_panels(*WORDS),
            FieldPanel("due_on"),
            FieldPanel("file"),
        ]
    )

    def page_of(self, thing: Advice) -> str:  # type: ignore[override]
        return desk_url(thing)

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        mine = self.policy.organisations(request.user, "add")  # type: ignore[arg-type]
        if mine is not None:
            form.fields["body"].queryset = Body.objects.filter(organisation__in=mine)  # type: ignore[attr-defined]

    def create(self, form: Any, *, by: Person, now: datetime) -> Advice:
        return actions.prepare(form.cleaned_data["process"], values=filled(form, FIELDS), by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Advice:
        return actions.edit(form.instance, values=filled(form, FIELDS), by=by, now=now)

    def remove(self, thing: Advice, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.discard(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        desk = path("desk/<int:pk>/", self.construct_view(DeskView), name="desk")
        return [*super().get_urlpatterns(), desk]


ALL: tuple[type[StaffViewSet], ...] = (AdviceViewSet,)
