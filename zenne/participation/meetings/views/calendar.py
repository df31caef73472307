"""The public calendar: a month, a list, a map; and the page of one activity. Everything works without script, and can be printed."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.clock import at_brussels, in_brussels
from zenne.core.languages import shown
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.processes.models import Process
from zenne.people.organisations.queries import listed
from zenne.places.areas.models import Area
from zenne.places.areas.queries import base_map
from zenne.web.htmx import render
from zenne.web.visited import visited

from .. import queries, showing
from ..forms import CalendarForm, filters_from, month_from
from ..models import Meeting
from ..rules import belongs
from .finding import activity_at

PAGE = 24
MOST_PINS = 300
MOST_IN_A_MONTH = 400
VIEWS = {"list": "list", "month": "calendar-event", "map": "map"}


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All public meetings of the organisations listed here, narrowed as the address says; with htmx only the results."""
    now = request.now  # type: ignore[attr-defined]
    visited(request, PageKind.LIST)
    filters = filters_from(request.GET)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "list"
    every = queries.public().filter(process__organisation__in=listed(request))
    found = queries.narrowed(every, filters)
    context: dict[str, Any] = {
        "view": view,
        "filters": filters,
        "form": CalendarForm(request.GET, choices=_choices(every), dated=view != "month"),
        "views": _segments(request, view),
        "now": now,
    }
    if view == "month":
        context |= _month(request, found, now)
    else:
        begins = at_brussels(filters.first) if filters.first else now
        coming = queries.upcoming(found, begins)
        if view == "map":
            rows = list(coming[:MOST_PINS])
            context |= {
                "pins": showing.pins(rows, now),
                "outline": reverse("areas:communes"),
                "base_map": base_map(),
                "count": len(rows),
            }
        else:
            page = Paginator(coming, PAGE).get_page(request.GET.get("page"))
            context |= {"lines": showing.lines(page.object_list, now), "page": page, "count": page.paginator.count}
    return render(request, "participation/meetings/calendar.html", context, partial="results")


@require_safe
def activity(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """The meetings of one activity: those to come, then those that were. Its group sees the private ones too."""
    found = activity_at(request, process, pk)
    now = request.now  # type: ignore[attr-defined]
    visited(request, PageKind.LIST, process=found.process.pk, organisation=found.process.organisation_id)
    rows = queries.of_activity(found, private=belongs(request.user, found))
    title, language = shown(found, "title")
    page = Paginator(queries.past(rows, now), PAGE).get_page(request.GET.get("page"))
    context = {
        "activity": found,
        "process": found.process,
        "title": title or _("Meetings"),
        "language": language,
        "intro": shown(found, "intro"),
        "coming": showing.lines(queries.upcoming(rows, now)[:100], now, with_process=False),
        "held": showing.lines(page.object_list, now, with_process=False),
        "page": page,
        "feed": reverse("meetings:process_feed", args=[found.process.slug]),
        "now": now,
    }
    return render(request, "participation/meetings/activity_page.html", context)


def _month(request: HttpRequest, found: QuerySet[Meeting], now: datetime) -> dict[str, Any]:
    first = month_from(request.GET.get("month", "")) or in_brussels(now).date().replace(day=1)
    end = showing.next_month(first)
    rows = list(queries.between(found, first, end)[:MOST_IN_A_MONTH])
    return {
        "weeks": showing.month(first, rows, now),
        "weekdays": showing.weekdays(),
        "month": showing.month_name(first),
        "month_key": f"{first:%Y-%m}",
        "previous": _changed(request, month=f"{showing.next_month(first, -1):%Y-%m}"),
        "next": _changed(request, month=f"{end:%Y-%m}"),
        "previous_name": showing.month_name(showing.next_month(first, -1)),
        "next_name": showing.month_name(end),
        "count": len(rows),
    }


def _choices(every: QuerySet[Meeting]) -> dict[str, list[tuple[str, str]]]:
    """Processes, organisations and communes that have a meeting at all; two short queries, whatever the number of meetings."""
    keys = every.order_by().values("process")
    processes = list(Process.objects.filter(pk__in=keys).select_related("organisation").order_by("pk"))
    organisations = {each.organisation.slug: str(each.organisation) for each in processes}
    communes = Area.objects.filter(pk__in=every.order_by().values("commune")).defer("outline").order_by("code")
    return {
        "process": sorted(((each.slug, str(each)) for each in processes), key=lambda pair: pair[1]),
        "organisation": sorted(organisations.items(), key=lambda pair: pair[1]),
        "area": sorted(((each.code, str(each)) for each in communes), key=lambda pair: pair[1]),
    }


def _changed(request: HttpRequest, **changes: str) -> str:
    """This calendar's address with another choice; always from the first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _segments(request: HttpRequest, view: str) -> list[dict[str, Any]]:
    names = {"list": _("List"), "month": _("Month"), "map": _("Map")}
    return [
        {
            "label": names[name],
            "url": _changed(request, view="" if name == "list" else name),
            "current": name == view,
            "icon": icon,
        }
        for name, icon in VIEWS.items()
    ]
