"""The list of plans, one plan at a glance, its words, and the revisions that were put before a body."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.core.languages import shown
from zenne.people.history.kinds import in_words
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen, WithForm

from .. import actions, queries
from ..enums import RUNNING, Health, NeedState, PlanState, ProjectState, RevisionState
from ..models import Milestone, Need, Plan, Project, Version
from .forms import ReasonForm
from .plan_forms import NewPlanForm, PlanForm
from .screens import CarefulOfPlan, OnePlan, PlanPage, url

LATEST = 12
LINES = 8


class ListView(Screen):
    template_name = "strategy/portfolio/staff/list.html"
    page_title = gettext_lazy("Plans")
    header_icon = "clipboard-list"

    def trail(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = Plan.objects.filter(organisation__in=organisations_of(self.person)).select_related("organisation")
        plans = plans.order_by("organisation_id", "id")
        projects = Project.objects.filter(plan__in=plans.order_by().values("pk")).order_by()
        needs = Need.objects.filter(plan__in=plans.order_by().values("pk"), state=NeedState.OPEN).order_by()
        added = projects.values("plan").annotate(all=Count("pk"), now=Count("pk", filter=Q(state__in=RUNNING)))
        counted = {row["plan"]: (row["all"], row["now"]) for row in added}
        waiting = dict(needs.values_list("plan").annotate(Count("pk")))
        rows = [
            {
                "plan": plan,
                "url": url("edit", plan),
                "projects": counted.get(plan.pk, (0, 0))[0],
                "running": counted.get(plan.pk, (0, 0))[1],
                "needs": waiting.get(plan.pk, 0),
            }
            for plan in plans
        ]
        may_add = self.viewset.policy.user_has_permission(self.person, "add")
        return {**super().get_context_data(**kwargs), "rows": rows, "may_add": may_add}


class AddView(WithForm, Screen):
    """A plan begins with its organisation, its address and its name."""

    any_permission_required = ["add"]
    template_name = "strategy/portfolio/staff/form.html"
    page_title = gettext_lazy("New plan")
    header_icon = "clipboard-list"

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)

    def organisations(self) -> list[Organisation]:
        mine = self.viewset.policy.organisations(self.person, "add")
        rows = Organisation.objects.order_by("name", "pk")
        return list(rows if mine is None else rows.filter(pk__in=mine))

    def form(self, data: Any = None) -> NewPlanForm:
        return NewPlanForm(data, organisations=self.organisations())

    def save(self, form: NewPlanForm) -> str:
        given = form.cleaned_data
        return url("edit", actions.create_plan(form.owner(), slug=given["slug"], values=form.values(), **self.who))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.trail()[0][0], **kwargs)


class BoardView(OnePlan):
    """Where the plan stands, what needs somebody, and what happened last."""

    template_name = "strategy/portfolio/staff/board.html"
    page_name = "edit"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.plan)

    def get_page_subtitle(self) -> str:
        return str(self.plan.organisation)

    def trail(self) -> list[tuple[str, str]]:
        return Screen.trail(self)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb == "publish":
            self.tried(actions.publish_plan, self.plan, done=_("Everyone can read the plan now."))
        elif verb == "archive":
            self.tried(actions.archive_plan, self.plan, done=_("The plan is in the archive. It stays readable."))
        elif verb == "replace":
            self.tried(actions.archive_plan, self.plan, replaced=True, done=_("The plan is marked as replaced."))
        return redirect(url("edit", self.plan))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan
        by_state = dict(plan.projects.order_by().values_list("state").annotate(Count("pk")))
        states = [
            (state.label, by_state.get(state.value, 0), f"{url('projects', plan)}?state={state.value}")
            for state in ProjectState
        ]
        context = {
            "states": states,
            "total": sum(by_state.values()),
            "attention": [each for each in self._attention() if each["count"]],
            "needs": plan.needs.filter(state=NeedState.OPEN).count(),
            "proposed": plan.revisions.filter(state=RevisionState.PROPOSED).first(),
            "in_force": queries.in_force(plan),
            "money": queries.money_of(queries.money_of_plan(plan)),
            "latest": latest(plan, LATEST),
            "may_archive": plan.state in (PlanState.VALID, PlanState.DRAFT, PlanState.REPLACED),
            "may_replace": plan.state == PlanState.VALID,
            "public_url": plan.get_absolute_url() if plan.is_public else "",
        }
        return {**super().get_context_data(**kwargs), **context}

    def _attention(self) -> list[dict[str, Any]]:
        """What somebody should look at, each with the first few projects."""
        running = self.plan.projects.filter(state__in=RUNNING)
        late = Milestone.objects.filter(project__in=running.values("pk"), done_on=None, due_on__lt=self.today)
        groups = [
            (_("Off track"), running.filter(health=Health.OFF_TRACK), "health=off_track"),
            (_("At risk"), running.filter(health=Health.AT_RISK), "health=at_risk"),
            (_("A milestone is late"), running.filter(pk__in=late.values("project")), "late=1"),
            (_("Nobody said how it does"), running.filter(health=Health.UNKNOWN), "health=unknown&state=ongoing"),
            (_("Nobody carries it"), running.filter(carrier_person=None), "left=1"),
            (_("No department carries it"), running.filter(carrier=None), "carrier=none"),
        ]
        return [self._group(label, rows, filters) for label, rows, filters in groups]

    def _group(self, label: str, rows: Any, filters: str) -> dict[str, Any]:
        found = list(rows.order_by("number")[: LINES + 1])
        return {
            "label": label,
            "rows": [(each, url("project", self.plan, each.number)) for each in found[:LINES]],
            "count": len(found),
            "more": len(found) > LINES,
            "url": f"{url('projects', self.plan)}?{filters}",
        }


def latest(plan: Plan, number: int, project: Project | None = None) -> list[dict[str, Any]]:
    """What happened last, in words: to the whole plan, or to one project."""
    rows = Version.objects.filter(plan=plan).select_related("by", "project").defer("data")
    if project is not None:
        rows = rows.filter(project=project)
    return [
        {
            "version": row,
            "words": in_words(row.event),
            "project": row.project,
            "url": url("project", plan, row.project.number) if row.project else url("versions", plan),
        }
        for row in rows.order_by("-at", "-pk")[:number]
    ]


class SettingsView(CarefulOfPlan, PlanPage):
    page_title = gettext_lazy("Words and dates")
    page_name = "settings"

    def form(self, data: Any = None) -> PlanForm:
        return PlanForm(data, organisation=self.plan.organisation, row=self.plan)

    def save(self, form: PlanForm) -> str:
        actions.edit_plan(self.plan, values=form.values(), **self.who)
        return url("edit", self.plan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=url("edit", self.plan), **kwargs)


class RevisionsView(OnePlan):
    """What was put before a College or a council, and what it decided. A manager puts the plan, as it is now, before them."""

    template_name = "strategy/portfolio/staff/revisions.html"
    page_title = gettext_lazy("Revisions")
    page_name = "revisions"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReasonForm(request.POST, organisation=self.plan.organisation)
        if form.is_valid():
            try:
                made = actions.propose(self.plan, reason=form.reason(), **self.who)
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
            else:
                messages.success(request, _("Revision %(number)s waits for a decision.") % {"number": made.number})
                return redirect(url("revisions", self.plan))
        return self.page(form=form, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.plan.revisions.select_related("body", "proposed_by").defer("snapshot").order_by("-number"))
        context = {
            "rows": [
                {
                    "revision": row,
                    "reason": shown(row, "reason"),
                    "answer": shown(row, "answer"),
                    "number": len(row.named),
                }
                for row in rows
            ],
            "waits": any(row.state == RevisionState.PROPOSED for row in rows),
            "about": queries.revisable(self.plan).count(),
            "form": kwargs.pop("form", None) or ReasonForm(organisation=self.plan.organisation),
            "may_propose": self.manages and self.plan.state in (PlanState.DRAFT, PlanState.VALID),
        }
        return {**super().get_context_data(**kwargs), **context}
