"""The viewsets: services, the settings and the desk of an activity, and studies with their overview."""

from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.processes.models import Activity
from zenne.participation.processes.staff.forms import Reasons
from zenne.participation.selections.queries import sources
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import (
    ANY_MEMBER,
    HISTORY,
    NOBODY,
    OrganisationPolicy,
    StaffViewSet,
    filled,
    translated_panels,
)

from ..actions import change_feasibility
from ..actions.sending import FIELDS
from ..models import Feasibility, Service, Study
from .screens import ListView, OverviewView, SendView, StudyView


class ServiceViewSet(StaffViewSet):
    model = Service
    policy = OrganisationPolicy("organisation", roles=(Role.MANAGER,), view=ANY_MEMBER)
    name = "study_service"
    icon = "group"
    menu_label = _("Services")
    menu_order = 122
    add_to_admin_menu = False
    fixed = ("organisation",)
    list_display = ["__str__", "organisation"]
    panels = [
        FieldPanel("organisation"),
        *translated_panels("name"),
        FieldPanel("members", widget=forms.CheckboxSelectMultiple),
    ]


class SettingsForm(Reasons, WagtailAdminModelForm):
    """What is studied, the days, and the public reason once it has opened."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("call") and data.get("source"):
            self.add_error("source", _("Choose a call or a decision, not both."))
        return data


class FeasibilityViewSet(StaffViewSet):
    model = Feasibility
    policy = OrganisationPolicy(
        "activity__phase__process__organisation", roles=(Role.MANAGER,), add=NOBODY, delete=NOBODY
    )
    name = "feasibility"
    icon = "cog"
    add_to_admin_menu = False
    list_display = ["__str__"]
    screens = ("edit", *HISTORY)
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("call"), FieldPanel("source")], heading=_("Which ideas are studied")),
            FieldPanel("days"),
            MultiFieldPanel(
                [FieldPanel(attribute("reason", language)) for language in LANGUAGES],
                heading=_("Why this changes"),
                help_text=_("The activity has opened: a change of its rule is public, and residents read this reason."),
            ),
        ],
        base_form_class=SettingsForm,
    )

    def page_of(self, thing: Feasibility) -> str:  # type: ignore[override]
        return reverse("feasibility:send", args=[thing.pk])

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """The calls and decisions of its own process; a reason only where a change would be public."""
        activity = form.instance.activity  # type: ignore[attr-defined]
        process = activity.process
        form.fields["call"].queryset = Activity.objects.filter(phase__process=process, kind="ideation")  # type: ignore[attr-defined]
        form.fields["source"].queryset = sources(process)  # type: ignore[attr-defined]
        form.offer_for(activity, request.now)  # type: ignore[attr-defined]

    def update(self, form: Any, *, by: Person, now: datetime) -> Feasibility:
        kept = Feasibility.objects.select_related("activity__phase__process__organisation").get(pk=form.instance.pk)
        return change_feasibility(kept, values=filled(form, FIELDS), reason=form.reason(), by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(OverviewView), name="index"),
            path("send/<int:pk>/", self.construct_view(SendView), name="send"),
            path("list/<int:pk>/", self.construct_view(ListView), name="list"),
            *super().get_urlpatterns(),
        ]


class StudyViewSet(StaffViewSet):
    model = Study
    policy = OrganisationPolicy(
        "feasibility__activity__phase__process__organisation", roles=ANY_MEMBER, add=NOBODY, delete=NOBODY
    )
    name = "study"
    icon = "cogs"
    menu_label = _("Studies")
    menu_order = 120
    form_fields = ["state"]
    screens = HISTORY

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(OverviewView), name="index"),
            path("study/<int:pk>/", self.construct_view(StudyView), name="edit"),
            *super().get_urlpatterns(),
        ]


ALL: tuple[type[StaffViewSet], ...] = (ServiceViewSet, FeasibilityViewSet, StudyViewSet)
