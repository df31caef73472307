"""The pages of a vote that anybody reads."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zenne.web.htmx import render

from .. import explaining, queries
from .finding import around, vote_at


@require_safe
def page(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """A vote: what it is about, how one votes, and what one can do now."""
    vote = vote_at(request, process, pk)
    context = around(request, vote) | {
        "options": queries.options_of(vote),
        "voting": explaining.voting(vote),
        "turnout": queries.turnout(vote),
    }
    return render(request, "participation/voting/page.html", context)


@require_safe
def rule(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """The rule in plain words with an example of the count, and its fingerprint once it is frozen."""
    vote = vote_at(request, process, pk)
    context = around(request, vote) | {
        "voting": explaining.voting(vote),
        "counting": explaining.counting(vote),
        "example": explaining.example(vote),
        "frozen": queries.frozen_rule(vote),
    }
    return render(request, "participation/voting/rule.html", context)
