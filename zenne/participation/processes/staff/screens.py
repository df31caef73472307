"""The pages under one process: the overview with everything in its place, the long text, copying, extending, who may take part."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.core.errors import Spoken
from zenne.core.languages import LANGUAGES
from zenne.core.numbers import key_of

from .. import actions
from ..enums import WindowState
from ..kinds import kinds
from ..models import Activity, Description, Document, FrequentQuestion, Phase, Process, TeamMember, Theme
from ..rules import may_manage, offered, permission_for
from .board import board
from .forms import DuplicateForm, ExtendForm, PermissionForm, Reasons, as_typed, closing, tell


def overview_url(process: Process) -> str:
    return reverse("process:overview", args=[process.pk])


class Screen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about one row of the viewset it is registered with; `process` is the one it belongs to."""

    any_permission_required = ["change"]
    model: Any = None
    page_title: Any = ""
    header_icon = "tasks"

    @cached_property
    def thing(self) -> Any:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    @property
    def process(self) -> Process:
        return self.thing if isinstance(self.thing, Process) else self.thing.process

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("process:index"), "label": _("Processes")},
            {"url": overview_url(self.process), "label": str(self.process)},
            {"url": "", "label": str(self.page_title)},
        ]


class OverviewView(Screen):
    """Everything of one process in one place, what is missing, and the buttons that move it on."""

    any_permission_required = ["view", "change"]
    template_name = "participation/processes/staff/overview.html"
    page_title = gettext_lazy("Overview")

    VERBS = {
        "publish": (actions.publish_process, gettext_lazy("The process is public.")),
        "archive": (actions.archive_process, gettext_lazy("The process is archived.")),
        "reopen": (actions.reopen_process, gettext_lazy("The process is public again.")),
        "renew": (actions.renew_preview_link, gettext_lazy("The old preview link opens nothing any more.")),
    }
    NEWS = {"publish_news": actions.publish_news, "withdraw_news": actions.withdraw_news}
    MOVED: dict[str, Any] = {"theme": Theme, "question": FrequentQuestion, "document": Document, "team": TeamMember}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request: Any = self.request
        return {**super().get_context_data(**kwargs), **board(self.process, request.user, request.now)}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            said = self._done(request)
        except Spoken as refusal:
            messages.error(request, f"{refusal.headline}. {refusal.message}")
        else:
            if said:
                messages.success(request, said)
        return redirect(overview_url(self.process))

    def _done(self, request: Any) -> str:
        """Do what the button says. A button that isn't ours does nothing."""
        verb, item = request.POST.get("verb", ""), request.POST.get("item", "")
        who = {"by": request.user, "now": request.now}
        if verb in self.VERBS:
            action, said = self.VERBS[verb]
            action(self.process, **who)
            return str(said)
        key = key_of(item)
        up = request.POST.get("up") == "1"
        if verb in self.NEWS:
            self.NEWS[verb](get_object_or_404(self.process.news, pk=key), **who)
        elif verb == "activity":
            actions.move_activity(get_object_or_404(Activity, phase__process=self.process, pk=key), up=up, **who)
        elif verb in self.MOVED:
            actions.move_content(get_object_or_404(self.MOVED[verb], process=self.process, pk=key), up=up, **who)
        return ""


class FormScreen(Screen):
    """A page with one form; `done` does what it asks, and a refusal stands beside the field it is about."""

    template_name = "participation/processes/staff/form.html"
    save_label: Any = gettext_lazy("Save")

    def form(self, data: Any = None) -> forms.BaseForm:
        raise NotImplementedError

    def done(self, form: Any, who: dict[str, Any]) -> str:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return redirect(self.done(form, {"by": request.user, "now": request.now}))
            except Spoken as refusal:
                tell(form, refusal, refusal.message or refusal.headline)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        context = {"back": overview_url(self.process), "save_label": self.save_label, "media": form.media}
        return {**super().get_context_data(**kwargs), **context}


class DescriptionForm(WagtailAdminModelForm):
    class Meta:
        model = Description
        fields = ["body"]


class DescriptionView(FormScreen):
    """The long text, one language at a time: `?language=nl`."""

    template_name = "participation/processes/staff/description.html"
    page_title = gettext_lazy("What it is about")
    header_icon = "doc-full-inverse"

    @property
    def language(self) -> str:
        asked = self.request.GET.get("language", "")
        return asked if asked in LANGUAGES else self.process.organisation.languages[0]

    def form(self, data: Any = None) -> forms.BaseForm:
        found = self.process.descriptions.filter(language=self.language).first()
        return DescriptionForm(data, instance=found or Description(process=self.process, language=self.language))

    def done(self, form: Any, who: dict[str, Any]) -> str:
        actions.write_description(self.process, language=self.language, body=form.cleaned_data["body"], **who)
        messages.success(self.request, _("The text is saved."))
        return self.request.get_full_path()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        written = {each.language for each in self.process.descriptions.all() if each.body}
        tabs = [
            {
                "language": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "current": code == self.language,
                "missing": code not in written,
            }
            for code in self.process.organisation.languages
        ]
        return {**super().get_context_data(**kwargs), "tabs": tabs, "language": self.language}


class DuplicateView(FormScreen):
    page_title = gettext_lazy("Copy")
    header_icon = "copy"
    save_label = gettext_lazy("Make the copy")

    def form(self, data: Any = None) -> forms.BaseForm:
        return DuplicateForm(data, initial={"slug": f"{self.process.slug}-2"[:80]})

    def done(self, form: Any, who: dict[str, Any]) -> str:
        given = form.cleaned_data
        copy = actions.duplicate_process(self.process, slug=given["slug"], begins=given["begins"], **who)
        messages.success(self.request, _("This is the copy: a draft, with its dates moved."))
        return overview_url(copy)


class ExtendView(FormScreen):
    """More time for a phase or an activity."""

    page_title = gettext_lazy("Give more time")
    header_icon = "time"
    save_label = gettext_lazy("Extend, in public")

    def form(self, data: Any = None) -> forms.BaseForm:
        thing: Phase | Activity = self.thing
        closes_at = thing.closes_at if isinstance(thing, Phase) else thing.window()[1]
        form = ExtendForm(data, initial=as_typed(None, closes_at))
        form.offer(self.process.organisation)
        return form

    def done(self, form: Any, who: dict[str, Any]) -> str:
        until = closing(form.cleaned_data["closes_day"], form.cleaned_data["closes_hour"])
        assert until is not None
        actions.extend_window(self.thing, closes_at=until, reason=form.reason(), **who)
        messages.success(self.request, _("The new date is public, with its reason."))
        return overview_url(self.process)


class PermissionsView(Screen):
    """Who may do what in one activity: a row per action, and the reason once it has opened."""

    template_name = "participation/processes/staff/permissions.html"
    page_title = gettext_lazy("Who may take part")
    header_icon = "lock"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(self._rows(None), self._reasons(None), 200)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        rows, reasons = self._rows(request.POST), self._reasons(request.POST)
        valid = [each.is_valid() for each in (*rows, reasons)]  # every one is asked, so that every one shows its errors
        if all(valid):
            given = {row.action: row.values() for row in rows}
            try:
                actions.set_permissions(
                    self.thing, values=given, by=request.user, now=request.now, reason=reasons.reason()
                )
            except Spoken as refusal:
                tell(reasons, refusal, refusal.message or refusal.headline)
            else:
                messages.success(request, _("Saved."))
                return redirect(overview_url(self.process))
        return self._page(rows, reasons, 422)

    def _rows(self, data: Any) -> list[PermissionForm]:
        activity: Activity = self.thing
        permissions = [permission_for(activity, action) for action in offered(activity)]
        organisation = self.process.organisation
        return [PermissionForm(data, permission=each, organisation=organisation) for each in permissions if each]

    def _reasons(self, data: Any) -> Reasons:
        reasons = Reasons(data)
        request: Any = self.request
        opened = self.process.published_at is not None and self.thing.state(request.now) != WindowState.UPCOMING
        reasons.offer(self.process.organisation, needed=opened)
        return reasons

    def _page(self, rows: list[PermissionForm], reasons: Reasons, status: int) -> HttpResponse:
        manages = bool(may_manage(self.request.user, self.process.organisation))  # type: ignore[arg-type]
        kind = kinds.get(self.thing.kind)
        context = {
            "rows": rows,
            "reasons": reasons,
            "manages": manages,
            "kind": kind,
            "back": overview_url(self.process),
        }
        return self.render_to_response(self.get_context_data(**context), status=status)
