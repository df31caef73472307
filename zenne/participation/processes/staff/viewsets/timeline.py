"""Phases and activities: when what happens, and who may take part."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import OrganisationPolicy, filled, translated_panels

from ... import actions
from ...actions import timeline
from ...models import Activity, Phase
from .. import screens
from ..forms import ActivityForm, PhaseForm
from .parts import EDITORS, MANAGERS, PartViewSet, hidden


def window_panels() -> list[Panel]:
    days = [FieldPanel("opens_day"), FieldPanel("opens_hour")]
    ends = [FieldPanel("closes_day"), FieldPanel("closes_hour")]
    reasons = [FieldPanel(f"reason_{language}") for language in ("fr", "nl", "en")]
    return [
        MultiFieldPanel([FieldRowPanel(days), FieldRowPanel(ends)], heading=_("When")),
        MultiFieldPanel(
            reasons,
            heading=_("Why this changes"),
            help_text=_("It has opened: a change of dates is public, and residents read this reason."),
        ),
    ]


class PhaseViewSet(PartViewSet):
    model = Phase
    policy = OrganisationPolicy("process__organisation", roles=EDITORS, add=MANAGERS, delete=MANAGERS)
    name = "process_phase"
    icon = "date"
    edit_handler = ObjectList(
        [hidden("process"), *translated_panels("title", "summary"), *window_panels()],
        base_form_class=PhaseForm,
    )

    def prepare(self, form: Any, request: HttpRequest) -> None:
        super().prepare(form, request)
        form.offer_for(form.instance, request.now)  # type: ignore[attr-defined]

    def create(self, form: Any, *, by: Person, now: datetime) -> Phase:
        given = {**filled(form, timeline.PHASE_TEXTS), **form.window()}
        return actions.add_phase(form.cleaned_data["process"], values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Phase:
        given = {**filled(form, timeline.PHASE_TEXTS), **form.window()}
        return actions.edit_phase(form.instance, values=given, by=by, now=now, reason=form.reason())

    def remove(self, thing: Phase, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_phase(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        extend = path("extend/<int:pk>/", self.construct_view(screens.ExtendView), name="extend")
        return [*super().get_urlpatterns(), extend]


class ActivityViewSet(PartViewSet):
    model = Activity
    policy = OrganisationPolicy("phase__process__organisation", roles=EDITORS, add=MANAGERS, delete=MANAGERS)
    name = "process_activity"
    icon = "pick"
    list_display = ["__str__", "phase"]
    fixed = ("phase", "kind")
    edit_handler = ObjectList(
        [
            hidden("phase"),
            FieldPanel("kind"),
            *translated_panels("title", "intro"),
            *window_panels(),
        ],
        base_form_class=ActivityForm,
    )

    def prepare(self, form: Any, request: HttpRequest) -> None:
        form.offer_for(form.instance, request.now)  # type: ignore[attr-defined]

    def create(self, form: Any, *, by: Person, now: datetime) -> Activity:
        given = {**filled(form, timeline.ACTIVITY_TEXTS), **form.window()}
        kind = form.cleaned_data["kind"]
        return actions.add_activity(form.cleaned_data["phase"], kind=kind, values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Activity:
        given = {**filled(form, timeline.ACTIVITY_TEXTS), **form.window()}
        return actions.edit_activity(form.instance, values=given, by=by, now=now, reason=form.reason())

    def remove(self, thing: Activity, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_activity(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        under = [
            path("extend/<int:pk>/", self.construct_view(screens.ExtendView), name="extend"),
            path("rules/<int:pk>/", self.construct_view(screens.PermissionsView), name="permissions"),
        ]
        return [*super().get_urlpatterns(), *under]
