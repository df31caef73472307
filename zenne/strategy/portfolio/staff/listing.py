"""The projects of a plan: found by words, state, domain, how they do, who carries them; and a new one on the longlist."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import LANGUAGES, attribute
from zenne.core.numbers import whole_number

from .. import actions
from ..enums import RUNNING, Health, ProjectState
from ..looks import HEALTHS
from ..models import BudgetLine, Milestone, Plan, Project
from .forms import choose
from .project_forms import NewProjectForm
from .screens import OnePlan, PlanPage, url

PAGE = 50


class FilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words or number"), max_length=80, required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    domain = forms.ChoiceField(label=gettext_lazy("Domain"), required=False)
    health = forms.ChoiceField(label=gettext_lazy("How it does"), required=False)
    carrier = forms.ChoiceField(label=gettext_lazy("Carried by"), required=False)

    def __init__(self, data: Any, *, plan: Plan) -> None:
        super().__init__(data)
        offered = {
            "state": list(ProjectState.choices),
            "domain": choose(plan.domains.order_by("kind", "number")),
            "health": list(Health.choices),
            "carrier": [
                ("me", _("Me")),
                ("none", _("Nobody")),
                *choose(plan.organisation.departments.order_by("slug")),
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


class ProjectsView(OnePlan):
    template_name = "strategy/portfolio/staff/projects.html"
    page_title = gettext_lazy("Projects")
    page_name = "projects"

    def found(self, asked: dict[str, Any]) -> QuerySet[Project]:
        rows = self.plan.projects.select_related("plan", "domain", "carrier", "carrier_person")
        if words := asked.get("q"):
            named = Q()
            for code in LANGUAGES:
                named |= Q(**{f"{attribute('title', code)}__icontains": words})
            rows = rows.filter(named | Q(number=whole_number(words, 8) or 0))
        for name in ("state", "domain", "health"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        match asked.get("carrier"):
            case "me":
                rows = rows.filter(carrier_person=self.person)
            case "none":
                rows = rows.filter(carrier=None)
            case str(key) if key:
                rows = rows.filter(carrier=key)
        late = Milestone.objects.filter(project=OuterRef("pk"), done_on=None, due_on__lt=self.today)
        rows = rows.annotate(
            is_late=Exists(late.filter(project__state__in=RUNNING)),
            planned=_added("planned_cents"),
            committed=_added("committed_cents"),
        )
        if self.request.GET.get("late"):
            rows = rows.filter(is_late=True)
        if self.request.GET.get("left"):
            rows = rows.filter(carrier_person=None, state__in=RUNNING)
        return rows.order_by("number")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query: QueryDict = self.request.GET.copy()
        form = FilterForm(self.request.GET, plan=self.plan)
        asked = form.cleaned_data if form.is_valid() else {}
        page = Paginator(self.found(asked), PAGE).get_page(query.get("page"))
        query.pop("page", None)
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        here = query.urlencode()
        context = {
            "form": form,
            "object_list": page.object_list,
            "rows": [
                {
                    "project": each,
                    "url": url("project", self.plan, each.number),
                    "badge": HEALTHS[each.health],
                }
                for each in page.object_list
            ],
            "count": page.paginator.count,
            "narrowed": bool(here),
            "next": f"?{here}&page={page.next_page_number()}" if page.has_next() else "",
            "previous": f"?{here}&page={page.previous_page_number()}" if page.has_previous() else "",
        }
        return {**super().get_context_data(**kwargs), **context}


def _added(name: str) -> Subquery:
    """Of one project; asked for the page that is shown, not for the whole list."""
    lines = BudgetLine.objects.filter(project=OuterRef("pk")).order_by().values("project")
    return Subquery(lines.annotate(added=Sum(name)).values("added"))


class AddProjectView(PlanPage):
    """A project on the longlist. Out of a need it comes on the need's own page."""

    page_title = gettext_lazy("New project")
    page_name = "projects"

    def form(self, data: Any = None) -> NewProjectForm:
        return NewProjectForm(data, plan=self.plan)

    def save(self, form: NewProjectForm) -> str:
        made = actions.add_project(self.plan, slug=form.cleaned_data["slug"], values=form.values(), **self.who)
        return url("project", self.plan, made.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=url("projects", self.plan), **kwargs)
