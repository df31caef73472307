"""The ideas of a process: as cards, as a compact list, on the map."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zenne.core.memory import Remembered
from zenne.opendata.statistics.enums import PageKind
from zenne.participation.processes.enums import WindowState
from zenne.participation.processes.models import Activity, Process
from zenne.people.accounts.models import Person
from zenne.web.htmx import render
from zenne.web.pieces import piece
from zenne.web.shared import apart, own, shared
from zenne.web.tags.words import grouped
from zenne.web.visited import visited

from .. import queries, showing
from ..enums import Sort
from ..forms import ListForm, filters_from
from ..models import Idea
from ..queries import Filters
from . import own as personal
from .finding import process_with_calls

_counts: Remembered[queries.Count] = Remembered()
VIEWS = {"cards": "layout-grid", "list": "list", "map": "map"}


def _door(request: HttpRequest, process: str) -> int | None:
    """Where in the random order somebody enters. Who asks for something in particular needs no door of their own."""
    return queries.door_of(request.user) if isinstance(request.user, Person) and not request.GET else None


@require_safe
@shared(by=_door)
def listing(request: HttpRequest, process: str) -> HttpResponse:
    """The list, filtered, sorted and paged as its address says; with htmx only the list itself."""
    found, calls = process_with_calls(request, process)
    visited(request, PageKind.LIST, process=found.pk, organisation=found.organisation_id)
    person = request.user if isinstance(request.user, Person) else None
    filters = filters_from(request.GET)
    if filters.mine:
        apart(request)
    sort, view = _sort(request, calls), _view(request)
    ideas = queries.listed(found, filters, person=person, now=request.now)
    context: dict[str, Any] = {
        "process": found,
        "filters": filters,
        "view": view,
        "count": _count_words(_counted(ideas, found, filters, request.now)),
        **_selects(request, found, sort),
        "themes": _theme_chips(request, found, filters),
        "views": _segments(request, view),
        "head": own(request, personal.head, calls),
        "only_mine": own(request, personal.only_mine, filters.mine),
        **showing.ground(found),
    }
    if view == "map":
        context["pins"] = _pins(request, ideas, found)
    else:
        page = queries.page_of(
            queries.for_cards(ideas),
            sort,
            request.GET.get("page", ""),
            start=queries.start_at(request.variant, request.now),  # type: ignore[attr-defined]
            mine=filters.mine,
        )
        context["page"] = page
        context["cards"] = cards = [showing.card(idea, found) for idea in page.ideas]
        context["drawn"] = own(request, personal.cards, cards)
    if not context.get("cards") and not context.get("pins"):
        context["empty"] = own(request, personal.empty, found, calls, filters)
    return render(request, "participation/ideas/list.html", context, partial="results")


def _sort(request: HttpRequest, calls: list[Activity]) -> Sort:
    """As asked; else at random while ideas come in, so that being early is no advantage, and the best supported afterwards."""
    asked = request.GET.get("sort", "")
    if asked in Sort.values:
        return Sort(asked)
    is_open = any(activity.state(request.now) == WindowState.OPEN for activity in calls)
    return Sort.RANDOM if is_open else Sort.SUPPORTED


def _selects(request: HttpRequest, process: Process, sort: Sort) -> dict[str, SafeString]:
    """The boxes of the filter bar, drawn once for all who chose the same in them: whatever words they look for."""
    places = showing.places_of(process)
    form = ListForm(request.GET, places=places, sort=sort)
    chosen = {"places": places, "chosen": form.data}
    bars = {"first_selects": ("place", "sort"), "more_selects": ("status", "answered")}
    return {name: piece(name, chosen, partial(_fields, form, names)) for name, names in bars.items()}


def _fields(form: ListForm, names: tuple[str, ...]) -> SafeString:
    return mark_safe("".join(form[name].as_field_group() for name in names if name in form.fields))  # noqa: S308 - drawn by the form


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("view", "")
    return asked if asked in VIEWS else "cards"


def _changed(request: HttpRequest, **changes: str) -> str:
    """This list's address with another choice; always from the first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _theme_chips(request: HttpRequest, process: Process, filters: Filters) -> list[dict[str, Any]]:
    themes = list(process.themes.all())
    if not themes:
        return []
    every = {"label": _("All themes"), "url": _changed(request, theme=""), "current": not filters.theme}
    return [
        every,
        *(
            {
                "label": theme.title_i18n,
                "url": _changed(request, theme=theme.slug),
                "current": filters.theme == theme.slug,
                "icon": theme.icon,
            }
            for theme in themes
        ),
    ]


def _segments(request: HttpRequest, view: str) -> list[dict[str, Any]]:
    names = {"cards": _("Cards"), "list": _("List"), "map": _("Map")}
    return [
        {
            "label": names[name],
            "url": _changed(request, view="" if name == "cards" else name),
            "current": name == view,
            "icon": icon,
        }
        for name, icon in VIEWS.items()
    ]


def _counted(ideas: QuerySet[Idea], process: Process, filters: Filters, now: datetime) -> queries.Count:
    """The same for everybody who asks the same, but for who asks for their own."""
    if filters.text.strip() and not filters.mine:
        return queries.counted_with(queries.listed(process, replace(filters, text=""), now=now), filters.text)
    if filters.mine:
        return queries.counted(ideas, queries.MOST_FOUND if filters.text else queries.MOST)
    return _counts.get((process.pk, filters), lambda: queries.counted(ideas))


def _count_words(count: queries.Count) -> str:
    if count.capped:
        return _("More than %(number)s ideas") % {"number": grouped(count.number)}
    return ngettext("%(number)s idea", "%(number)s ideas", count.number) % {"number": grouped(count.number)}


def _pins(request: HttpRequest, ideas: Any, process: Process) -> list[dict[str, Any]]:
    shown = []
    for pin in queries.pins(ideas):
        if pin.pk:
            url = reverse("ideas:page", args=[process.slug, pin.pk])
            shown.append({"lon": pin.lon, "lat": pin.lat, "title": pin.title, "url": url, "category": pin.hue})
        else:
            box = ",".join(f"{edge:.5f}" for edge in _wider(pin.box)) if pin.box else ""
            title = ngettext("%(number)s idea here", "%(number)s ideas here", pin.number) % {
                "number": grouped(pin.number)
            }
            shown.append(
                {
                    "lon": pin.lon,
                    "lat": pin.lat,
                    "title": title,
                    "url": _changed(request, box=box),
                    "category": None,
                    "number": pin.number,
                }
            )
    return shown


def _wider(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Rounding must not leave out what lies on the edge."""
    west, south, east, north = box
    return west - 0.00001, south - 0.00001, east + 0.00001, north + 0.00001
