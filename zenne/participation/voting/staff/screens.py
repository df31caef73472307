"""What the staff pages of a vote share."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from zenne.people.organisations.staff import Desk, WithForm

from .. import queries
from ..models import PaperBatch, Vote
from ..rules import may_manage


def board_url(vote: Vote) -> str:
    return reverse("vote:edit", args=[vote.pk])


def url(name: str, vote: Vote, *more: int) -> str:
    return reverse(f"vote:{name}", args=[vote.pk, *more])


class OneVote(Desk):
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = self.request.now  # type: ignore[attr-defined]
        context = {"vote": self.vote, "board": board_url(self.vote), "manages": self.manages, "now": now}
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class FormPage(WithForm, OneVote):
    """A page with one form; what `save` does may be refused, beside the form."""

    any_permission_required = ["change"]
    template_name = "participation/voting/staff/form.html"
