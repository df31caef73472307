"""Lists and forms: each of them writes through the verbs in `actions`."""

from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from zenne.core.numbers import key_of
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, OrganisationPolicy, StaffViewSet, translated_panels

from .. import actions
from ..actions import content, folders, news, processes, timeline
from ..enums import WindowState
from ..models import Activity, Document, Folder, FrequentQuestion, News, Phase, Process, TeamMember, Theme
from . import screens
from .forms import ActivityForm, PhaseForm, ThemeForm

EDITORS = (Role.MANAGER, Role.EDITOR)
MANAGERS = (Role.MANAGER,)


def hidden(field: str) -> FieldPanel:
    """The row that a new part belongs to: given by the address, sent along with the form."""
    return FieldPanel(field, widget=forms.HiddenInput, classname="zenne-hidden")


def values(form: Any, fields: set[str]) -> dict[str, object]:
    """What the form says about these fields."""
    return {name: form.cleaned_data[name] for name in fields if name in form.cleaned_data}


class _AddPart(generic.CreateView):
    def get_success_url(self) -> str:
        return screens.overview_url(self.object.process)

    def get_success_buttons(self) -> list[Any]:
        return []


class _EditPart(generic.EditView):
    def get_success_url(self) -> str:
        return screens.overview_url(self.object.process)

    def get_success_buttons(self) -> list[Any]:
        return []


class _DeletePart(generic.DeleteView):
    def get_success_url(self) -> str:
        return screens.overview_url(self.object.process)


SLUG = _("The last part of the page’s address. Left empty, it is made of the title. It stays for good once published.")


class ProcessViewSet(StaffViewSet):
    model = Process
    policy = OrganisationPolicy("organisation", roles=EDITORS, view=ANY_MEMBER, add=MANAGERS, delete=MANAGERS)
    name = "process"
    icon = "tasks"
    menu_label = _("Processes")
    menu_order = 100
    list_display = [
        TitleColumn(
            "title", label=_("Title"), accessor="title_i18n", get_url=lambda process: screens.overview_url(process)
        ),
        Column("state", label=_("State"), accessor="get_state_display"),
        "organisation",
        DateColumn("published_at", label=_("Published")),
    ]
    list_filter = ["state", "organisation", "folder"]
    list_export = ["slug", "title", "state", "organisation", "created_at", "published_at", "archived_at"]
    search_fields = ["title", "slug"]
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            *translated_panels("title", "summary"),
            MultiFieldPanel(
                [
                    FieldPanel("slug", help_text=SLUG),
                    FieldRowPanel([FieldPanel("area"), FieldPanel("folder")]),
                    FieldPanel("cover"),
                ],
                heading=_("Where it stands"),
            ),
            MultiFieldPanel(
                [FieldPanel("contact_name"), FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")])],
                heading=_("How people reach you"),
            ),
            *translated_panels("contact_text"),
        ]
    )

    class add_view_class(generic.CreateView):  # noqa: N801 - Wagtail's name
        def get_success_url(self) -> str:
            return screens.overview_url(self.object)

        def get_success_buttons(self) -> list[Any]:
            return []

    class edit_view_class(generic.EditView):  # noqa: N801 - Wagtail's name
        def get_success_url(self) -> str:
            return screens.overview_url(self.object)

        def get_success_buttons(self) -> list[Any]:
            return []

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """The organisation is chosen once; the address is kept from the first publication on."""
        process = form.instance  # type: ignore[attr-defined]
        if process.pk:
            form.fields["organisation"].disabled = True
            form.fields["slug"].disabled = process.published_at is not None
        else:
            form.fields["slug"].required = False

    def create(self, form: Any, *, by: Person, now: datetime) -> Process:
        given = values(form, processes.TEXTS | processes.SETTINGS)
        organisation = form.cleaned_data["organisation"]
        process = actions.create_process(organisation=organisation, values=given, by=by, now=now)
        return _filed(process, form, by, now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Process:
        given = values(form, processes.TEXTS | processes.SETTINGS)
        process = actions.edit_process(form.instance, values=given, by=by, now=now)
        return _filed(process, form, by, now)

    def remove(self, thing: Process, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_draft(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        under = [
            path("overview/<int:pk>/", self.construct_view(screens.OverviewView), name="overview"),
            path("text/<int:pk>/", self.construct_view(screens.DescriptionView), name="description"),
            path("copy/<int:pk>/", self.construct_view(screens.DuplicateView), name="duplicate"),
        ]
        return [*super().get_urlpatterns(), *under]


def _filed(process: Process, form: Any, by: Person, now: datetime) -> Process:
    folder = form.cleaned_data.get("folder")
    if "folder" in form.changed_data:
        return actions.move_to_folder(process, folder=folder, by=by, now=now)
    return process


class FolderViewSet(StaffViewSet):
    model = Folder
    policy = OrganisationPolicy("organisation", roles=MANAGERS, view=ANY_MEMBER)
    name = "process_folder"
    icon = "folder-inverse"
    menu_label = _("Folders")
    menu_order = 101
    list_display = ["__str__", "organisation"]
    list_filter = ["organisation"]
    search_fields = ["title", "slug"]
    edit_handler = ObjectList([FieldPanel("organisation"), *translated_panels("title", "summary"), FieldPanel("slug")])

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        if form.instance.pk:  # type: ignore[attr-defined]
            form.fields["organisation"].disabled = True

    def create(self, form: Any, *, by: Person, now: datetime) -> Folder:
        given = values(form, folders.FIELDS)
        return actions.create_folder(organisation=form.cleaned_data["organisation"], values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Folder:
        return actions.edit_folder(form.instance, values=values(form, folders.FIELDS), by=by, now=now)

    def remove(self, thing: Folder, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_folder(thing, by=by, now=now)


class PartViewSet(StaffViewSet):
    """Something that belongs to one process, reached from its overview and leading back to it."""

    add_to_admin_menu = False
    add_view_class = _AddPart
    edit_view_class = _EditPart
    delete_view_class = _DeletePart
    list_display = ["__str__", "process"]

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """A new part is put into the process of the address; one that is there stays in its own."""
        part = form.instance  # type: ignore[attr-defined]
        field = form.fields.get("process")
        if field is None:
            return
        if part.pk:
            field.disabled = True
        elif chosen := _chosen(field, request):
            part.process = chosen


def _chosen(field: Any, request: HttpRequest) -> Any:
    """The row that the address or the form names, among those that may be chosen."""
    named = request.POST.get("process") or request.GET.get("process")
    return field.queryset.filter(pk=key_of(named)).first() if named else None


class ContentViewSet(PartViewSet):
    """Themes, questions, documents and the team: the four verbs of `actions.content`."""

    def create(self, form: Any, *, by: Person, now: datetime) -> Any:
        given = values(form, content.FIELDS[self.model])
        return actions.add_content(form.cleaned_data["process"], self.model, values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Any:
        return actions.edit_content(form.instance, values=values(form, content.FIELDS[self.model]), by=by, now=now)

    def remove(self, thing: Any, *, by: Person, now: datetime) -> None:
        actions.delete_content(thing, by=by, now=now)


class ThemeViewSet(ContentViewSet):
    model = Theme
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_theme"
    icon = "tag"
    edit_handler = ObjectList(
        [
            hidden("process"),
            *translated_panels("title", "description"),
            MultiFieldPanel(
                [FieldPanel("icon"), FieldPanel("motif"), FieldPanel("hue")],
                heading=_("Look"),
                classname="zenne-pictures",
            ),
        ],
        base_form_class=ThemeForm,
    )


class QuestionViewSet(ContentViewSet):
    model = FrequentQuestion
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_question"
    icon = "help"
    edit_handler = ObjectList([hidden("process"), *translated_panels("question", "answer")])


class DocumentViewSet(ContentViewSet):
    model = Document
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_document"
    icon = "doc-full"
    edit_handler = ObjectList(
        [hidden("process"), FieldPanel("file"), FieldPanel("language"), *translated_panels("title")]
    )


class TeamViewSet(ContentViewSet):
    model = TeamMember
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_team"
    icon = "user"
    edit_handler = ObjectList([hidden("process"), FieldPanel("name"), *translated_panels("task")])


class NewsViewSet(PartViewSet):
    model = News
    policy = OrganisationPolicy("process__organisation", roles=EDITORS)
    name = "process_news"
    icon = "mail"
    edit_handler = ObjectList([hidden("process"), *translated_panels("title", "body")])

    def create(self, form: Any, *, by: Person, now: datetime) -> News:
        return actions.write_news(form.cleaned_data["process"], values=values(form, news.FIELDS), by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> News:
        return actions.edit_news(form.instance, values=values(form, news.FIELDS), by=by, now=now)

    def remove(self, thing: News, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_news(thing, by=by, now=now)


def window_panels() -> list[Panel]:
    days = [FieldPanel("opens_day"), FieldPanel("opens_hour")]
    ends = [FieldPanel("closes_day"), FieldPanel("closes_hour")]
    reasons = [FieldPanel(f"reason_{language}") for language in ("fr", "nl", "en")]
    return [
        MultiFieldPanel([FieldRowPanel(days), FieldRowPanel(ends)], heading=_("When")),
        MultiFieldPanel(
            reasons,
            heading=_("Why this changes"),
            help_text=_("It has opened: a change of dates is public, and residents read this reason."),
        ),
    ]


class PhaseViewSet(PartViewSet):
    model = Phase
    policy = OrganisationPolicy("process__organisation", roles=EDITORS, add=MANAGERS, delete=MANAGERS)
    name = "process_phase"
    icon = "date"
    edit_handler = ObjectList(
        [hidden("process"), *translated_panels("title", "summary"), *window_panels()],
        base_form_class=PhaseForm,
    )

    def prepare(self, form: Any, request: HttpRequest) -> None:
        super().prepare(form, request)
        _offer_reasons(form, form.instance, request)

    def create(self, form: Any, *, by: Person, now: datetime) -> Phase:
        given = {**values(form, timeline.PHASE_TEXTS), **form.window()}
        return actions.add_phase(form.cleaned_data["process"], values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Phase:
        given = {**values(form, timeline.PHASE_TEXTS), **form.window()}
        return actions.edit_phase(form.instance, values=given, by=by, now=now, reason=form.reason())

    def remove(self, thing: Phase, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_phase(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        extend = path("extend/<int:pk>/", self.construct_view(screens.ExtendView), name="extend")
        return [*super().get_urlpatterns(), extend]


class ActivityViewSet(PartViewSet):
    model = Activity
    policy = OrganisationPolicy("phase__process__organisation", roles=EDITORS, add=MANAGERS, delete=MANAGERS)
    name = "process_activity"
    icon = "pick"
    list_display = ["__str__", "phase"]
    edit_handler = ObjectList(
        [
            hidden("phase"),
            FieldPanel("kind"),
            *translated_panels("title", "intro"),
            *window_panels(),
        ],
        base_form_class=ActivityForm,
    )

    def prepare(self, form: Any, request: HttpRequest) -> None:
        activity = form.instance
        if activity.pk:
            form.fields["phase"].disabled = form.fields["kind"].disabled = True
        _offer_reasons(form, activity, request)

    def create(self, form: Any, *, by: Person, now: datetime) -> Activity:
        given = {**values(form, timeline.ACTIVITY_TEXTS), **form.window()}
        kind = form.cleaned_data["kind"]
        return actions.add_activity(form.cleaned_data["phase"], kind=kind, values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Activity:
        given = {**values(form, timeline.ACTIVITY_TEXTS), **form.window()}
        return actions.edit_activity(form.instance, values=given, by=by, now=now, reason=form.reason())

    def remove(self, thing: Activity, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_activity(thing, by=by, now=now)

    def get_urlpatterns(self) -> list[URLPattern]:
        under = [
            path("extend/<int:pk>/", self.construct_view(screens.ExtendView), name="extend"),
            path("rules/<int:pk>/", self.construct_view(screens.PermissionsView), name="permissions"),
        ]
        return [*super().get_urlpatterns(), *under]


def _offer_reasons(form: Any, thing: Any, request: HttpRequest) -> None:
    """Ask for a reason only where a change would be public."""
    opened = (
        bool(thing.pk) and thing.process.published_at is not None and thing.state(request.now) != WindowState.UPCOMING
    )  # type: ignore[attr-defined]
    form.offer(thing.process.organisation if thing.pk else None, needed=opened)


ALL: tuple[type[StaffViewSet], ...] = (
    ProcessViewSet,
    FolderViewSet,
    PhaseViewSet,
    ActivityViewSet,
    ThemeViewSet,
    QuestionViewSet,
    NewsViewSet,
    DocumentViewSet,
    TeamViewSet,
)
