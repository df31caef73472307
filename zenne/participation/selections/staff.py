"""The back office of selections: the list, and one selection with what it says and the way to annul it. What decides has its own desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from zenne.core.errors import Spoken
from zenne.core.languages import LANGUAGES
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import ANY_MEMBER, HISTORY, LIST, NOBODY, OrganisationPolicy, Screen, StaffViewSet

from . import actions, showing
from .enums import SelectionState
from .models import Selection
from .rules import may_move


def desk_url(selection: Selection) -> str:
    return reverse("selection:edit", args=[selection.pk])


class DeskView(Screen):
    template_name = "participation/selections/staff/desk.html"
    page_title = gettext_lazy("Decision")
    header_icon = "clipboard-list"

    @cached_property
    def selection(self) -> Selection:
        found = Selection.objects.select_related("process__organisation", "activity__phase", "source")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.selection)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        selection = self.selection
        return {
            **super().get_context_data(**kwargs),
            **showing.page(selection),
            "may_annul": bool(may_move(self.person, selection, SelectionState.ANNULLED)),
            "languages": [
                {"code": code, "name": get_language_info(code)["name_local"].capitalize()}
                for code in selection.process.organisation.languages
            ],
        }

    def post(self, request: Any, pk: int) -> HttpResponse:
        reason = {code: request.POST.get(f"reason_{code}", "")[:2000] for code in LANGUAGES}
        try:
            actions.annul(self.selection, reason=reason, **self.who)
        except Spoken as refusal:
            messages.error(request, str(refusal.message or refusal.headline))
            return self.render_to_response(self.get_context_data(reason=reason), status=refusal.status)
        messages.success(request, _("The decision is annulled; its page says why."))
        return redirect(desk_url(self.selection))


class SelectionViewSet(StaffViewSet):
    model = Selection
    policy = OrganisationPolicy(
        "process__organisation", roles=(Role.MANAGER,), view=ANY_MEMBER, add=NOBODY, delete=NOBODY
    )
    name = "selection"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Decisions")
    menu_order = 130
    form_fields = ["state"]
    screens = (*LIST, *HISTORY)
    list_display = [
        TitleColumn("title", label=gettext_lazy("Title"), accessor=str, get_url=desk_url),
        Column("number", label=gettext_lazy("Number")),
        "process",
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("decided_at", label=gettext_lazy("Decided")),
    ]
    list_export = ["number", "title", "process", "state", "decided_at", "published_at", "annulled_at", "rule_digest"]
    list_filter = ["state", "process"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("desk/<int:pk>/", self.construct_view(DeskView), name="edit"),
        ]
