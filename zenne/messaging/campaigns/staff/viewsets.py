from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import HISTORY, LIST, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Campaign
from .screens import CampaignView, PreviewView, WriteView


class CampaignViewSet(StaffViewSet):
    """Letters to many people at once."""

    model = Campaign
    policy = OrganisationPolicy("organisation", roles=(Role.MANAGER, Role.EDITOR), delete=NOBODY)
    name = "campaign"
    url_prefix = "campaigns"
    icon = "mail"
    menu_label = _("Campaigns")
    menu_order = 130
    form_fields = ["state"]
    screens = (*LIST, *HISTORY)
    list_filter = ["state", "organisation"]
    ordering: Any = ["-created_at", "-pk"]
    list_display = [
        "__str__",
        Column("audience", label=_("audience"), accessor="sort_of_audience"),
        Column("organisation", label=_("organisation")),
        Column("state", label=_("state"), accessor="get_state_display"),
        DateColumn("due_at", label=_("to be sent")),
    ]

    class index_view_class(generic.IndexView):  # noqa: N801 - Wagtail's name
        def get_base_queryset(self) -> QuerySet[Campaign]:
            return super().get_base_queryset().select_related("organisation")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("new/", self.construct_view(WriteView), name="add"),
            path("campaign/<int:pk>/", self.construct_view(CampaignView), name="edit"),
            path("campaign/<int:pk>/write/", self.construct_view(WriteView), name="write"),
            path("campaign/<int:pk>/preview/<str:language>/", self.construct_view(PreviewView), name="preview"),
        ]
