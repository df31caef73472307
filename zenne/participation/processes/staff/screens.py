"""The pages under one process: the overview with everything in its place, the long text, copying, extending, who may take part."""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm

from zenne.core.errors import Spoken
from zenne.core.languages import LANGUAGES
from zenne.people.organisations.staff import Desk, WithForm, WithVerbs, blame, limit_choices

from .. import actions
from ..kinds import kinds
from ..models import Activity, Description, Document, FrequentQuestion, Phase, Process, TeamMember, Theme
from ..rules import may_manage, offered, permission_for
from .board import board
from .forms import DuplicateForm, ExtendForm, PermissionForm, Reasons, as_typed, closing

# how the forms name what the verbs name otherwise
TYPED = MappingProxyType({"opens_at": "opens_day", "closes_at": "closes_day", "reason": "reason_fr"})


def overview_url(process: Process) -> str:
    return reverse("process:overview", args=[process.pk])


class OneProcess(Desk):
    """A page about one row of the viewset it is registered with; `process` is the one it belongs to."""

    any_permission_required = ["change"]
    header_icon = "tasks"

    @cached_property
    def thing(self) -> Any:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    @property
    def process(self) -> Process:
        return self.thing if isinstance(self.thing, Process) else self.thing.process

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("process:index"), _("Processes")), (overview_url(self.process), str(self.process))]

    def back(self) -> str:
        return overview_url(self.process)


class OverviewView(WithVerbs, OneProcess):
    """Everything of one process in one place, what is missing, and the buttons that move it on."""

    any_permission_required = ["view", "change"]
    template_name = "participation/processes/staff/overview.html"
    page_title = gettext_lazy("Overview")

    MOVED: dict[str, Any] = {"theme": Theme, "question": FrequentQuestion, "document": Document, "team": TeamMember}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request: Any = self.request
        return {**super().get_context_data(**kwargs), **board(self.process, self.person, request.now)}

    def verbs(self) -> dict[str, Callable[..., str]]:
        return {
            "publish": partial(self._do, actions.publish_process, _("The process is public.")),
            "archive": partial(self._do, actions.archive_process, _("The process is archived.")),
            "reopen": partial(self._do, actions.reopen_process, _("The process is public again.")),
            "renew": partial(self._do, actions.renew_preview_link, _("The old preview link opens nothing any more.")),
            "publish_news": partial(self._news, actions.publish_news),
            "withdraw_news": partial(self._news, actions.withdraw_news),
            "activity": self._move_activity,
            **{verb: partial(self._move, model) for verb, model in self.MOVED.items()},
        }

    def _do(self, action: Callable[..., object], said: str) -> str:
        action(self.process, **self.who)
        return said

    def _news(self, action: Callable[..., object]) -> str:
        action(self.item(self.process.news.all()), **self.who)
        return ""

    def _move_activity(self) -> str:
        actions.move_activity(self.item(Activity.objects.filter(phase__process=self.process)), up=self._up, **self.who)
        return ""

    def _move(self, model: Any) -> str:
        actions.move_content(self.item(model.objects.filter(process=self.process)), up=self._up, **self.who)
        return ""

    @property
    def _up(self) -> bool:
        return self.request.POST.get("up") == "1"


class FormPage(WithForm, OneProcess):
    """A page with one form; what `save` does may be refused, beside the field it is about."""

    template_name = "participation/processes/staff/form.html"
    save_label: Any = gettext_lazy("Save")
    fields = TYPED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"back": self.back(), "save_label": self.save_label, "media": kwargs["form"].media}
        return {**super().get_context_data(**kwargs), **context}


class DescriptionForm(WagtailAdminModelForm):
    class Meta:
        model = Description
        fields = ["body"]


class DescriptionView(FormPage):
    """The long text, one language at a time: `?language=nl`."""

    template_name = "participation/processes/staff/description.html"
    page_title = gettext_lazy("What it is about")
    header_icon = "doc-full-inverse"
    done = gettext_lazy("The text is saved.")

    @property
    def language(self) -> str:
        asked = self.request.GET.get("language", "")
        return asked if asked in LANGUAGES else self.process.organisation.languages[0]

    def form(self, data: Any = None) -> forms.BaseForm:
        found = self.process.descriptions.filter(language=self.language).first()
        form = DescriptionForm(data, instance=found or Description(process=self.process, language=self.language))
        limit_choices(form, self.person, self.viewset.policy.organisations(self.person, "change"))
        return form

    def save(self, form: Any) -> str:
        actions.write_description(self.process, language=self.language, body=form.cleaned_data["body"], **self.who)
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


class DuplicateView(FormPage):
    page_title = gettext_lazy("Copy")
    header_icon = "copy"
    save_label = gettext_lazy("Make the copy")
    done = gettext_lazy("This is the copy: a draft, with its dates moved.")

    def form(self, data: Any = None) -> forms.BaseForm:
        return DuplicateForm(data, initial={"slug": f"{self.process.slug}-2"[:80]})

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        copy = actions.duplicate_process(self.process, slug=given["slug"], begins=given["begins"], **self.who)
        return overview_url(copy)


class ExtendView(FormPage):
    """More time for a phase or an activity."""

    page_title = gettext_lazy("Give more time")
    header_icon = "time"
    save_label = gettext_lazy("Extend, in public")
    done = gettext_lazy("The new date is public, with its reason.")

    def form(self, data: Any = None) -> forms.BaseForm:
        thing: Phase | Activity = self.thing
        closes_at = thing.closes_at if isinstance(thing, Phase) else thing.window()[1]
        form = ExtendForm(data, initial=as_typed(None, closes_at))
        form.offer(self.process.organisation)
        return form

    def save(self, form: Any) -> str:
        until = closing(form.cleaned_data["closes_day"], form.cleaned_data["closes_hour"])
        assert until is not None
        actions.extend_window(self.thing, closes_at=until, reason=form.reason(), **self.who)
        return self.back()


class PermissionsView(OneProcess):
    """Who may do what in one activity: a row per action, and the reason once it has opened."""

    template_name = "participation/processes/staff/permissions.html"
    page_title = gettext_lazy("Who may take part")
    header_icon = "lock"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(rows=self._rows(None), reasons=self._reasons(None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows, reasons = self._rows(request.POST), self._reasons(request.POST)
        valid = [each.is_valid() for each in (*rows, reasons)]  # every one is asked, so that every one shows its errors
        if all(valid):
            given = {row.action: row.values() for row in rows}
            try:
                actions.set_permissions(self.thing, values=given, reason=reasons.reason(), **self.who)
            except Spoken as refusal:
                blame(reasons, refusal, TYPED)
            else:
                messages.success(request, _("Saved."))
                return redirect(self.back())
        return self.page(rows=rows, reasons=reasons, status=422)

    def _rows(self, data: Any) -> list[PermissionForm]:
        activity: Activity = self.thing
        permissions = [permission_for(activity, action) for action in offered(activity)]
        organisation = self.process.organisation
        return [PermissionForm(data, permission=each, organisation=organisation) for each in permissions if each]

    def _reasons(self, data: Any) -> Reasons:
        reasons = Reasons(data)
        reasons.offer_for(self.thing, self.request.now)  # type: ignore[attr-defined]
        return reasons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manages = bool(may_manage(self.person, self.process.organisation))
        context = {"manages": manages, "kind": kinds.get(self.thing.kind), "back": self.back()}
        return {**super().get_context_data(**kwargs), **context}
