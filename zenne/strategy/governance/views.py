"""Who decides, what they dealt with, and what came of it, for everyone."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from zenne.core.clock import in_brussels
from zenne.core.errors import NotFound
from zenne.core.languages import shown
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.decisions.models import Body
from zenne.participation.decisions.queries import published
from zenne.participation.reporting.showing import drawn as drawn_chapters
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import listed, wear
from zenne.strategy.portfolio.versions import canonical
from zenne.web.htmx import render
from zenne.web.visited import visited

from . import calendars, flow, queries, reports, showing
from .enums import EntryKind, SittingState
from .models import Review

PAGE = 24
FEW = 6
MOST = 500
BIGGEST = 2**62


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """How a plan comes into force: the bodies of an organisation, who does what for whom, what waits and what was decided."""
    visited(request, PageKind.LIST)
    now = request.now  # type: ignore[attr-defined]
    today = in_brussels(now).date()
    houses = list(listed(request).filter(bodies__isnull=False).distinct().order_by("id"))
    house = _chosen(request, houses)
    if house is None:
        return render(request, "strategy/governance/home.html", {"house": None})
    wear(request, house)
    bodies = list(queries.with_seats(queries.bodies([house]), today))
    sittings = queries.sittings().filter(body__organisation=house)
    context = {
        "house": house,
        "houses": _segments(request, houses, house),
        "flow": flow.drawn(bodies),
        "groups": showing.groups(bodies),
        "waiting": list(queries.proposals(house).filter(plan__published_at__isnull=False)),
        "in_force": queries.in_force_since(house).first(),
        "coming": [showing.line(each) for each in queries.coming(sittings, now)[:FEW]],
        "held": [showing.line(each) for each in sittings.filter(state__in=HELD)[:FEW]],
        "decisions": list(published().filter(body__organisation=house, process__isnull=True)[:FEW]),
        "reviews": list(queries.reviews().filter(plan__organisation=house)[:FEW]),
    }
    return render(request, "strategy/governance/home.html", context)


HELD = (SittingState.HELD, SittingState.PUBLISHED)


def _chosen(request: HttpRequest, houses: list[Organisation]) -> Organisation | None:
    """The organisation that is asked for, else the one that has the most to show: a plan, else bodies."""
    asked = request.GET.get("organisation", "")
    found = next((house for house in houses if house.slug == asked), None)
    if found is not None or not houses:
        return found
    planned = set(
        Organisation.objects.filter(pk__in=[h.pk for h in houses], plans__published_at__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return next((house for house in houses if house.pk in planned), houses[0])


def _segments(request: HttpRequest, houses: list[Organisation], here: Organisation) -> list[dict[str, Any]]:
    if len(houses) < 2:
        return []
    return [
        {"label": str(each), "url": f"{request.path}?organisation={each.slug}", "current": each == here}
        for each in houses
    ]


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sits in it and who sat there, when it meets, what it decided."""
    now = request.now  # type: ignore[attr-defined]
    found: Body | None = queries.bodies().filter(pk=min(pk, BIGGEST)).first()
    if found is None:
        raise NotFound(_("There is no body at this address."))
    wear(request, found.organisation)
    visited(request, PageKind.THING, organisation=found.organisation_id)
    sittings = queries.sittings().filter(body=found)
    terms = showing.terms(queries.seats(found), in_brussels(now).date())
    context = {
        "body": found,
        "organisation": found.organisation,
        "members": [term for term in terms if term.state == "now"],
        "coming_members": [term for term in terms if term.state == "next"],
        "former": [term for term in terms if term.state == "done"],
        "coming": [showing.line(each) for each in queries.coming(sittings, now)[:PAGE]],
        "held": [showing.line(each) for each in sittings.filter(state__in=HELD)[:PAGE]],
        "decisions": list(published().filter(body=found)[:PAGE]),
        "reviews": list(queries.reviews().filter(body=found)[:PAGE]),
    }
    return render(request, "strategy/governance/body.html", context)


@require_safe
def sittings(request: HttpRequest) -> HttpResponse:
    """Every public sitting, those to come first."""
    visited(request, PageKind.LIST)
    now = request.now  # type: ignore[attr-defined]
    rows = queries.sittings().filter(body__organisation__in=listed(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "coming": [showing.line(each) for each in queries.coming(rows, now)[:PAGE]] if page.number == 1 else [],
        "page": page,
        "lines": [showing.line(each) for each in page.object_list],
    }
    return render(request, "strategy/governance/sittings.html", context)


@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda, what was resolved, the minutes once they are public; of a cancelled one why."""
    found = queries.sittings().select_related("file").filter(pk=min(pk, BIGGEST)).first()
    if found is None:
        raise NotFound(_("There is no sitting at this address."))
    wear(request, found.body.organisation)
    visited(request, PageKind.THING, organisation=found.body.organisation_id)
    minuted = found.state == SittingState.PUBLISHED
    context = {
        "sitting": found,
        "body": found.body,
        "line": showing.line(found),
        "points": [showing.point(item) for item in queries.agenda(found)],
        "present": list(found.present.order_by("position", "id")) if found.state in HELD else [],
        "minutes": shown(found, "minutes") if minuted else ("", ""),
        "file": found.file if minuted else None,
        "reason": shown(found, "reason"),
    }
    return render(request, "strategy/governance/sitting.html", context)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every public sitting, for one's own calendar."""
    rows = queries.sittings().filter(body__organisation__in=listed(request))[:MOST]
    return _file(calendars.of_sittings(_("Sittings"), rows), "sittings.ics", calendars.CONTENT_TYPE)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it was put before the body, and what was decided since."""
    found = _review(pk)
    wear(request, found.plan.organisation)
    visited(request, PageKind.THING, organisation=found.plan.organisation_id)
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    changes = list(queries.changes(found))
    context = {
        "review": found,
        "compared": reports.compared(found.report),
        "conclusion": shown(found, "conclusion"),
        "stops": showing.stops(found, queries.stages(found), today),
        "chapters": drawn_chapters(reports.chapters(found)),
        "changes": [{"it": change, "reason": shown(change, "reason")} for change in changes],
        "revision_reason": shown(found.revision, "reason") if found.revision else ("", ""),
    }
    return render(request, "strategy/governance/review.html", context)


@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = _review(pk)
    return _file(reports.printed(found), f"{_name(found)}.pdf", "application/pdf")


@require_safe
def report_data(request: HttpRequest, pk: int) -> HttpResponse:
    """The data word for word: its SHA-256 is the fingerprint of the report."""
    found = _review(pk)
    return _file(canonical(found.report).encode(), f"{_name(found)}.json", "application/json; charset=utf-8")


def _name(found: Review) -> str:
    return slugify(f"{found.plan.slug}-{found.starts_on}-{found.ends_on}")


def _review(pk: int) -> Review:
    found: Review | None = queries.reviews().filter(pk=min(pk, BIGGEST)).first()
    if found is None:
        raise NotFound(_("There is no review at this address."))
    return found


@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """What money was asked for, from whom, for which project, and what came of it."""
    visited(request, PageKind.LIST)
    rows = queries.applications().filter(call__organisation__in=listed(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "strategy/governance/grants.html",
        {"page": page, "answers": [showing.answer(each) for each in page.object_list]},
    )


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """Partnerships, agreements, events, questions for research and studies, with what came of each."""
    visited(request, PageKind.LIST)
    every = queries.register().filter(organisation__in=listed(request))
    kinds = set(every.order_by().values_list("kind", flat=True).distinct())
    asked = request.GET.get("kind", "")
    rows = every.filter(kind=asked) if asked in EntryKind.values else every
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    address = reverse("governance:registers")
    chips = [{"label": pgettext("filter", "All"), "url": address, "current": asked not in EntryKind.values}]
    chips += [
        {"label": str(kind.label), "url": f"{address}?kind={kind.value}", "current": kind.value == asked}
        for kind in EntryKind
        if kind.value in kinds
    ]
    entries = [
        {"it": entry, "title": shown(entry, "title"), "text": shown(entry, "text"), "outcome": shown(entry, "outcome")}
        for entry in page.object_list
    ]
    context = {"page": page, "entries": entries, "chips": chips if len(chips) > 2 else []}
    return render(request, "strategy/governance/registers.html", context)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The events of the registers, for one's own calendar."""
    rows = queries.register().filter(organisation__in=listed(request), kind=EntryKind.EVENT, starts_on__isnull=False)[
        :MOST
    ]
    return _file(calendars.of_events(_("Events"), rows), "events.ics", calendars.CONTENT_TYPE)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "public, max-age=300"
    return response
