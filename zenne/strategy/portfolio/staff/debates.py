"""The settings of the discussion of a plan: which plan, and whether comments are read first."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.processes.staff.forms import Reasons
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import HISTORY, LIST, NOBODY, OrganisationPolicy, StaffViewSet

from ..actions import change_debate
from ..models import Debate, Plan


class DebateForm(Reasons, WagtailAdminModelForm):
    """Which plan, how comments are read, and the public reason once it has opened."""


class DebateViewSet(StaffViewSet):
    model = Debate
    policy = OrganisationPolicy(
        "activity__phase__process__organisation", roles=(Role.MANAGER,), add=NOBODY, delete=NOBODY
    )
    name = "plan_debate"
    icon = "comment"
    add_to_admin_menu = False
    list_display = ["__str__"]
    screens = (*LIST, "edit", *HISTORY)
    edit_handler = ObjectList(
        [
            FieldPanel("plan"),
            FieldPanel("reads_first"),
            MultiFieldPanel(
                [FieldPanel(attribute("reason", language)) for language in LANGUAGES],
                heading=_("Why this changes"),
                help_text=_("The activity has opened: a change of its rule is public, and residents read this reason."),
            ),
        ],
        base_form_class=DebateForm,
    )

    def page_of(self, thing: Debate) -> str:  # type: ignore[override]
        return reverse("plan_debate:edit", args=[thing.pk])

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """The plans of its own organisation; a reason only where a change would be public."""
        activity = form.instance.activity  # type: ignore[attr-defined]
        process = activity.process
        form.fields["plan"].queryset = Plan.objects.filter(organisation=process.organisation).order_by("pk")  # type: ignore[attr-defined]
        form.offer_for(activity, request.now)  # type: ignore[attr-defined]

    def update(self, form: Any, *, by: Person, now: datetime) -> Debate:
        kept = Debate.objects.select_related("activity__phase__process__organisation").get(pk=form.instance.pk)
        return change_debate(
            kept,
            plan=form.cleaned_data["plan"],
            reads_first=form.cleaned_data["reads_first"],
            reason=form.reason(),
            by=by,
            now=now,
        )
