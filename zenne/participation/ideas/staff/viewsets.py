"""The viewsets: ideas with their own pages, the settings of a call, and the words ideas are sorted by."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.processes.staff.forms import Reasons
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, HISTORY, NOBODY, OrganisationPolicy, StaffViewSet, filled

from ..actions.calls import FIELDS, change_call
from ..models import Idea, Ideation, Tag
from .entering import EnteredView, EnterView
from .listing import ListView, ManyView, OutcomeView
from .page import IdeaView, MergeView


class IdeaViewSet(StaffViewSet):
    model = Idea
    policy = OrganisationPolicy("process__organisation", roles=ANY_MEMBER, delete=NOBODY)
    name = "idea"
    url_prefix = "ideas"
    icon = "comment"
    menu_label = _("Ideas")
    menu_order = 110
    form_fields = ["title"]
    screens = HISTORY

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(ListView), name="index"),
            path("idea/<int:pk>/", self.construct_view(IdeaView), name="edit"),
            path("merge/<int:pk>/", self.construct_view(MergeView), name="merge"),
            path("many/", self.construct_view(ManyView), name="many"),
            path("many/outcome/", self.construct_view(OutcomeView), name="outcome"),
            path("enter/", self.construct_view(EnterView), name="enter"),
            path("entered/<int:pk>/", self.construct_view(EnteredView), name="entered"),
            *super().get_urlpatterns(),
        ]


class CallForm(Reasons, WagtailAdminModelForm):
    """The settings of a call, and the public reason once it has opened."""


class CallViewSet(StaffViewSet):
    model = Ideation
    policy = OrganisationPolicy(
        "activity__phase__process__organisation", roles=(Role.MANAGER,), add=NOBODY, delete=NOBODY
    )
    name = "idea_call"
    icon = "cog"
    add_to_admin_menu = False
    list_display = ["__str__"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("moderation"), FieldPanel("place")], heading=_("What residents meet, and when it is read")
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("max_photos"), FieldPanel("max_files")])], heading=_("Photos and files")
            ),
            MultiFieldPanel(
                [FieldPanel("comments"), FieldPanel("comment_moderation"), FieldPanel("stance"), FieldPanel("oppose")],
                heading=_("Discussion and support"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("ideas_per_person"), FieldPanel("supports_per_person")])],
                heading=_("Limits"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("answer_days"), FieldPanel("edit_minutes")])], heading=_("Time")
            ),
            MultiFieldPanel(
                [FieldPanel(attribute("reason", language)) for language in LANGUAGES],
                heading=_("Why this changes"),
                help_text=_("It has opened: a change of its rule is public, and residents read this reason."),
            ),
        ],
        base_form_class=CallForm,
    )

    def page_of(self, thing: Ideation) -> str:  # type: ignore[override]
        return reverse("process:overview", args=[thing.activity.process.pk])

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """Ask for a reason only where a change would be public."""
        form.offer_for(form.instance.activity, request.now)  # type: ignore[attr-defined]

    def update(self, form: Any, *, by: Person, now: datetime) -> Ideation:
        call = Ideation.objects.select_related("activity__phase__process__organisation").get(pk=form.instance.pk)
        return change_call(call, values=filled(form, FIELDS), reason=form.reason(), by=by, now=now)


class TagViewSet(StaffViewSet):
    model = Tag
    policy = OrganisationPolicy("organisation", roles=(Role.MODERATOR, Role.MANAGER), view=ANY_MEMBER)
    name = "idea_tag"
    icon = "tag"
    menu_label = _("Tags of ideas")
    menu_order = 112
    add_to_admin_menu = False
    fixed = ("organisation",)
    list_display = ["name", "organisation"]
    list_filter = ["organisation"]
    search_fields = ["name"]
    panels = [FieldPanel("organisation"), FieldPanel("name")]


ALL: tuple[type[StaffViewSet], ...] = (IdeaViewSet, CallViewSet, TagViewSet)
