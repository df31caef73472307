"""Blocks: who is kept out, why and until when; making one, and ending it early."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.core.numbers import key_of
from zenne.people.history import queries as history
from zenne.people.history.kinds import in_words
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of
from zenne.people.organisations.staff import Screen

from .. import actions
from ..enums import Ground
from ..forms import BlockForm, LiftForm
from ..models import Block, Case
from ..queries import cases_for

MOST = 200


class BlocksView(Screen):
    template_name = "people/moderation/staff/blocks.html"
    page_title = gettext_lazy("Blocked people")
    header_icon = "no-view"

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("moderation_case:index"), _("Moderation"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = organisations_of(self.person, Role.MODERATOR).order_by().values("pk")
        found = list(
            Block.objects.filter(organisation__in=mine)
            .select_related("person", "organisation", "blocked_by", "appeal")
            .order_by("-starts_at", "-pk")[:MOST]
        )
        now = self.request.now  # type: ignore[attr-defined]
        return {
            **super().get_context_data(**kwargs),
            "object_list": found,
            "rows": [(one, one.holds(now)) for one in found],
        }


class AddBlockView(Screen):
    """Keep somebody out: somebody named by their address, or the author of a case (`?case=`)."""

    any_permission_required = ["add"]
    template_name = "people/moderation/staff/block_add.html"
    page_title = gettext_lazy("Block a person")
    header_icon = "no-view"

    def trail(self) -> list[tuple[str, str]]:
        queue, blocks = reverse("moderation_case:index"), reverse("moderation_block:index")
        return [(queue, _("Moderation")), (blocks, _("Blocked people"))]

    @cached_property
    def case(self) -> Case | None:
        found = cases_for(self.person).filter(pk=key_of(self.request.GET.get("case")), author__isnull=False)
        return found.select_related("author", "organisation").first()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            organisation = self.case.organisation if self.case else given["organisation"]
            whom = self.case.author if self.case and self.case.author else given["email"]
            words = {"ground": Ground(given["ground"]), "text": given["text"], "until": given["until"]}
            try:
                actions.block(whom, organisation=organisation, **words, **self.who)
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
            else:
                messages.success(
                    request, _("Blocked until that day; the person is told, with your reasons and how to appeal.")
                )
                return redirect(reverse("moderation_block:index"))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _form(self, data: Any = None) -> BlockForm:
        return BlockForm(
            data,
            organisations=organisations_of(self.person, Role.MODERATOR),
            person=self.case.author if self.case else None,
            now=self.request.now,  # type: ignore[attr-defined]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self._form()
        return {**super().get_context_data(**kwargs), "form": form, "case": self.case}


class LiftView(Screen):
    """One block, what happened to it, and ending it before its time."""

    any_permission_required = ["change"]
    template_name = "people/moderation/staff/block.html"
    page_title = gettext_lazy("Block")
    header_icon = "no-view"

    def trail(self) -> list[tuple[str, str]]:
        queue, blocks = reverse("moderation_case:index"), reverse("moderation_block:index")
        return [(queue, _("Moderation")), (blocks, _("Blocked people"))]

    @cached_property
    def block(self) -> Block:
        mine = organisations_of(self.person, Role.MODERATOR).order_by().values("pk")
        found = Block.objects.filter(organisation__in=mine)
        return get_object_or_404(
            found.select_related("person", "organisation", "blocked_by", "appeal"), pk=self.kwargs["pk"]
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LiftForm(request.POST)
        if form.is_valid():
            try:
                actions.lift(self.block, reason=form.cleaned_data["reason"], **self.who)
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
            else:
                messages.success(request, _("The block has ended; the person is told."))
                return redirect(reverse("moderation_block:index"))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or LiftForm()
        block = self.block
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "made": block,
            "holds": block.holds(self.request.now),  # type: ignore[attr-defined]
            "happened": [(entry, in_words(entry.event)) for entry in history.about(block)[:20]],
        }
