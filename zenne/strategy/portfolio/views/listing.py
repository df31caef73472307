"""The projects of a plan: narrowed, page by page, and as a table."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from zenne.core.languages import current, shown
from zenne.core.memory import Remembered
from zenne.opendata.exports.kinds import Column, Row
from zenne.opendata.exports.writing import csv_stream
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.web.htmx import render
from zenne.web.pieces import piece
from zenne.web.shared import shared
from zenne.web.tags.words import grouped

from .. import listing, showing
from ..enums import PUBLIC, ProjectState
from ..forms import ListForm
from ..models import Plan, Project
from .finding import plan_at

COLUMNS = (
    Column("number", gettext_lazy("Number")),
    Column("domain", gettext_lazy("Domain")),
    Column("title", gettext_lazy("Title")),
    Column("state", gettext_lazy("State"), gettext_lazy("A word for programs that stays the same.")),
    Column("state_label", gettext_lazy("State in words")),
    Column("health", gettext_lazy("How it does"), gettext_lazy("A word for programs that stays the same.")),
    Column("carrier", gettext_lazy("Carried by")),
    Column("starts", gettext_lazy("From")),
    Column("ends", gettext_lazy("Until")),
    Column("committed", gettext_lazy("Committed, in euros")),
    Column("url", gettext_lazy("Address")),
)

_remembered: Remembered[list[tuple[str, str]]] = Remembered()


@require_safe
@shared
def projects(request: HttpRequest, plan: str) -> HttpResponse:
    """With htmx only the list itself."""
    found = plan_at(request, plan)
    filters = listing.filters_from(request.GET)
    rows = listing.listed(found, filters)
    page = listing.page_of(rows, filters.sort, request.GET.get("after", ""))
    for each in page.projects:
        each.plan = found
    number = rows.count()
    domains = [(each.slug, shown(each, "name")[0]) for each in found.domains.order_by("kind", "number", "pk")]
    context: dict[str, Any] = {
        "plan": found,
        "filters": filters,
        "narrowing": _narrowing(filters, {"domains": domains, "areas": _areas(found)}),
        "count": ngettext("%(number)s project", "%(number)s projects", number) % {"number": grouped(number)},
        "lines": [showing.line(each) for each in page.projects],
        "page": page,
    }
    return render(request, "strategy/portfolio/list.html", context, partial="results")


def _narrowing(filters: listing.Filters, choices: dict[str, list[tuple[str, str]]]) -> SafeString:
    """The filters beside the words that are searched, drawn once for all who chose the same in them."""
    chosen = {field.name: getattr(filters, field.name) for field in fields(filters) if field.name != "words"}

    def draw() -> SafeString:
        return render_to_string(
            "strategy/portfolio/narrowing.html", {"form": ListForm(chosen, **choices), "filters": filters}
        )

    return piece("project filters", {**chosen, **choices}, draw)


def _areas(plan: Plan) -> list[tuple[str, str]]:
    """The communes and districts in which the plan does something."""
    return _remembered.get((plan.pk, current()), lambda: _areas_now(plan))


def _areas_now(plan: Plan) -> list[tuple[str, str]]:
    """Each area looks for one project, and goes through no others."""
    through = Project.areas.through.objects.filter(area=OuterRef("pk"), project__plan=plan, project__state__in=PUBLIC)
    one = through.order_by("area_id").values("pk")[:1]  # whichever: in an order that costs nothing
    found = Area.objects.filter(kind__in=[AreaKind.COMMUNE, AreaKind.DISTRICT]).alias(one=Subquery(one))
    found = found.filter(one__isnull=False).defer("outline")
    return sorted(((area.code, str(area)) for area in found), key=lambda pair: pair[1].casefold())


@require_safe
def table(request: HttpRequest, plan: str) -> StreamingHttpResponse:
    """What the list shows, as CSV: nobody is named."""
    found = plan_at(request, plan)
    rows = listing.with_money(listing.listed(found, listing.filters_from(request.GET)))
    answer = StreamingHttpResponse(
        csv_stream(COLUMNS, _rows(request, found, rows)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-{_("projects")}.csv"'
    return answer


def _rows(request: HttpRequest, plan: Plan, projects: Any) -> Iterator[Row]:
    for each in projects.select_related("domain", "carrier").order_by("number").iterator(500):
        each.plan = plan
        yield (
            each.number,
            shown(each.domain, "name")[0],
            shown(each, "title")[0],
            each.state,
            str(ProjectState(each.state).label),
            each.health,
            str(each.carrier) if each.carrier else None,
            each.starts_on.isoformat() if each.starts_on else None,
            each.ends_on.isoformat() if each.ends_on else None,
            f"{each.committed / 100:.2f}" if each.committed else None,
            request.build_absolute_uri(each.get_absolute_url()),
        )
