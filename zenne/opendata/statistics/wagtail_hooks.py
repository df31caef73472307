"""The back office: the numbers of one's own organisations, the late answers first."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from zenne.core.numbers import key_of
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of

from . import queries, showing
from .kinds import Scope


class NumbersView(WagtailAdminTemplateMixin, TemplateView):
    """One organisation at a time: `/manage/numbers/?organisation=3&period=month`. Members read those they work for, nobody else's."""

    template_name = "opendata/statistics/staff/board.html"
    page_title = gettext_lazy("Numbers")
    header_icon = "table"

    @cached_property
    def organisation(self) -> Organisation:
        mine = organisations_of(self.request.user).order_by("pk")  # type: ignore[arg-type]
        asked = self.request.GET.get("organisation", "")
        if asked:
            return get_object_or_404(mine, pk=key_of(asked))
        return get_object_or_404(mine, pk=mine.values_list("pk", flat=True).first() or 0)

    def get_page_subtitle(self) -> str:
        return str(self.organisation)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Numbers")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request: Any = self.request
        period = queries.period_asked(request.GET.get("period", ""))
        board = queries.board(Scope.organisation(self.organisation.pk), period, now=request.now)
        return {
            **super().get_context_data(**kwargs),
            "organisation": self.organisation,
            "others": organisations_of(request.user).exclude(pk=self.organisation.pk).order_by("pk"),
            "base": reverse("statistics:organisation", args=[self.organisation.slug]),
            **showing.staff(board),
        }


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def addresses() -> list[URLPattern]:
    return [path("numbers/", NumbersView.as_view(), name="numbers")]


class NumbersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return organisations_of(request.user).exists()  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def menu() -> MenuItem:
    return NumbersItem(gettext_lazy("Numbers"), reverse("numbers"), name="numbers", icon_name="table", order=140)
