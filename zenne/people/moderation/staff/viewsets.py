"""The viewsets: cases, appeals and blocks with their own pages; the rule and the words as plain forms."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn

from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import NOBODY, OrganisationPolicy, StaffViewSet, save_with

from .. import actions
from ..models import Appeal, Block, Case, FlaggedWord, FlagRule
from .appeals import AppealPolicy, AppealsView, JudgeView
from .blocks import AddBlockView, BlocksView, LiftView
from .case import CaseView
from .figures import FiguresView
from .queue import KeepView, QueueView


class CaseViewSet(StaffViewSet):
    model = Case
    policy = OrganisationPolicy("organisation", roles=(Role.MODERATOR,), add=NOBODY, delete=NOBODY)
    name = "moderation_case"
    url_prefix = "moderation"
    icon = "warning"
    menu_label = _("Moderation")
    menu_order = 120
    form_fields = ["state"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(QueueView), name="index"),
            path("case/<int:pk>/", self.construct_view(CaseView), name="edit"),
            path("keep/", self.construct_view(KeepView), name="keep"),
            path("figures/", self.construct_view(FiguresView), name="figures"),
        ]


class AppealViewSet(StaffViewSet):
    model = Appeal
    policy = AppealPolicy()
    name = "moderation_appeal"
    url_prefix = "moderation/appeals"
    icon = "rotate"
    menu_label = _("Appeals")
    add_to_admin_menu = False
    form_fields = ["outcome"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(AppealsView), name="index"),
            path("<int:pk>/", self.construct_view(JudgeView), name="edit"),
        ]


class BlockViewSet(StaffViewSet):
    model = Block
    policy = OrganisationPolicy("organisation", roles=(Role.MODERATOR,), delete=NOBODY)
    name = "moderation_block"
    url_prefix = "moderation/blocks"
    icon = "no-view"
    menu_label = _("Blocked people")
    add_to_admin_menu = False
    form_fields = ["ground"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(BlocksView), name="index"),
            path("add/", self.construct_view(AddBlockView), name="add"),
            path("<int:pk>/", self.construct_view(LiftView), name="edit"),
        ]


class RuleViewSet(StaffViewSet):
    model = FlagRule
    policy = OrganisationPolicy("organisation", roles=(Role.MODERATOR,))
    name = "moderation_rule"
    url_prefix = "moderation/rules"
    icon = "cog"
    menu_label = _("What the platform looks for")
    add_to_admin_menu = False
    fixed = ("organisation",)
    list_display = [
        "organisation",
        BooleanColumn("hold", label=_("Held back")),
        "links_at_most",
        BooleanColumn("repeated", label=_("Repeated text")),
    ]
    panels = [
        FieldPanel("organisation"),
        MultiFieldPanel([FieldPanel("links_at_most"), FieldPanel("known_hosts")], heading=_("Links")),
        MultiFieldPanel([FieldPanel("repeated")], heading=_("Repeated text")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("burst_count"), FieldPanel("burst_minutes")]), FieldPanel("new_days")],
            heading=_("Much at once from a new account"),
        ),
        MultiFieldPanel([FieldPanel("hold")], heading=_("What happens then")),
    ]
    create = update = save_with(actions.save_rule, as_="rule")


class WordViewSet(StaffViewSet):
    model = FlaggedWord
    policy = OrganisationPolicy("organisation", roles=(Role.MODERATOR,))
    name = "moderation_word"
    url_prefix = "moderation/words"
    icon = "edit"
    menu_label = _("Words to look for")
    add_to_admin_menu = False
    fixed = ("organisation",)
    list_display = ["word", "language", "organisation"]
    list_filter = ["language", "organisation"]
    search_fields = ["word"]
    panels = [FieldPanel("organisation"), FieldPanel("word"), FieldPanel("language")]
    create = update = save_with(actions.save_rule, as_="rule")


ALL: tuple[type[StaffViewSet], ...] = (AppealViewSet, BlockViewSet, RuleViewSet, WordViewSet, CaseViewSet)
