"""What votes add to the page of a process, of an idea."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity, Process
from zenne.people.accounts.models import Person
from zenne.web.slots import register

from . import queries, showing
from .enums import VoteState
from .models import Option
from .rules import may_vote


def facts(request: HttpRequest, process: Process) -> str:
    """How many have voted, for the hero: of the vote that is open, else of the last that was."""
    if not any(activity.kind == "vote" for phase in process.phases.all() for activity in phase.activities.all()):
        return ""
    begun = [vote for vote in queries.all_of(process.slug).values() if vote.state(request.now) != VoteState.PREPARING]  # type: ignore[attr-defined]
    if not begun:
        return ""
    open_now = [vote for vote in begun if vote.state(request.now) == VoteState.OPEN]  # type: ignore[attr-defined]
    counted = queries.turnout((open_now or begun)[-1])
    return render_to_string("participation/voting/facts.html", {"turnout": counted}, request)


def activity(request: HttpRequest, of: Activity) -> str:
    """One vote on the page of its process: how many options, how many have voted, and the button."""
    vote = queries.at(of.process.slug, of.pk)
    if vote is None:
        return ""
    state = vote.state(request.now)  # type: ignore[attr-defined]
    answer = may_vote(request.user, vote, request.now)  # type: ignore[attr-defined]
    open_now = state == VoteState.OPEN
    sheet = queries.sheet(vote) if open_now else None  # as its own page reads it
    context = {
        "vote": vote,
        "process": of.process,
        "state": state,
        "options": vote.option_count,  # type: ignore[attr-defined]
        "turnout": queries.turnout(vote),
        "offered": sheet is not None and sheet.ready and showing.offered(answer),
        "voter": queries.voter_of(vote, request.user) if open_now and isinstance(request.user, Person) else None,
    }
    return render_to_string("participation/voting/activity.html", context, request)


def of_idea(request: HttpRequest, idea: Idea, options: QuerySet[Option]) -> str:
    """On which ballots an idea stands, from the moment they are open."""
    lines = [(option, showing.standing(option.vote, request.now)) for option in options]  # type: ignore[attr-defined]
    return render_to_string("participation/voting/of_idea.html", {"lines": lines}, request)


def _on_ballots(idea: Idea) -> QuerySet[Option]:
    found = Option.objects.filter(idea=idea, vote__activity__frozen_at__isnull=False).order_by("vote_id")
    return found.select_related("vote__activity__phase__process")


register("process.facts", facts, shared=True)
register("process.activities.vote", activity)
register("idea.after", of_idea, shared=True, when=_on_ballots)
