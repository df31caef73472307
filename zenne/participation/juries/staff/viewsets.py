"""The viewset of juries: a list, and the pages of one."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import HISTORY, LIST, NOBODY, OrganisationPolicy, StaffViewSet

from ..models import Jury
from .desk import CriterionView, DeskView, RuleView


class JuryViewSet(StaffViewSet):
    model = Jury
    policy = OrganisationPolicy(
        "activity__phase__process__organisation", roles=(Role.MANAGER,), add=NOBODY, delete=NOBODY
    )
    name = "jury"
    url_prefix = "juries"
    icon = "group"
    menu_label = _("Juries")
    menu_order = 115
    form_fields = ["keep"]
    screens = (*LIST, *HISTORY)
    list_display = ["__str__", Column("process", label=_("Process"), accessor="process")]
    list_export = ["activity", "process"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("jury/<int:pk>/", self.construct_view(DeskView), name="edit"),
            path("jury/<int:pk>/rule/", self.construct_view(RuleView), name="rule"),
            path("jury/<int:pk>/criterion/", self.construct_view(CriterionView), name="criterion_add"),
            path("jury/<int:pk>/criterion/<int:criterion>/", self.construct_view(CriterionView), name="criterion"),
        ]
