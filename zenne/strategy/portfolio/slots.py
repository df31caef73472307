"""What a plan adds to other pages: to an idea, a decision, an advice, a promise and a process, the projects that came of it; to an indicator, what it measures."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.languages import shown
from zenne.participation.advices.models import Advice
from zenne.participation.decisions.models import Commitment
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.participation.selections.models import Selection
from zenne.strategy.indicators.models import Indicator
from zenne.web.slots import register

from . import measured, showing, taken_up
from .models import Domain, Measure, Need, Objective, Origin, Project

MOST = 6


Origins = QuerySet[Origin]


def of_idea(request: HttpRequest, idea: Idea, origins: Origins) -> str:
    """What became of it."""
    context = {"links": taken_up.links(origins)}
    return render_to_string("strategy/portfolio/slots/idea.html", context, request)


def declined(request: HttpRequest, idea: Idea, needs: QuerySet[Need]) -> str:
    """Where it was looked at and not taken up, and why: said as visibly."""
    context = {"rows": [{"need": each, "reason": shown(each, "reason")} for each in needs]}
    return render_to_string("strategy/portfolio/slots/declined.html", context, request)


def of_selection(request: HttpRequest, selection: Selection, origins: Origins) -> str:
    return _aside(request, taken_up.links(origins))


def of_advice(request: HttpRequest, advice: Advice, origins: Origins) -> str:
    """Each project once, also where it takes up several recommendations."""
    return _aside(request, taken_up.by_project(taken_up.links(origins)))


def of_commitment(request: HttpRequest, commitment: Commitment) -> str:
    """Under a promise: what carries it out. A page of many promises asks once."""
    asked = request.__dict__.setdefault("promises_taken_up", {})
    if commitment.process_id not in asked:
        asked[commitment.process_id] = taken_up.of_promises(commitment.process_id)
    known = asked[commitment.process_id]
    found = known.get(f"commitment:{commitment.pk}", []) + known.get(f"decision:{commitment.decision_id}", [])
    context = {"links": taken_up.by_project(found)}
    return render_to_string("strategy/portfolio/slots/commitment.html", context, request)


def of_process(request: HttpRequest, process: Process, origins: Origins) -> str:
    """What the city does because of this process."""
    if process.state == ProcessState.DRAFT:
        return ""
    found = taken_up.by_project(taken_up.links(origins))
    context = {"links": found[:MOST], "rest": found[MOST:]}
    return render_to_string("strategy/portfolio/slots/process.html", context, request)


def of_desk(request: HttpRequest, process: Process) -> str:
    """On the process's own page of the back office: every project that takes something of it up, those being written too."""
    own = taken_up.anywhere(process).filter(project__plan__organisation=process.organisation)
    found = taken_up.by_project(taken_up.links(taken_up.ordered(own)))
    return render_to_string("strategy/portfolio/staff/of_process.html", {"process": process, "links": found}, request)


def of_indicator(request: HttpRequest, indicator: Indicator, measures: QuerySet[Measure]) -> str:
    """What it measures: the way back from a figure to the projects, objectives and domains it speaks of."""
    uses = [_use(each) for each in measures]
    context = {"uses": uses[:MOST], "rest": uses[MOST:]}
    return render_to_string("strategy/portfolio/slots/indicator.html", context, request)


def _use(measure: Measure) -> dict[str, Any]:
    """An objective has no page of its own: it leads to its plan."""
    thing = measure.thing
    title, language = shown(thing, "name" if isinstance(thing, Domain) else "title")
    return {
        "url": (thing.plan if isinstance(thing, Objective) else thing).get_absolute_url(),
        "title": title,
        "language": language,
        "what": thing.get_kind_display() if isinstance(thing, Domain) else thing._meta.verbose_name,
        "plan": str(thing.plan),
        "badge": showing.state_badge(thing) if isinstance(thing, Project) else None,
    }


def _aside(request: HttpRequest, found: list[taken_up.Link]) -> str:
    return render_to_string("strategy/portfolio/slots/aside.html", {"links": found}, request)


register("idea.after", of_idea, order=70, shared=True, when=taken_up.of_idea)
register("idea.after", declined, order=71, shared=True, when=taken_up.declined)
register("selection.aside", of_selection, when=taken_up.of_selection)
register("advice.aside", of_advice, when=taken_up.of_advice)
register("commitments.after", of_commitment)
register("process.after", of_process, order=43, shared=True, when=taken_up.of_process)
register("process.desk", of_desk)
register("indicator.after", of_indicator, shared=True, when=measured.uses_of)
