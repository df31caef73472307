"""The first page of the back office of governance: what waits for a decision, what comes, what is late."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from zenne.core.clock import in_brussels
from zenne.participation.decisions.models import Body
from zenne.people.organisations.queries import organisations_of
from zenne.strategy.portfolio.enums import RevisionState
from zenne.strategy.portfolio.models import Revision

from .. import queries
from ..enums import SittingState
from ..models import Seat, Sitting

SHOWN = 12
SECTIONS = (
    ("governance_sitting:index", _("Sittings"), "date"),
    ("governance_review:index", _("Reviews of plans"), "history"),
    ("governance_call:index", _("Calls for projects"), "calendar-alt"),
    ("governance_register:index", _("Registers"), "list-ul"),
    ("governance_seat:index", _("Members of bodies"), "group"),
    ("decision_body:index", _("Bodies"), "group"),
    ("decision:index", _("Decisions"), "doc-full-inverse"),
)


class Overview(WagtailAdminTemplateMixin, TemplateView):
    """For whoever works for an organisation; of each only its own."""

    template_name = "strategy/governance/staff/overview.html"
    page_title = _("Governance")
    header_icon = "group"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.mine = list(organisations_of(request.user).order_by("id"))  # type: ignore[arg-type]
        if not self.mine:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        today = in_brussels(now).date()
        keys = [house.pk for house in self.mine]
        open_ones = (SittingState.DRAFT, SittingState.CALLED, SittingState.HELD)
        rows = Sitting.objects.filter(body__organisation__in=keys, state__in=open_ones).select_related("body")
        revisions = Revision.objects.filter(plan__organisation__in=keys, state=RevisionState.PROPOSED)
        steps = list(queries.steps_due(keys))
        calls = queries.calls(today).filter(organisation__in=keys)
        return {
            **super().get_context_data(**kwargs),
            "sections": [{"url": reverse(name), "label": label, "icon": icon} for name, label, icon in SECTIONS],
            "sittings": list(rows.annotate(number=Count("items")).order_by("starts_at", "id")[:SHOWN]),
            "revisions": list(revisions.select_related("plan").order_by("proposed_at", "id")[:SHOWN]),
            "steps": [{"it": step, "late": step.late(today)} for step in steps if step.step == step.review.state],
            "calls": [{"it": call, "left": call.days_left(today)} for call in calls[:SHOWN]],
            "empty": list(_without_members(keys, today)[:SHOWN]),
        }


def _without_members(keys: list[int], today: date) -> QuerySet[Body]:
    """Bodies in which nobody sits today."""
    held = Seat.objects.filter(queries.sitting_now(today), body=OuterRef("pk"))
    return Body.objects.filter(~Exists(held), organisation__in=keys).order_by("id")
