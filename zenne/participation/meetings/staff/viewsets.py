"""The viewset of meetings: a list, the form, the desk, what stays."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, HISTORY, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Meeting
from .desk import DeskView, RecordView
from .screens import ChangeView, ListView, NewView


class MeetingViewSet(StaffViewSet):
    model = Meeting
    policy = OrganisationPolicy(
        "process__organisation", roles=(Role.MANAGER, Role.EDITOR), view=ANY_MEMBER, add=NOBODY, delete=NOBODY
    )
    name = "meeting"
    url_prefix = "meetings"
    icon = "calendar"
    menu_label = _("Meetings")
    menu_order = 117
    form_fields = ["capacity"]
    screens = HISTORY

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(ListView), name="index"),
            path("new/<int:activity>/", self.construct_view(NewView), name="new"),
            path("meeting/<int:pk>/", self.construct_view(DeskView), name="edit"),
            path("meeting/<int:pk>/change/", self.construct_view(ChangeView), name="change"),
            path("meeting/<int:pk>/record/", self.construct_view(RecordView), name="record"),
            *super().get_urlpatterns(),
        ]
