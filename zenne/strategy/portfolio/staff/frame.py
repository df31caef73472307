"""The frame of a plan: its domains and foundations, its objectives, and by what they are measured; departments and partners."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.numbers import key_of
from zenne.strategy.indicators.models import Indicator

from .. import actions
from ..enums import Helix
from ..models import Department, Domain, Objective, Partner
from .plan_forms import DepartmentForm, DomainForm, ObjectiveForm, PartnerForm
from .screens import CarefulOfPlan, OnePlan, PlanPage, url


class FrameView(OnePlan):
    template_name = "strategy/portfolio/staff/frame.html"
    page_title = gettext_lazy("Domains and objectives")
    page_name = "frame"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan
        domains = plan.domains.prefetch_related("measures__indicator", "objectives").order_by("kind", "number")
        objectives = plan.objectives.prefetch_related("measures__indicator", "domains").order_by("number")
        context = {
            "domains": [(each, url("domain", plan, each.pk)) for each in domains],
            "objectives": [(each, url("objective", plan, each.pk)) for each in objectives],
            "add_domain": url("domain_add", plan),
            "add_objective": url("objective_add", plan),
        }
        return {**super().get_context_data(**kwargs), **context}


class OfFrame(CarefulOfPlan, PlanPage):
    """One domain or objective, new or again; its page also says by what it is measured, and takes it out."""

    template_name = "strategy/portfolio/staff/framed.html"
    page_name = "frame"
    sort: Any
    remove: Callable[..., object]

    @cached_property
    def row(self) -> Any:
        key = self.kwargs.get("row")
        return get_object_or_404(self.sort, pk=key, plan=self.plan) if key is not None else None

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (url("frame", self.plan), _("Domains and objectives"))]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if self.row is None or verb not in ("drop", "measure", "unmeasure"):
            return super().post(request, *args, **kwargs)
        if verb == "drop":
            refused = self.tried(self.remove, self.row, done=_("It is taken out."))
            return redirect(request.path if refused else url("frame", self.plan))
        key = key_of(request.POST.get("item"))
        if verb == "measure":
            indicator = get_object_or_404(Indicator, pk=key, organisation=self.plan.organisation)
            self.tried(actions.measure, self.row, indicator=indicator, done=_("Saved."))
        else:
            self.tried(actions.unmeasure, get_object_or_404(self.row.measures, pk=key), done=_("Done."))
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = {"back": url("frame", self.plan), "row": self.row}
        if self.row is not None:
            rows = self.row.measures.select_related("indicator").order_by("position", "pk")
            context["measures"] = list(rows)
            taken = [each.indicator_id for each in context["measures"]]
            free = Indicator.objects.filter(organisation=self.plan.organisation).exclude(pk__in=taken)
            context["indicators"] = list(free.order_by("slug")[:500])
        return super().get_context_data(**{**context, **kwargs})


class DomainView(OfFrame):
    sort = Domain
    remove = staticmethod(actions.drop_domain)

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.row or _("New domain or foundation"))

    def form(self, data: Any = None) -> DomainForm:
        return DomainForm(data, organisation=self.plan.organisation, row=self.row)

    def save(self, form: DomainForm) -> str:
        slug = form.cleaned_data.get("slug", "")
        actions.write_domain(self.plan, slug=slug, which=self.row, values=form.values(), **self.who)
        return url("frame", self.plan)


class ObjectiveView(OfFrame):
    sort = Objective
    remove = staticmethod(actions.drop_objective)

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.row or _("New objective"))

    def form(self, data: Any = None) -> ObjectiveForm:
        return ObjectiveForm(data, plan=self.plan, organisation=self.plan.organisation, row=self.row)

    def save(self, form: ObjectiveForm) -> str:
        given = {"slug": form.cleaned_data.get("slug", ""), "domains": form.cleaned_data["domains"]}
        actions.write_objective(self.plan, which=self.row, values=form.values(), **given, **self.who)
        return url("frame", self.plan)


class ActorsView(OnePlan):
    """Departments and partners of the organisation, for all its plans."""

    template_name = "strategy/portfolio/staff/actors.html"
    page_title = gettext_lazy("Departments and partners")
    page_name = "actors"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        house = self.plan.organisation
        groups = [
            (helix.label, [each for each in house.partners.order_by("slug") if each.helix == helix]) for helix in Helix
        ]
        context = {
            "departments": [
                (each, url("actor", self.plan, "department", each.pk)) for each in house.departments.order_by("slug")
            ],
            "partners": [
                (label, [(each, url("actor", self.plan, "partner", each.pk)) for each in rows])
                for label, rows in groups
                if rows
            ],
            "add_department": url("actor_add", self.plan, "department"),
            "add_partner": url("actor_add", self.plan, "partner"),
        }
        return {**super().get_context_data(**kwargs), **context}


ACTORS: dict[str, tuple[Any, Any, Any, Any]] = {
    "department": (Department, DepartmentForm, actions.write_department, gettext_lazy("New department")),
    "partner": (Partner, PartnerForm, actions.write_partner, gettext_lazy("New partner")),
}


class ActorView(CarefulOfPlan, PlanPage):
    """One department or partner, new or again."""

    page_name = "actors"

    @cached_property
    def sort(self) -> tuple[Any, Any, Any, Any]:
        if self.kwargs["sort"] not in ACTORS:
            raise Http404
        return ACTORS[self.kwargs["sort"]]

    @cached_property
    def row(self) -> Any:
        key = self.kwargs.get("row")
        if key is None:
            return None
        return get_object_or_404(self.sort[0], pk=key, organisation=self.plan.organisation)

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.row or self.sort[3])

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (url("actors", self.plan), _("Departments and partners"))]

    def form(self, data: Any = None) -> Any:
        return self.sort[1](data, organisation=self.plan.organisation, row=self.row)

    def save(self, form: Any) -> str:
        slug = form.cleaned_data.get("slug", "")
        self.sort[2](self.plan.organisation, slug=slug, which=self.row, values=form.values(), **self.who)
        return url("actors", self.plan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=url("actors", self.plan), **kwargs)
