"""What the staff pages of a plan share."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy

from zenne.core.clock import in_brussels
from zenne.people.organisations.staff import Careful, Desk, WithForm

from ..actions.keeping import locked_plan, locked_project
from ..models import Plan, Project
from ..rules import may_carry

# The pages of a plan and of a project, in the order of the work.
PLAN_PAGES = (
    ("edit", pgettext_lazy("plan", "At a glance")),
    ("projects", gettext_lazy("Projects")),
    ("needs", gettext_lazy("Needs")),
    ("scoring", gettext_lazy("Scoring")),
    ("frame", gettext_lazy("Domains and objectives")),
    ("actors", gettext_lazy("Departments and partners")),
    ("revisions", gettext_lazy("Revisions")),
    ("versions", gettext_lazy("Versions")),
    ("settings", gettext_lazy("Words and dates")),
)
PROJECT_PAGES = (
    ("project", pgettext_lazy("planned project", "At a glance")),
    ("sheet", gettext_lazy("Sheet")),
    ("who", gettext_lazy("Who")),
    ("places", gettext_lazy("Where")),
    ("lines", gettext_lazy("Money")),
    ("milestones", gettext_lazy("Milestones")),
    ("risks", gettext_lazy("Risks")),
    ("dependencies", gettext_lazy("Dependencies")),
    ("attachments", gettext_lazy("Documents")),
    ("origins", gettext_lazy("Origins")),
    ("measures", gettext_lazy("Measures")),
    ("pilots", gettext_lazy("Pilots")),
    ("posts", gettext_lazy("News")),
    ("changes", gettext_lazy("Versions")),
)


def url(name: str, plan: Plan | int, *more: int | str) -> str:
    return reverse(f"plan:{name}", args=[plan if isinstance(plan, int) else plan.pk, *more])


class OnePlan(Desk):
    """A page about one plan of the person's organisations."""

    header_icon = "clipboard-list"
    page_name = ""

    @cached_property
    def plan(self) -> Plan:
        return get_object_or_404(Plan.objects.select_related("organisation"), pk=self.kwargs["pk"])

    @property
    def today(self) -> Any:
        return in_brussels(self.request.now).date()  # type: ignore[attr-defined]

    @property
    def writes(self) -> bool:
        return self._may("change")

    @property
    def manages(self) -> bool:
        return self._may("add")

    def _may(self, action: str) -> bool:
        """By what is known of the person already; every verb asks anew."""
        return bool(self.viewset.policy.user_has_permission_for_instance(self.person, action, self.plan))

    def get_page_subtitle(self) -> str:
        return str(self.plan)

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (url("edit", self.plan), str(self.plan))]

    def pages(self) -> list[tuple[Any, str, bool]]:
        return [(label, url(name, self.plan), name == self.page_name) for name, label in PLAN_PAGES]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "plan": self.plan,
            "board": url("edit", self.plan),
            "writes": self.writes,
            "manages": self.manages,
            "today": self.today,
            "pages": self.pages(),
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class OneProject(OnePlan):
    """A page about one project of a plan, found by its number."""

    header_icon = "doc-full"

    def projects(self) -> QuerySet[Project]:
        return Project.objects.select_related(
            "plan__organisation",
            "domain",
            "carrier",
            "carrier_person",
            "validated_by",
            "merged_into__plan",
            "split_from",
        ).defer("validated_by__snapshot", "validated_by__named")

    @cached_property
    def project(self) -> Project:
        return get_object_or_404(self.projects(), plan=self.kwargs["pk"], number=self.kwargs["number"])

    @property
    def carries(self) -> bool:
        return bool(may_carry(self.person, self.project))

    @property
    def here(self) -> str:
        return url("project", self.plan, self.project.number)

    def get_page_subtitle(self) -> str:
        return f"{self.project.number} · {self.project}"

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (self.here, str(self.project))]

    def pages(self) -> list[tuple[Any, str, bool]]:
        number = self.project.number
        return [(label, _page(name, self.plan, number), name == self.page_name) for name, label in PROJECT_PAGES]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"project": self.project, "project_url": self.here, "carries": self.carries}
        return super().get_context_data(**{**context, **kwargs})


def _page(name: str, plan: Plan, number: int) -> str:
    """The pages of what hangs on a project share one address."""
    if name in ("project", "sheet", "places", "changes"):
        return url(name, plan, number)
    return url("rows", plan, number, name)


class PlanPage(WithForm, OnePlan):
    """A page of a plan with one form; what `save` does may be refused, beside the form."""

    any_permission_required = ["change"]
    template_name = "strategy/portfolio/staff/form.html"
    done = gettext_lazy("Saved.")


class ProjectPage(WithForm, OneProject):
    """The same of a project. Who may is the verb's question: whoever carries a project writes it, whatever their role."""

    template_name = "strategy/portfolio/staff/form.html"
    done = gettext_lazy("Saved.")


class CarefulOfPlan(Careful):
    """A page whose form is saved only over what it showed, while the plan is held."""

    plan: Plan
    held = ("plan", "row")

    def hold(self) -> None:
        locked_plan(self.plan)


class CarefulOfProject(Careful):
    """The same, while the project is held."""

    project: Project
    held = ("project",)

    def hold(self) -> None:
        locked_project(self.project)
