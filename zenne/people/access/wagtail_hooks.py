"""Groups in the back office: people named one by one, who may do what others may not."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import OrganisationPolicy, StaffViewSet

from .models import Group


class GroupViewSet(StaffViewSet):
    model = Group
    policy = OrganisationPolicy("organisation", roles=(Role.MANAGER,))
    name = "access_groups"
    icon = "group"
    menu_label = _("Groups")
    menu_order = 620
    panels = [FieldPanel("organisation"), FieldPanel("name"), FieldPanel("members")]
    list_display = ["name", "organisation"]
    search_fields = ["name"]


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def groups() -> GroupViewSet:
    return GroupViewSet()
