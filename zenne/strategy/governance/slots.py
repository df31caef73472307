"""What governance adds to other pages: to a decision the sitting it was taken in and what it is about; to a project the money it asked for, what is in the registers, and what bodies
resolved about it; to the page of an organisation the way to its bodies."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.languages import shown
from zenne.participation.decisions.models import Body, Decision
from zenne.people.organisations.models import Organisation
from zenne.strategy.portfolio.models import Plan, Project
from zenne.web.slots import register

from . import queries, showing
from .models import Entry, Item, Match, Resolution, Review

MOST = 12


def of_decision(request: HttpRequest, decision: Decision) -> str:
    """The sitting, and what the item was about."""
    links = ("item__sitting__body", "item__revision__plan", "item__review__plan", "item__project__plan", "item__call")
    found = Resolution.objects.filter(decision=decision).select_related(*links, "item__advice__process").first()
    if found is None:
        return ""
    name, url = showing.subject_of(found.item.subject)
    context = {"resolution": found, "sitting": found.item.sitting, "subject": name, "url": url}
    return render_to_string("strategy/governance/of_decision.html", context, request)


def _items(project: Project) -> QuerySet[Item]:
    found = Item.objects.filter(project=project, confidential=False, sitting__in=queries.sittings().values("pk"))
    return found.select_related("sitting__body", "resolution__decision").order_by("-sitting__starts_at", "position")[
        :MOST
    ]


def _entries(project: Project) -> QuerySet[Entry]:
    return queries.register().filter(project=project)[:MOST]


def _applications(project: Project) -> QuerySet[Match]:
    return queries.of_project(project)[:MOST]


def resolved(request: HttpRequest, project: Project, items: QuerySet[Item]) -> str:
    """What bodies did with it."""
    context = {"points": [showing.point(item) for item in items]}
    return render_to_string("strategy/governance/of_project_items.html", context, request)


def granted(request: HttpRequest, project: Project, asked: QuerySet[Match]) -> str:
    """Which money was asked for, and with which answer."""
    context = {"answers": [showing.answer(each) for each in asked]}
    return render_to_string("strategy/governance/of_project_grants.html", context, request)


def registered(request: HttpRequest, project: Project, found: QuerySet[Entry]) -> str:
    """What stands in the registers about it."""
    entries = [{"it": each, "outcome": shown(each, "outcome")} for each in found]
    return render_to_string("strategy/governance/of_project_register.html", {"entries": entries}, request)


def _reviews(plan: Plan) -> QuerySet[Review]:
    return queries.reviews().filter(plan=plan)


def of_plan(request: HttpRequest, plan: Plan) -> str:
    """The reports of its reviews, and who decides."""
    context = {"plan": plan, "reviews": list(_reviews(plan)[:MOST])}
    return render_to_string("strategy/governance/of_plan.html", context, request)


def of_organisation(request: HttpRequest, organisation: Organisation, _bodies: QuerySet[Body]) -> str:
    return render_to_string("strategy/governance/of_organisation.html", {"organisation": organisation}, request)


register("decision.aside", of_decision, shared=True)
register("project.after", resolved, order=60, shared=True, when=_items)
register("project.after", granted, order=61, shared=True, when=_applications)
register("project.after", registered, order=62, shared=True, when=_entries)
register("plan.after", of_plan, order=60, shared=True)


def _bodies(organisation: Organisation) -> QuerySet[Body]:
    return queries.bodies([organisation])[:1]


register("organisation.aside", of_organisation, order=45, shared=True, when=_bodies)
