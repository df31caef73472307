"""The moderators' desk: what was reported in their organisations, oldest first, and what was decided before."""

from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.core.errors import Spoken
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import NOBODY, OrganisationPolicy, StaffViewSet

from . import actions
from .enums import Ground, Verdict
from .kinds import contribution_of
from .models import Decision, Report


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(Verdict.KEPT, Verdict.KEPT.label), (Verdict.HIDDEN, Verdict.HIDDEN.label)],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Reason, told to the author"), choices=[("", "—"), *Ground.choices], required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Explanation, told to the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideView(View):
    """One report: what was said, why it was reported, and the two buttons."""

    viewset: Any = None
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(request, pk, DecisionForm(initial={"ground": self._report(pk).ground}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = self._report(pk)
        form = DecisionForm(request.POST)
        if form.is_valid() and report.about is not None:
            data = form.cleaned_data
            ground = Ground(data["ground"]) if data["ground"] else None
            try:
                actions.decide(
                    report.about,
                    Verdict(data["verdict"]),
                    ground=ground,
                    text=data["text"],
                    by=request.user,
                    now=request.now,
                )
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
            else:
                messages.success(request, _("The decision is taken; the author is told when something was hidden."))
                return redirect(reverse(self.viewset.get_url_name("index")))
        return self._page(request, pk, form)

    def _report(self, pk: int) -> Report:
        return Report.objects.select_related("about_type", "reporter").get(pk=pk)

    def _page(self, request: HttpRequest, pk: int, form: DecisionForm) -> HttpResponse:
        report = self._report(pk)
        thing = report.about
        contribution = contribution_of(thing) if thing is not None else None
        context = {
            "report": report,
            "form": form,
            "label": contribution.label if contribution else "",
            "excerpt": contribution.excerpt(thing) if contribution else "",
            "address": contribution.address(thing) if contribution else "",
            "author": contribution.author(thing) if contribution else None,
            "others": Report.objects.filter(about_type=report.about_type, about_id=report.about_id)
            .exclude(pk=pk)
            .count(),
            "back": reverse(self.viewset.get_url_name("index")),
        }
        return render(request, "people/moderation/decide.html", context, status=422 if form.is_bound else 200)


class ReportViewSet(StaffViewSet):
    model = Report
    policy = OrganisationPolicy("organisation", roles=(Role.MODERATOR,), add=NOBODY, delete=NOBODY)
    icon = "warning"
    menu_label = gettext_lazy("Moderation")
    menu_order = 300
    form_fields = ["ground"]
    list_filter = ["ground", "organisation"]
    ordering = [F("decision_id").asc(nulls_first=True), "reported_at"]

    @property
    def list_display(self) -> list[Column]:
        return [
            TitleColumn("excerpt", label=_("Contribution"), accessor=self._excerpt, get_url=self._decide_url),
            Column("ground", label=_("Reason"), accessor="get_ground_display"),
            Column("organisation", label=_("Organisation")),
            Column("decision", label=_("Decision"), accessor=lambda report: report.decision or _("waits")),
            DateColumn("reported_at", label=_("Reported"), sort_key="reported_at"),
        ]

    def get_urlpatterns(self) -> list[URLPattern]:
        decide = path("<int:pk>/decide/", self.construct_view(DecideView, url_name=""), name="decide")
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name not in {"edit", "delete", "add"}),
            decide,
        ]

    def _decide_url(self, report: Report) -> str:
        return reverse(self.get_url_name("decide"), args=[report.pk])

    @staticmethod
    def _excerpt(report: Report) -> str:
        thing = report.about
        return contribution_of(thing).excerpt(thing)[:90] if thing is not None else _("no longer there")


class DecisionViewSet(StaffViewSet):
    model = Decision
    policy = OrganisationPolicy("organisation", roles=(Role.MODERATOR,), add=NOBODY, change=NOBODY, delete=NOBODY)
    icon = "clipboard-list"
    menu_label = gettext_lazy("Moderation decisions")
    menu_order = 310
    form_fields = ["verdict"]
    list_display = ["__str__", "ground", "text", "moderator", "organisation"]
    list_filter = ["verdict", "ground", "organisation"]
    list_export = ["decided_at", "verdict", "ground", "text"]


@hooks.register("register_admin_viewset")
def moderation_desk() -> list[StaffViewSet]:
    return [ReportViewSet("reports"), DecisionViewSet("decisions")]
