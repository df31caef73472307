"""What authorities decided, and what became of what they promised, for everyone: of a process, and of every body."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.processes.models import Process
from zenne.participation.processes.queries import public
from zenne.people.organisations.queries import listed, wear
from zenne.web.htmx import render
from zenne.web.visited import visited

from . import queries, showing
from .enums import BodyRole
from .forms import NarrowForm

PAGE = 24


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of a process, and every promise with how far it is."""
    process = _process(request, slug)
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    promises = showing.promises(queries.of_process(process), today)
    context = {
        "process": process,
        "decisions": list(queries.public(process)),
        "promises": promises,
        "done": sum(each.commitment.state == "done" for each in promises),
        "late": sum(each.late for each in promises),
    }
    return render(request, "participation/decisions/list.html", context)


@require_safe
def decision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    process = _process(request, slug)
    found = queries.public(process).filter(pk=min(pk, 2**62)).first()
    if found is None:
        raise NotFound(_("There is no decision at this address."))
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    why = showing.reasons(found)
    accepted = showing.promises(queries.commitments().filter(decision=found), today)
    context = {
        "process": process,
        "decision": found,
        "statement": shown(found, "statement"),
        "annulled": found.annulled,
        "accepted": [{"promise": each, "why": why.get(each.commitment.idea_id, ("", ""))} for each in accepted],
        "refused": showing.refusals(found),
    }
    return render(request, "participation/decisions/page.html", context)


@require_safe
def every_decision(request: HttpRequest) -> HttpResponse:
    """Every published decision of the organisations listed here, about ideas or not; narrowed by whose and by what kind of body."""
    visited(request, PageKind.LIST)
    houses = list(listed(request))
    rows = queries.published().filter(body__organisation__in=houses)
    pairs = set(rows.order_by().values_list("body__organisation", "body__role").distinct())
    deciding, roles = {house for house, _role in pairs}, {role for _house, role in pairs}
    choices = {
        "organisation": [(house.slug, str(house)) for house in houses if house.pk in deciding],
        "role": [(role.value, str(role.label)) for role in BodyRole if role in roles],
    }
    form = NarrowForm(request.GET, choices=choices)
    if slug := form.chosen("organisation"):
        rows = rows.filter(body__organisation__slug=slug)
    if role := form.chosen("role"):
        rows = rows.filter(body__role=role)
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "form": form}
    return render(request, "participation/decisions/every.html", context, partial="results")


@require_safe
def decision_of_body(request: HttpRequest, pk: int) -> HttpResponse:
    """One that is about something else than ideas. Offers `decision.after` and `decision.aside`, given the decision, to what it is about."""
    found = queries.published().filter(pk=min(pk, 2**62), process__isnull=True).select_related("file").first()
    if found is None:
        raise NotFound(_("There is no decision at this address."))
    wear(request, found.organisation)
    visited(request, PageKind.THING, organisation=found.organisation.pk)
    return render(
        request,
        "participation/decisions/of_body.html",
        {"decision": found, "statement": shown(found, "statement"), "title": shown(found, "title")},
    )


def _process(request: HttpRequest, slug: str) -> Process:
    process = public().select_related("organisation").filter(slug=slug).first()
    if process is None:
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process
