"""The pages of a vote that anybody reads."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zenne.opendata.statistics.enums import PageKind
from zenne.people.access.answers import Refused
from zenne.people.accounts.models import Person
from zenne.web.htmx import render
from zenne.web.visited import visited

from .. import explaining, queries, showing
from ..enums import VoteState
from ..models import Vote
from ..rules import may_vote
from .finding import around, vote_at

MOST_COMPARED = 4


@require_safe
def page(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """A vote: what one chooses from, how one votes, and what one can do now."""
    vote = vote_at(request, process, pk)
    visited(request, PageKind.LIST, process=vote.process.pk, organisation=vote.process.organisation_id)
    sheet = queries.sheet(vote)
    own = queries.mine(vote, request.user) if isinstance(request.user, Person) else None
    order = showing.ordered(vote, sheet.options, own.seed if own else "", request.now)  # type: ignore[attr-defined]
    drawn = showing.cards(order.options, vote)
    frozen, public = queries.rule_and_result(vote)
    context = around(request, vote) | {
        "cards": drawn,
        "sections": showing.sections(drawn, vote, sheet.districts),
        "seed": order.seed,
        "pins": showing.pins(sorted(drawn, key=lambda each: each.number)),
        "budget": showing.budget(vote, sheet.districts),
        "paying": showing.paying(vote, sheet.districts, sheet.contributors),
        "voting": explaining.voting(vote),
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
        "annulment": showing.annulment(vote),
        "turnout": queries.turnout(vote),
        "frozen": frozen,
        "ready": sheet.ready,
        "public": public,
        **_mine(request, vote, own),
        **showing.ground(vote),
    }
    return render(request, "participation/voting/page.html", context)


def _mine(request: HttpRequest, vote: Vote, own: queries.Mine | None) -> dict[str, Any]:
    """What this visitor can do here now."""
    answer = may_vote(request.user, vote, request.now)  # type: ignore[attr-defined]
    open_now = vote.state(request.now) == VoteState.OPEN  # type: ignore[attr-defined]
    return {
        "open_now": open_now,
        "offered": open_now and showing.offered(answer),
        "said": showing.said(answer) if isinstance(answer, Refused) and open_now else "",
        "voter": own.voter if own and open_now else None,
    }


@require_safe
def rule(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """The rule in plain words with an example of the count, and its fingerprint once it is frozen."""
    vote = vote_at(request, process, pk)
    context = around(request, vote) | {
        "voting": explaining.voting(vote),
        "counting": explaining.counting(vote),
        "example": explaining.example(vote),
        **_paying(vote),
        "seed": _seed(request, vote) or "0123456789abcdef",  # type: ignore[attr-defined]
        "frozen": queries.frozen_rule(vote),
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
    }
    return render(request, "participation/voting/rule.html", context)


def _paying(vote: Vote) -> dict[str, Any]:
    sheet = queries.sheet(vote)
    return {"paying": showing.paying(vote, sheet.districts, sheet.contributors), "dividing": explaining.paying()}


def _seed(request: HttpRequest, vote: Vote) -> str:
    own = queries.mine(vote, request.user).seed if isinstance(request.user, Person) else ""
    return showing.ordered(vote, [], own, request.now).seed  # type: ignore[attr-defined]


@require_safe
def compare(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Up to four options side by side: `?o=1&o=4`."""
    vote = vote_at(request, process, pk)
    asked = request.GET.getlist("o")
    drawn = showing.cards(queries.sheet(vote).options, vote)
    chosen = [each for each in drawn if each.option.key in asked]
    context = around(request, vote) | {"cards": drawn, "chosen": chosen[:MOST_COMPARED], "most": MOST_COMPARED}
    context["rows"] = {
        "cost": any(each.option.cost_cents is not None for each in chosen),
        "group": any(each.option.district for each in chosen),
        "theme": any(each.theme for each in chosen),
        "where": any(each.plate for each in chosen),
    }
    context["too_many"] = len(chosen) > MOST_COMPARED
    return render(request, "participation/voting/compare.html", context)


@require_safe
def turnout(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """How many have voted, by channel and group of options. Never for what."""
    vote = vote_at(request, process, pk)
    counted = queries.turnout(vote)
    districts = queries.sheet(vote).districts
    context = around(request, vote) | {
        "turnout": counted,
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
        **showing.turnout_bars(vote, counted, districts),
    }
    return render(request, "participation/voting/turnout.html", context)


@require_safe
def sheet(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Everything on a few sheets of paper: the options in full in their published order, and the rule."""
    vote = vote_at(request, process, pk)
    context = around(request, vote) | {
        "cards": showing.cards(queries.sheet(vote).options, vote),
        **_paying(vote),
        "voting": explaining.voting(vote),
        "counting": explaining.counting(vote),
        "frozen": queries.frozen_rule(vote),
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
    }
    return render(request, "participation/voting/print.html", context)
