"""Counting a sealed box, reading what came out, putting it before everybody, and annulling a vote."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.numbers import whole_number
from zenne.participation.processes.staff.forms import Reasons

from .. import actions, queries, showing
from ..enums import ResultState
from ..models import Result
from ..telling import Told
from .screens import FormPage, OneVote, board_url, url


class ResultsView(OneVote):
    """Every count of a vote; a button counts, another puts a finished count before everybody. While one is under way the page says how far it is."""

    template_name = "participation/voting/staff/results.html"
    page_title = gettext_lazy("Count and result")
    header_icon = "list-ol"

    @cached_property
    def rows(self) -> list[Result]:
        return list(queries.results_of(self.vote))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        number = whole_number(request.POST.get("publish"), 5)
        if number is not None:
            result = get_object_or_404(Result.objects.select_related("vote"), vote=self.vote, number=number)
            self.tried(actions.publish_result, result, done=_("The result is public."))
        else:
            self.tried(actions.begin_count, self.vote, done=_("The ballots are being counted."))
        return redirect(url("results", self.vote))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vote, now = self.vote, self.request.now  # type: ignore[attr-defined]
        latest = next((row for row in self.rows if row.state in (ResultState.DRAFT, ResultState.PUBLISHED)), None)
        told = Told(vote, latest) if latest else None
        context = {
            "rows": self.rows,
            "latest": latest,
            "lists": showing.lists(told) if told else [],
            "void": told.void() if told else [],
            "counting_now": any(row.state == ResultState.COUNTING for row in self.rows),
            "standing": showing.standing(vote, now),
            "unsettled": list(queries.unsettled(vote)),
            "annulment": showing.annulment(vote),
            "can_count": vote.sealed_at is not None
            and vote.annulled_at is None
            and vote.counted_at is None
            and not queries.unsettled(vote).exists(),
            "annul_url": url("annul", vote),
        }
        return {**super().get_context_data(**kwargs), **context, **kwargs}


class AnnulView(FormPage):
    """A vote that does not count, with the reason in every language that the organisation promises."""

    page_title = gettext_lazy("Annul the vote")
    header_icon = "warning"

    def form(self, data: Any = None) -> Reasons:
        form = Reasons(data)
        form.offer(self.vote.process.organisation)
        return form

    def save(self, form: Reasons) -> str:
        actions.annul(self.vote, reason=form.reason(), **self.who)
        return board_url(self.vote)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = {
            "last_words": _("Annul the vote"),
            "warning": _("What was published stays readable, and says that it no longer counts. It cannot be undone."),
        }
        return super().get_context_data(back=url("results", self.vote), **said, **kwargs)
