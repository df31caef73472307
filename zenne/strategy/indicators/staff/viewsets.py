"""The viewsets: indicators with their desk, and files of values."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, HISTORY, LIST, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Import, Indicator
from .files import FileView, GiveView, file_url
from .screens import DefineView, DeskView, EditView, desk_url


class IndicatorViewSet(StaffViewSet):
    model = Indicator
    policy = OrganisationPolicy(
        "organisation", roles=(Role.MANAGER,), view=ANY_MEMBER, change=(Role.MANAGER, Role.EDITOR)
    )
    name = "indicator"
    url_prefix = "indicators"
    icon = "table"
    menu_label = _("Indicators")
    menu_order = 136
    list_display = [
        TitleColumn("name", label=_("Name"), accessor=str, get_url=desk_url),
        Column("slug", label=_("Address")),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("frequency", label=_("Frequency"), accessor="get_frequency_display"),
        Column("computed", label=_("Computed"), accessor=lambda each: "✓" if each.computed else ""),
        "organisation",
    ]
    list_export = ["slug", "name", "unit", "direction", "frequency", "state", "expression", "series", "organisation"]
    list_filter = ["state", "nature", "frequency", "organisation"]
    search_fields = ["slug", "name"]
    ordering = ["slug"]
    panels = [FieldPanel("slug")]
    screens = (*LIST, *HISTORY)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("new/", self.construct_view(DefineView), name="add"),
            path("edit/<int:pk>/", self.construct_view(EditView), name="edit"),
            path("desk/<int:pk>/", self.construct_view(DeskView), name="desk"),
        ]


class FileViewSet(StaffViewSet):
    model = Import
    policy = OrganisationPolicy(
        "organisation", roles=(Role.MANAGER, Role.EDITOR), view=ANY_MEMBER, change=NOBODY, delete=NOBODY
    )
    name = "measurement_file"
    url_prefix = "indicators-files"
    icon = "upload"
    menu_label = _("Files of values")
    menu_order = 137
    list_display = [
        TitleColumn("name", label=_("Name of the file"), get_url=file_url),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("total", label=_("Rows")),
        Column("fault_count", label=_("Rows refused")),
        DateColumn("made_at", label=_("Given")),
        "organisation",
    ]
    ordering = ["-made_at"]
    panels = [FieldPanel("name")]
    screens = (*LIST, *HISTORY)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("give/", self.construct_view(GiveView), name="add"),
            path("file/<int:pk>/", self.construct_view(FileView), name="page"),
        ]


ALL: tuple[type[StaffViewSet], ...] = (IndicatorViewSet, FileViewSet)
