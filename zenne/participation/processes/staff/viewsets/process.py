"""Processes and the folders they are kept in."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.people.accounts.models import Person
from zenne.people.organisations.staff import ANY_MEMBER, OrganisationPolicy, StaffViewSet, filled, translated_panels

from ... import actions
from ...actions import folders, processes
from ...models import Folder, Process
from .. import screens
from .parts import EDITORS, MANAGERS

SLUG = _("The last part of the page’s address. Left empty, it is made of the title. It stays for good once published.")


class ProcessViewSet(StaffViewSet):
    model = Process
    policy = OrganisationPolicy("organisation", roles=EDITORS, view=ANY_MEMBER, add=MANAGERS, delete=MANAGERS)
    name = "process"
    icon = "tasks"
    menu_label = _("Processes")
    menu_order = 100
    fixed = ("organisation",)
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

    def page_of(self, thing: Process) -> str:  # type: ignore[override]
        return screens.overview_url(thing)

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """The address is kept from the first publication on."""
        process = form.instance  # type: ignore[attr-defined]
        if process.pk:
            form.fields["slug"].disabled = process.published_at is not None
        else:
            form.fields["slug"].required = False

    def create(self, form: Any, *, by: Person, now: datetime) -> Process:
        given = filled(form, processes.TEXTS | processes.SETTINGS)
        organisation = form.cleaned_data["organisation"]
        process = actions.create_process(organisation=organisation, values=given, by=by, now=now)
        return _filed(process, form, by, now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Process:
        given = filled(form, processes.TEXTS | processes.SETTINGS)
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
    fixed = ("organisation",)
    list_display = ["__str__", "organisation"]
    list_filter = ["organisation"]
    search_fields = ["title", "slug"]
    edit_handler = ObjectList([FieldPanel("organisation"), *translated_panels("title", "summary"), FieldPanel("slug")])

    def create(self, form: Any, *, by: Person, now: datetime) -> Folder:
        given = filled(form, folders.FIELDS)
        return actions.create_folder(organisation=form.cleaned_data["organisation"], values=given, by=by, now=now)

    def update(self, form: Any, *, by: Person, now: datetime) -> Folder:
        return actions.edit_folder(form.instance, values=filled(form, folders.FIELDS), by=by, now=now)

    def remove(self, thing: Folder, *, by: Person, now: datetime) -> None:  # type: ignore[override]
        actions.delete_folder(thing, by=by, now=now)
