"""The viewset of panels: a list, and the pages of one."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import HISTORY, LIST, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Panel
from .desk import AddView, ChangeView, DeskView
from .screens import AttendanceView, ContactView, IssueView, LetterView, PayoutView, VacateView


class PanelViewSet(StaffViewSet):
    """Editors help as the secretariat; what names people at length, shows a code or pays is for managers (`arrange`)."""

    model = Panel
    policy = OrganisationPolicy(
        "process__organisation",
        roles=(Role.MANAGER,),
        view=(Role.MANAGER, Role.EDITOR),
        change=(Role.MANAGER, Role.EDITOR),
        delete=NOBODY,
        arrange=(Role.MANAGER,),
    )
    name = "panel"
    url_prefix = "panels"
    icon = "group"
    menu_label = _("Panels")
    menu_order = 117
    form_fields = ["size"]
    screens = (*LIST, *HISTORY)
    list_display = [
        "__str__",
        Column("process", label=_("Process"), accessor="process"),
        Column("size", label=_("Seats")),
        Column("state", label=_("State"), accessor="get_state_display"),
    ]
    list_filter = ["process", "state"]
    list_export = ["name", "process", "size", "state"]

    def get_urlpatterns(self) -> list[URLPattern]:
        one = "panel/<int:pk>/"
        return [
            *super().get_urlpatterns(),
            path("new/", self.construct_view(AddView), name="add"),
            path(one, self.construct_view(DeskView), name="edit"),
            path(f"{one}words/", self.construct_view(ChangeView), name="change"),
            path(f"{one}seats/<int:seat>/", self.construct_view(ContactView), name="contact"),
            path(f"{one}seats/<int:seat>/end/", self.construct_view(VacateView), name="vacate"),
            path(f"{one}seats/<int:seat>/letter/", self.construct_view(LetterView), name="letter"),
            path(f"{one}meetings/<int:meeting>/", self.construct_view(AttendanceView), name="attendance"),
            path(f"{one}payouts/<int:payout>.<slug:kind>", self.construct_view(PayoutView), name="payout"),
            path(f"{one}texts/<int:draft>/", self.construct_view(IssueView), name="issue"),
        ]
