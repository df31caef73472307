"""What departments, partners and residents ask for: noted, taken up by a project or not taken up, with a public reason."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import shown
from zenne.people.organisations.staff import carrying

from .. import actions
from ..enums import NeedFrom, NeedState
from ..models import Need
from .forms import ReasonForm
from .plan_forms import NeedForm
from .project_forms import TakeUpForm
from .screens import CarefulOfPlan, OnePlan, PlanPage, url

MOST = 300


class NeedsView(OnePlan):
    template_name = "strategy/portfolio/staff/needs.html"
    page_title = gettext_lazy("Needs")
    page_name = "needs"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.plan.needs.select_related("department", "partner", "idea", "project__plan")
        rows = rows.defer("idea__search").order_by("-pk")[:MOST]
        shelves = [(state.label, [_line(row) for row in rows if row.state == state]) for state in NeedState]
        context = {"shelves": shelves, "add_url": url("need_add", self.plan)}
        return {**super().get_context_data(**kwargs), **context}


def _line(row: Need) -> dict[str, Any]:
    return {
        "need": row,
        "url": url("need", row.plan_id, row.pk),
        "source": row.department or row.partner or NeedFrom(row.comes_from).label,
        "reason": shown(row, "reason"),
        "project_url": url("project", row.plan_id, row.project.number) if row.project else "",
    }


class NeedView(CarefulOfPlan, PlanPage):
    """One need, new or again while it is open; then what becomes of it."""

    template_name = "strategy/portfolio/staff/need.html"
    page_name = "needs"
    held = ("plan", "need")

    @cached_property
    def need(self) -> Need | None:
        key = self.kwargs.get("row")
        if key is None:
            return None
        rows = Need.objects.select_related("plan__organisation", "department", "partner", "idea__process", "project")
        return get_object_or_404(rows, pk=key, plan=self.plan)

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return str(self.need or _("New need"))

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (url("needs", self.plan), _("Needs"))]

    def form(self, data: Any = None) -> NeedForm:
        return NeedForm(data, plan=self.plan, row=self.need)

    def save(self, form: NeedForm) -> str:
        values = {**form.values(), **form.links()}
        made = actions.express_need(self.plan, values=values, which=self.need, **self.who)
        return url("need", self.plan, made.pk)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, need = request.POST.get("verb", ""), self.need
        if need is None or verb not in ("take_up", "decline", "reopen"):
            return super().post(request, *args, **kwargs)
        if verb == "reopen":
            self.tried(actions.reopen, need, done=_("The need is open again."))
            return redirect(request.path)
        form: Any = (
            TakeUpForm(request.POST, need=need)
            if verb == "take_up"
            else ReasonForm(request.POST, organisation=self.plan.organisation, prefix="decline")
        )
        if form.is_valid():
            done = self._decided(verb, need, form)
            if done:
                return redirect(done)
        return self.page(form=carrying(self.form()), **{verb: form}, status=422)

    def _decided(self, verb: str, need: Need, form: Any) -> str:
        """Where to go; empty where it was refused, and the page says why."""
        if verb == "decline":
            words = _("It is not taken up. The reason is public.")
            refused = self.tried(actions.decline, need, reason=form.reason(), done=words)
            return "" if refused else url("need", self.plan, need.pk)
        given = {name: form.cleaned_data[name] for name in ("project", "slug", "domain")}
        refused = self.tried(actions.take_up, need, reason=form.reason(), **given, done=_("It is taken up."))
        if refused:
            return ""
        fresh = Need.objects.select_related("project").get(pk=need.pk)
        return url("project", self.plan, fresh.project.number) if fresh.project else url("needs", self.plan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        need = self.need
        context: dict[str, Any] = {"back": url("needs", self.plan), "need": need}
        if need is not None:
            context |= {
                "open": need.state == NeedState.OPEN,
                "declined": need.state == NeedState.DECLINED,
                "reason": shown(need, "reason"),
                "line": _line(need),
                "take_up": TakeUpForm(need=need),
                "decline": ReasonForm(organisation=self.plan.organisation, prefix="decline"),
            }
        return super().get_context_data(**{**context, **kwargs})
