"""Which sheets a jury scores, and what juries said: the ranking, counted again from the stored points each time it is shown."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from zenne.core.clock import in_brussels
from zenne.core.errors import Spoken
from zenne.core.languages import shown
from zenne.participation.juries import queries as juries
from zenne.participation.juries import wording
from zenne.participation.juries.enums import Stage
from zenne.participation.juries.models import Candidate, Jury
from zenne.participation.juries.rules import has_deliberated, stage

from .. import actions
from ..enums import ProjectState
from ..models import Plan, Project, Ranking
from ..scoring import KIND, places
from .screens import OnePlan, url


def open_juries(plan: Plan) -> list[Jury]:
    """Juries of the organisation that score sheets or nothing yet, and have not deliberated."""
    found = juries.juries().filter(activity__phase__process__organisation=plan.organisation, kind__in=("", KIND))
    found = found.filter(published_at=None, sessions=None).exclude(candidates__idea__isnull=False)
    return list(found.distinct().order_by("-pk")[:50])


class PutForm(forms.Form):
    jury = forms.ChoiceField(label=gettext_lazy("Jury"))
    projects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sheets"), queryset=Project.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data)
        self.known = {str(each.pk): each for each in open_juries(plan)}
        self.fields["jury"].choices = [(key, f"{each} · {each.process}") for key, each in self.known.items()]  # type: ignore[attr-defined]
        sheets = plan.projects.filter(state=ProjectState.SHEET).order_by("number")
        self.fields["projects"].queryset = sheets  # type: ignore[attr-defined]
        self.fields["projects"].label_from_instance = lambda each: f"{each.number} · {each}"  # type: ignore[attr-defined]

    def chosen(self) -> Jury:
        return self.known[self.cleaned_data["jury"]]


class ScoringView(OnePlan):
    template_name = "strategy/portfolio/staff/scoring.html"
    page_title = gettext_lazy("Scoring")
    page_name = "scoring"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PutForm(request.POST, plan=self.plan)
        if form.is_valid():
            given = {"jury": form.chosen(), "projects": form.cleaned_data["projects"]}
            try:
                made = actions.put_before_jury(self.plan, **given, **self.who)
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
            else:
                said = ngettext(
                    "%(number)s sheet is before the jury.", "%(number)s sheets are before the jury.", len(made)
                )
                messages.success(request, said % {"number": len(made)})
                return redirect(url("scoring", self.plan))
        return self.page(form=form, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ours = Candidate.objects.filter(jury__kind=KIND, key__in=self.plan.projects.values("pk")).order_by()
        rows = juries.juries().filter(pk__in=ours.values("jury")).order_by("-published_at", "-pk")
        context = {
            "juries": [self._shown(jury) for jury in rows[:20]],
            "form": kwargs.pop("form", None) or PutForm(plan=self.plan),
            "sheets": self.plan.projects.filter(state=ProjectState.SHEET).count(),
            "processes_url": reverse("process:index"),
        }
        return {**super().get_context_data(**kwargs), **context}

    def _shown(self, jury: Jury) -> dict[str, Any]:
        at = stage(jury, self.request.now)  # type: ignore[attr-defined]
        found = [self._place(each) for each in places(jury)] if at == Stage.PUBLISHED else []
        return {
            "jury": jury,
            "stage": at.label,
            "done": at == Stage.PUBLISHED,
            "day": in_brussels(jury.published_at).date() if jury.published_at else None,
            "places": found,
            "same": all(each["agrees"] for each in found),
            "before": [] if found else juries.standing(jury),
            "settled": has_deliberated(jury),
            "url": reverse("jury:edit", args=[jury.pk]),
            "public_url": reverse("juries:page", args=[jury.process.slug, jury.pk]),
        }

    def _place(self, each: Any) -> dict[str, Any]:
        row: Ranking = each.ranking
        return {
            "row": row,
            "url": url("project", row.project.plan_id, row.project.number),
            "score": wording.number(each.score) if each.score is not None else "–",
            "exact": row.score,
            "reason": shown(row, "reason"),
            "agrees": each.agrees or row.kept is None,
            "outcome": {True: _("on the shortlist"), False: _("not kept"), None: _("taken back")}[row.kept],
        }
