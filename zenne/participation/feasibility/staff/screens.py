"""The pages: the overview of studies, sending ideas, one study with its answer, and the final list."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.clock import in_brussels
from zenne.core.errors import Spoken
from zenne.opendata.exports.enums import Sheet
from zenne.participation.ideas.enums import OPEN_TO_MERGE
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Selection
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen

from .. import actions, queries, showing
from ..enums import OPEN, StudyState
from ..models import Feasibility, Study
from ..rules import is_listed, may_answer, may_send
from .forms import AnswerForm, FilterForm, ListForm, SendForm

PAGE = 50


class OverviewView(Screen):
    """Every study of one's organisations, what is due first on top."""

    template_name = "participation/feasibility/staff/overview.html"
    page_title = gettext_lazy("Feasibility studies")
    header_icon = "cogs"

    def trail(self) -> list[tuple[str, str]]:
        return []

    @cached_property
    def filters(self) -> SimpleNamespace:
        return SimpleNamespace(form=FilterForm(self.request.GET, person=self.person))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query: QueryDict = self.request.GET.copy()
        today = in_brussels(self.request.now).date()  # type: ignore[attr-defined]
        found = queries.wanted(queries.manageable(self.person), query.dict(), person=self.person, today=today)
        page = Paginator(found, PAGE).get_page(query.get("page"))
        query.pop("page", None)
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        here = query.urlencode()
        return {
            **super().get_context_data(**kwargs),
            "form": self.filters.form,
            "object_list": page.object_list,
            "rows": showing.rows(page.object_list, today),
            "count": page.paginator.count,
            "late": queries.manageable(self.person).filter(queries.OVERDUE, due_on__lt=today).count(),
            "filter": here,
            "narrowed": bool(here),
            "next": f"?{here}&page={page.next_page_number()}" if page.has_next() else "",
            "previous": f"?{here}&page={page.previous_page_number()}" if page.has_previous() else "",
            "sheets": Sheet.choices,
            "desks": self._desks(),
        }

    def _desks(self) -> list[Feasibility]:
        """The activities whose ideas this person may send."""
        mine = organisations_of(self.person, Role.MANAGER)
        found = Feasibility.objects.select_related("activity__phase__process__organisation").order_by("-pk")
        return list(found.filter(activity__phase__process__organisation__in=mine)[:20])


class OfActivity(Screen):
    """A page about the studies of one activity."""

    any_permission_required = ["change"]
    header_icon = "cogs"

    @cached_property
    def feasibility(self) -> Feasibility:
        found = Feasibility.objects.select_related("activity__phase__process__organisation", "source", "call")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def trail(self) -> list[tuple[str, str]]:
        process = self.feasibility.activity.process
        return [
            (reverse("study:index"), _("Feasibility studies")),
            (reverse("process:overview", args=[process.pk]), str(process)),
        ]

    def get_page_subtitle(self) -> str:
        return str(self.feasibility.activity)

    def answer(self, form: Any, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)


class SendView(OfActivity):
    """The ideas that no service has yet, and the form that sends them."""

    template_name = "participation/feasibility/staff/send.html"
    page_title = gettext_lazy("Send ideas to services")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feasibility, now = self.feasibility, self.request.now  # type: ignore[attr-defined]
        due_on = in_brussels(now).date() + timedelta(days=feasibility.days)
        form = kwargs.pop("form", None) or SendForm(feasibility=feasibility, initial={"due_on": due_on})
        refused = may_send(self.person, feasibility, now)
        sent = set(Study.objects.filter(feasibility=feasibility).values_list("idea_id", flat=True))
        ticked = set(form.data.getlist("ideas")) if form.is_bound else set()
        return {
            **super().get_context_data(**kwargs),
            "feasibility": feasibility,
            "form": form,
            "may_send": bool(refused),
            "why_not": getattr(refused, "message", ""),
            "ideas": [
                {"idea": idea, "sent": idea.pk in sent, "ticked": str(idea.pk) in ticked}
                for idea in queries.candidates(feasibility).select_related("process", "theme")
            ],
            "studies": len(sent),
            "has_services": form.fields["service"].queryset.exists(),
            "listed": is_listed(feasibility),
        }

    def post(self, request: Any, pk: int) -> HttpResponse:
        form = SendForm(request.POST, feasibility=self.feasibility)
        if not form.is_valid():
            return self.answer(form, 422)
        try:
            sent = actions.send(self.feasibility, **form.cleaned_data, **self.who)
        except Spoken as refusal:
            form.add_error(None, str(refusal.message or refusal.headline))
            return self.answer(form, refusal.status)
        messages.success(request, _("%(count)d sent; the service is told.") % {"count": len(sent)})
        return redirect(reverse("feasibility:send", args=[pk]))


class StudyView(Screen):
    """One study: the idea as it reads now, what was asked, and the answer."""

    any_permission_required = ["change"]
    template_name = "participation/feasibility/staff/study.html"
    page_title = gettext_lazy("Study")
    header_icon = "cogs"

    @cached_property
    def study(self) -> Study:
        return get_object_or_404(queries.manageable(self.person).select_related("idea__author"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.study)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        study, now = self.study, self.request.now  # type: ignore[attr-defined]
        others = queries.of_idea(study.idea).exclude(pk=study.pk)
        today = in_brussels(now).date()
        manages = bool(may_send(self.person, study.feasibility, now))
        for other in others:
            other.idea = study.idea
        return {
            **super().get_context_data(**kwargs),
            "study": study,
            "row": showing.row(study, today),
            "others": showing.rows(others, today),
            "form": kwargs.get("form") or AnswerForm(study=study),
            "may_answer": bool(may_answer(self.person, study)),
            "may_begin": bool(may_answer(self.person, study, StudyState.IN_PROGRESS)),
            "may_recall": manages and study.state in OPEN[:2] and study.adapted_at is None,
            "may_merge": study.idea.state in OPEN_TO_MERGE,
            "versions": study.idea.versions.count(),
        }

    def post(self, request: Any, pk: int) -> HttpResponse:
        verb = request.POST.get("verb", "")
        form = AnswerForm(request.POST if verb == "answer" else None, study=self.study)
        here = reverse("study:edit", args=[pk])
        if verb == "answer" and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            if verb == "answer":
                actions.answer(self.study, form.finding(), **self.who)
                messages.success(request, _("The answer is on the page of the idea; its author is told."))
            elif verb == "begin":
                actions.begin(self.study, **self.who)
                messages.success(request, _("It is being studied."))
            elif verb == "recall":
                actions.recall(self.study, **self.who)
                messages.success(request, _("The study is taken back."))
                here = reverse("study:index")
        except Spoken as refusal:
            messages.error(request, str(refusal.message or refusal.headline))
            if verb == "answer":
                return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        return redirect(here)


class ListView(OfActivity):
    """The list as it would be published now, and the form that publishes it."""

    template_name = "participation/feasibility/staff/final.html"
    page_title = gettext_lazy("Final list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feasibility, now = self.feasibility, self.request.now  # type: ignore[attr-defined]
        found = actions.lines(feasibility)
        waiting = [line for line in found if line.outcome is None]
        unsent = list(queries.waiting(feasibility).select_related("process")[:50])
        kept = [line for line in found if line.outcome == Outcome.KEPT]
        return {
            **super().get_context_data(**kwargs),
            "feasibility": feasibility,
            "groups": [
                (title, [line for line in found if line.outcome == outcome])
                for outcome, title in (
                    (Outcome.KEPT, _("Goes on")),
                    (Outcome.NOT_KEPT, _("Does not go on")),
                    (Outcome.SET_ASIDE, _("Set aside")),
                )
            ],
            "total": sum(line.cost_cents or 0 for line in kept) if kept else None,
            "waiting": waiting,
            "unsent": unsent,
            "ready": bool(found) and not waiting and not unsent and bool(may_send(self.person, feasibility, now)),
            "form": kwargs.get("form") or ListForm(feasibility=feasibility),
            "lists": Selection.objects.filter(activity=feasibility.activity_id).order_by("-pk"),
        }

    def post(self, request: Any, pk: int) -> HttpResponse:
        form = ListForm(request.POST, feasibility=self.feasibility)
        if not form.is_valid():
            return self.answer(form, 422)
        try:
            made = actions.publish_list(
                self.feasibility, title=form.words("title"), statement=form.words("statement"), **self.who
            )
        except Spoken as refusal:
            messages.error(request, str(refusal.message or refusal.headline))  # the form is below a long list
            return self.answer(form, refusal.status)
        messages.success(request, _("The list is published; its costs are frozen."))
        return redirect(made.get_absolute_url())
