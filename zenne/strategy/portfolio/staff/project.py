"""One project at a glance, the steps of its way, how it does, who carries it, where it is, and merging and splitting."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import missing, shown

from .. import actions, queries
from ..enums import ENDED, FORWARD, TRANSITIONS, Health, ProjectState
from ..looks import HEALTHS, STATES
from ..models import Ranking
from ..rules import may_move
from .changing_forms import MergeForm, SplitForm
from .plans import latest
from .project_forms import CarrierForm, HealthForm, PlacesForm, StateForm
from .screens import CarefulOfProject, OneProject, ProjectPage, url

LATEST = 8


class ProjectView(OneProject):
    template_name = "strategy/portfolio/staff/project.html"
    page_name = "project"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.project)

    def get_page_subtitle(self) -> str:
        return f"№ {self.project.number}"

    def trail(self) -> list[tuple[str, str]]:
        return super().trail()[:-1]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project = self.project
        number, steps = project.number, self._steps()
        context = {
            "state_look": STATES[project.state],
            "health_look": HEALTHS[project.health],
            "summary": shown(project, "summary"),
            "state_reason": shown(project, "state_reason"),
            "health_reason": shown(project, "health_reason"),
            "onward": [(label, address) for label, address, forward in steps if forward],
            "back": [(label, address) for label, address, forward in steps if not forward],
            "revisions_url": url("revisions", self.plan),
            "gaps": self._gaps(),
            "money": queries.money_of(project.lines.all()),
            "late": [row for row in project.milestones.filter(done_on=None) if row.late(self.today)],
            "next": project.milestones.filter(done_on=None, due_on__gte=self.today).order_by("due_on", "pk").first(),
            "ranking": Ranking.objects.filter(project=project).select_related("jury__activity").first(),
            "latest": latest(self.plan, LATEST, project),
            "left": queries.carried_by_nobody().filter(pk=project.pk).exists(),
            "health_url": url("health", self.plan, number),
            "carrier_url": url("carrier", self.plan, number),
            "merge_url": url("merge", self.plan, number),
            "split_url": url("split", self.plan, number),
            "may_change": self.manages and project.state not in ENDED,
            "public_url": project.get_absolute_url() if project.is_public else "",
        }
        return {**super().get_context_data(**kwargs), **context}

    def _steps(self) -> list[tuple[Any, str, bool]]:
        """The states it may go to from here: the words, the page, and whether that is a step forward. Validated it becomes by a decision alone."""
        project, before = self.project, ProjectState(self.project.state)
        found = []
        for to in TRANSITIONS[before]:
            decided_first = (before, to) == (ProjectState.SHORTLISTED, ProjectState.VALIDATED)
            if not decided_first and may_move(self.person, project, to):
                found.append((to.label, url("state", self.plan, project.number, to.value), (before, to) in FORWARD))
        return found

    def _gaps(self) -> list[tuple[str, str]]:
        """What a sheet still lacks before it can be weighed, and where that is written."""
        project, number = self.project, self.project.number
        checks = [
            (
                missing(project, ["title", "summary", "why"], self.plan.organisation.languages),
                _("Title, summary and reason in every promised language"),
                url("sheet", self.plan, number),
            ),
            (project.carrier is None, _("A department that carries it"), url("sheet", self.plan, number)),
            (
                project.carrier_person is None,
                _("Somebody who carries it"),
                url("carrier", self.plan, number),
            ),
            (not project.objectives.exists(), _("An objective it works for"), url("sheet", self.plan, number)),
            (not project.lines.exists(), _("What it costs, and who pays"), url("rows", self.plan, number, "lines")),
            (
                not project.measures.exists(),
                _("An indicator that shows whether it works"),
                url("rows", self.plan, number, "measures"),
            ),
            (not project.milestones.exists(), _("A first milestone"), url("rows", self.plan, number, "milestones")),
        ]
        if project.state in ENDED:
            return []
        return [(words, address) for lacking, words, address in checks if lacking]


class StateView(ProjectPage):
    """A step to another state, with a public reason where one is asked."""

    @cached_property
    def to(self) -> ProjectState:
        try:
            return ProjectState(self.kwargs["to"])
        except ValueError as error:
            raise Http404 from error

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.to.label)

    def form(self, data: Any = None) -> StateForm:
        return StateForm(data, project=self.project, to=self.to)

    def save(self, form: StateForm) -> str:
        actions.set_state(self.project, to=self.to, reason=form.reason(), **self.who)
        return self.here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _("From “%(before)s” to “%(after)s”. Those who follow the project and those behind it hear of it.")
        before = said % {"before": self.project.get_state_display(), "after": self.to.label}
        return super().get_context_data(back=self.here, before=[before], button=self.to.label, **kwargs)


class HealthView(CarefulOfProject, ProjectPage):
    page_title = gettext_lazy("How it does")

    def form(self, data: Any = None) -> HealthForm:
        return HealthForm(data, project=self.project)

    def save(self, form: HealthForm) -> str:
        actions.set_health(self.project, to=Health(form.cleaned_data["to"]), reason=form.reason(), **self.who)
        return self.here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.here, **kwargs)


class CarrierView(CarefulOfProject, ProjectPage):
    page_title = gettext_lazy("Who carries it")

    def form(self, data: Any = None) -> CarrierForm:
        return CarrierForm(data, project=self.project)

    def save(self, form: CarrierForm) -> str:
        actions.carry(self.project, person=form.cleaned_data["person"], **self.who)
        return self.here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.here, **kwargs)


class PlacesView(CarefulOfProject, ProjectPage):
    page_title = gettext_lazy("Where")
    page_name = "places"

    def form(self, data: Any = None) -> PlacesForm:
        return PlacesForm(data, project=self.project)

    def save(self, form: PlacesForm) -> str:
        links = actions.Links(areas=form.cleaned_data["areas"], sites=form.cleaned_data["points"])
        actions.edit_project(self.project, values={}, links=links, **self.who)
        return url("places", self.plan, self.project.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.here, **kwargs)


class MergeView(ProjectPage):
    """What several projects were goes on in this one."""

    any_permission_required = ["change"]
    page_title = gettext_lazy("Merge other projects into this one")

    def form(self, data: Any = None) -> MergeForm:
        return MergeForm(data, project=self.project)

    def save(self, form: MergeForm) -> str:
        merged = list(form.cleaned_data["projects"])
        actions.merge(merged, into=self.project, reason=form.reason(), **self.who)
        return self.here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _(
            "The others end. They keep their address and their history and say where they went; their money, open milestones, risks and pilots come here."
        )
        return super().get_context_data(back=self.here, warning=said, button=_("Merge"), **kwargs)


class SplitView(ProjectPage):
    """A part goes on as a project of its own."""

    any_permission_required = ["change"]
    page_title = gettext_lazy("Split off a part")

    def form(self, data: Any = None) -> SplitForm:
        return SplitForm(data, project=self.project)

    def save(self, form: SplitForm) -> str:
        made = actions.split(self.project, into=[form.half()], reason=form.reason(), **self.who)
        return url("project", self.plan, made[0].number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = _(
            "A part of a decided project waits on the shortlist: only a College or a council makes it part of the plan."
        )
        return super().get_context_data(back=self.here, warning=said, button=_("Split it off"), **kwargs)
