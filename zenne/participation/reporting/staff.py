"""The back office of reports: the list, the form, and the desk of one report with everything that can be done with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.core.languages import LANGUAGES
from zenne.participation.processes.rules import may_manage
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import wear
from zenne.people.organisations.staff import (
    ANY_MEMBER,
    Desk,
    OrganisationPolicy,
    StaffViewSet,
    WithVerbs,
    filled,
    translated_panels,
)
from zenne.web.htmx import render

from . import actions, queries, showing
from .enums import CHANGEABLE, ReportState
from .kinds import in_order
from .models import Report

EDITORS = (Role.MANAGER, Role.EDITOR)


def desk_url(report: Report) -> str:
    return reverse("report:desk", args=[report.pk])


class ReportForm(WagtailAdminModelForm):
    """The chapters are those that the apps of the house offer."""

    chapters = forms.MultipleChoiceField(label=gettext_lazy("Chapters"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapters"].choices = [(key, str(chapter.label)) for key, chapter in in_order()]  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.fields["chapters"].initial = [key for key, _chapter in in_order()]


class OneReport(Desk):
    """A page about one report of the person's organisations."""

    any_permission_required = ["view", "change"]
    header_icon = "doc-full"

    @cached_property
    def report(self) -> Report:
        return get_object_or_404(Report.objects.select_related("process__organisation"), pk=self.kwargs["pk"])


class DeskView(WithVerbs, OneReport):
    """How far a report is, how it will read, and the buttons that move it on."""

    template_name = "participation/reporting/staff/desk.html"
    page_title = pgettext_lazy("document", "Report")

    def get_page_subtitle(self) -> str:
        return str(self.report)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, person = self.report, self.person
        state = ReportState(report.state)
        editions = [
            {"edition": each, "name": get_language_info(each.language)["name_local"].capitalize()}
            for each in sorted(report.editions.all(), key=lambda one: LANGUAGES.index(one.language))
        ]
        labels = {key: chapter.label for key, chapter in in_order()}
        may_edit = self.viewset.policy.user_has_permission_for_instance(person, "change", report)  # type: ignore[attr-defined]
        manages = bool(may_manage(person, report.process.organisation))
        return {
            **super().get_context_data(**kwargs),
            "report": report,
            "editions": editions if state in {ReportState.READY, ReportState.PUBLISHED, ReportState.WITHDRAWN} else [],
            "chapters": [label for key, label in labels.items() if key in report.chapters],
            "changeable": may_edit and state in CHANGEABLE,
            "manages": manages,
            "reasons": [
                {"code": code, "name": get_language_info(code)["name_local"].capitalize()}
                for code in report.process.organisation.languages
            ],
        }

    def verbs(self) -> dict[str, Callable[..., str]]:
        return {"make": self._make, "publish": self._publish, "withdraw": self._withdraw}

    def back(self) -> str:
        return desk_url(self.report)

    def _make(self) -> str:
        actions.ask_for_report(self.report, **self.who)
        return ""

    def _publish(self) -> str:
        actions.publish_report(self.report, **self.who)
        return _("The report is public.")

    def _withdraw(self) -> str:
        said = self.request.POST
        reason = {code: said.get(f"reason_{code}", "")[:1000] for code in LANGUAGES}
        actions.withdraw_report(self.report, reason=reason, **self.who)
        return _("The report is withdrawn; its address says why.")


def _language(request: HttpRequest) -> str:
    given = request.GET.get("language", "")
    return given if given in LANGUAGES else LANGUAGES[0]


class PreviewView(OneReport):
    """The report as its page will be, for staff only."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = queries.edition(self.report, _language(request))
        if edition is None:
            raise Http404
        process = self.report.process
        wear(request, process.organisation)
        around = {"process": process, "draft": True, "archived": False, "key": "", "preview": True}
        return render(request, "participation/reporting/report.html", around | showing.page(self.report, edition))


class PdfView(OneReport):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        edition = queries.edition(self.report, _language(request))
        if edition is None:
            raise Http404
        name = showing.file_name(self.report, edition, "pdf")
        answer = FileResponse(edition.pdf.open(), content_type="application/pdf", filename=name)
        answer["Cache-Control"] = "private, no-store"
        return answer


class ReportViewSet(StaffViewSet):
    model = Report
    policy = OrganisationPolicy("process__organisation", roles=EDITORS, view=ANY_MEMBER)
    name = "report"
    icon = "doc-full"
    menu_label = gettext_lazy("Reports")
    menu_order = 150
    fixed = ("process",)
    list_display = [
        TitleColumn("title", label=gettext_lazy("Title"), accessor=str, get_url=desk_url),
        Column("number", label=gettext_lazy("Number")),
        "process",
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("frozen_at", label=gettext_lazy("As it stood on")),
    ]
    list_export = ["number", "title", "process", "state", "frozen_at", "published_at", "withdrawn_at"]
    list_filter = ["state", "process"]
    edit_handler = ObjectList(
        [
            FieldPanel("process"),
            *translated_panels("title", "intro"),
            FieldPanel("frozen_at"),
            FieldPanel("chapters"),
        ],
        base_form_class=ReportForm,
    )

    def page_of(self, thing: Report) -> str:  # type: ignore[override]
        return desk_url(thing)

    def prepare(self, form: Any, request: HttpRequest) -> None:
        if not form.instance.pk:
            form.fields["frozen_at"].initial = request.now  # type: ignore[attr-defined]

    def create(self, form: Any, *, by: Person, now: datetime) -> Report:
        values = filled(form, actions.FIELDS)
        return actions.create_report(form.cleaned_data["process"], values=values, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Report:
        return actions.edit_report(form.instance, values=filled(form, actions.FIELDS), by=by, now=now)

    def remove(self, thing: Report, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_report(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("desk/<int:pk>/", self.construct_view(DeskView), name="desk"),
            path("preview/<int:pk>/", self.construct_view(PreviewView), name="preview"),
            path("pdf/<int:pk>/", self.construct_view(PdfView), name="pdf"),
        ]
