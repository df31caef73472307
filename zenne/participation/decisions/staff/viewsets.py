"""The viewsets: bodies, decisions, commitments."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.core.errors import Conflict
from zenne.participation.selections.enums import SelectionState
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import (
    ANY_MEMBER,
    HISTORY,
    LIST,
    NOBODY,
    OrganisationPolicy,
    StaffViewSet,
    filled,
    translated_panels,
)

from .. import actions
from ..actions.deciding import FIELDS
from ..models import Body, Commitment, Decision
from .screens import CommitmentView, DeskView

WRITERS = (Role.MANAGER, Role.EDITOR)


def desk_url(decision: Decision) -> str:
    return reverse("decision:desk", args=[decision.pk])


class BodyViewSet(StaffViewSet):
    model = Body
    policy = OrganisationPolicy("organisation", roles=(Role.MANAGER,), view=ANY_MEMBER)
    name = "decision_body"
    icon = "group"
    menu_label = _("Bodies")
    add_to_admin_menu = False
    fixed = ("organisation",)
    list_display = ["__str__", Column("role", label=_("What it is"), accessor="get_role_display"), "organisation"]
    panels = [FieldPanel("organisation"), *translated_panels("name"), FieldPanel("role")]

    @transaction.atomic
    def update(self, form: Any, *, by: Person, now: datetime) -> Model:
        """What decided as a College does not become something else afterwards, and nothing becomes a College for what it decided before."""
        if "role" in form.changed_data and Decision.objects.filter(body=form.instance.pk).exists():
            raise Conflict(_("It decided already as what it is: enter another body instead."))
        return super().update(form, by=by, now=now)


class DecisionViewSet(StaffViewSet):
    model = Decision
    policy = OrganisationPolicy("body__organisation", roles=WRITERS, view=ANY_MEMBER)
    name = "decision"
    icon = "doc-full-inverse"
    menu_label = _("College decisions")
    menu_order = 132
    fixed = ("source",)
    list_display = [
        TitleColumn("title", label=_("Title"), accessor=str, get_url=desk_url),
        Column("reference", label=_("Reference")),
        "process",
        Column("body", label=_("Body")),
        DateColumn("decided_on", label=_("Decided")),
    ]
    list_export = ["reference", "title", "process", "body", "decided_on"]
    list_filter = ["process", "body"]
    edit_handler = ObjectList(
        [
            FieldPanel("source"),
            FieldPanel("body"),
            FieldPanel("reference"),
            FieldPanel("decided_on"),
            *translated_panels("title", "statement"),
            FieldPanel("file"),
        ]
    )

    def page_of(self, thing: Decision) -> str:  # type: ignore[override]
        return desk_url(thing)

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        if not form.instance.pk:  # type: ignore[attr-defined]
            mine = self.policy.organisations(request.user, "add")  # type: ignore[arg-type]
            found = Selection.objects.filter(state=SelectionState.PUBLISHED, decision__isnull=True)
            if mine is not None:
                found = found.filter(process__organisation__in=mine)
            form.fields["source"].queryset = found.order_by("-pk")  # type: ignore[attr-defined]

    def create(self, form: Any, *, by: Person, now: datetime) -> Decision:
        return actions.prepare(form.cleaned_data["source"], values=filled(form, FIELDS), by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Decision:
        return actions.edit_decision(form.instance, values=filled(form, FIELDS), by=by, now=now)

    def remove(self, thing: Decision, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.discard(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        desk = path("desk/<int:pk>/", self.construct_view(DeskView), name="desk")
        return [*super().get_urlpatterns(), desk]


class CommitmentViewSet(StaffViewSet):
    model = Commitment
    policy = OrganisationPolicy("process__organisation", roles=WRITERS, add=NOBODY, delete=NOBODY)
    name = "commitment"
    icon = "calendar-check"
    menu_label = _("Promises")
    menu_order = 134
    form_fields = ["state"]
    screens = (*LIST, *HISTORY)
    list_display = [
        TitleColumn(
            "idea", label=_("Promise"), accessor=str, get_url=lambda one: reverse("commitment:edit", args=[one.pk])
        ),
        "process",
        Column("decision", label=_("Decision")),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("changed_at", label=_("Last change")),
    ]
    list_export = ["idea", "title", "process", "decision", "state", "changed_at"]
    list_filter = ["state", "process", "decision"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("promise/<int:pk>/", self.construct_view(CommitmentView), name="edit"),
        ]


ALL: tuple[type[StaffViewSet], ...] = (BodyViewSet, DecisionViewSet, CommitmentViewSet)
