"""What the staff pages of a vote share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

from zenne.core.errors import Spoken
from zenne.people.organisations.staff import Screen

from .. import queries
from ..models import PaperBatch, Vote
from ..rules import may_manage


def board_url(vote: Vote) -> str:
    return reverse("vote:edit", args=[vote.pk])


def url(name: str, vote: Vote, *more: int) -> str:
    return reverse(f"vote:{name}", args=[vote.pk, *more])


class OneVote(Screen):
    """A page about one vote of the person's organisations."""

    header_icon = "tick-inverse"

    @cached_property
    def vote(self) -> Vote:
        return get_object_or_404(queries.votes(), pk=self.kwargs["pk"])

    @cached_property
    def batch(self) -> PaperBatch:
        batch = get_object_or_404(
            PaperBatch.objects.select_related("district"), vote=self.vote, number=self.kwargs["number"]
        )
        batch.vote = self.vote
        return batch

    @property
    def manages(self) -> bool:
        return bool(may_manage(self.person, self.vote.process.organisation))

    def get_page_subtitle(self) -> str:
        return str(self.vote)

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (board_url(self.vote), str(self.vote))]

    def tried(self, verb: Callable[..., object], *given: Any, done: Any = "", **more: Any) -> Spoken | None:
        """Do it and say so; or say why not, and hand the refusal back."""
        try:
            verb(*given, **more, **self.who)
        except Spoken as refusal:
            messages.error(self.request, str(refusal.message or refusal.headline))
            return refusal
        if done:
            messages.success(self.request, done)
        return None

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        context = {"vote": self.vote, "board": board_url(self.vote), "manages": self.manages, "now": now}
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class FormPage(OneVote):
    """A page with one form; what `save` does may be refused, beside the form."""

    any_permission_required = ["change"]
    template_name = "participation/voting/staff/form.html"

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def save(self, form: Any) -> str:
        """Do what the form asks; the address to go to."""
        raise NotImplementedError

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(form=self.form())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                return redirect(self.save(form))
            except Spoken as refusal:
                form.add_error(None, str(refusal.message or refusal.headline))
        return self.page(form=form, status=422)
