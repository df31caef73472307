"""Money voted against change measured, by district or by commune: as a page and as a table."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from zenne.core.languages import shown
from zenne.opendata.exports.kinds import Column, Row
from zenne.opendata.exports.writing import csv_stream
from zenne.people.organisations.queries import listed
from zenne.places.areas.enums import AreaKind
from zenne.strategy.indicators import phrasing
from zenne.strategy.indicators.models import Indicator
from zenne.web.htmx import render
from zenne.web.shared import shared

from ..money_and_change import LEVELS, Answer, Asked, Change, Money, answer
from ..queries import public_plans

COLUMNS = (
    Column("area", _("Official code"), _("Of the commune or district; empty for what no single one can be given.")),
    Column("name", _("Name")),
    Column("voted", _("Voted, in euros"), _("What residents’ votes and juries gave to ideas there.")),
    Column("committed", _("Committed, in euros"), _("What decisions gave to projects of plans there.")),
    Column("from_residents", _("Of which from residents, in euros"), _("To projects that came of an idea or a vote.")),
    Column("spent", _("Spent, in euros")),
    Column("indicator", _("Indicator"), _("A word for programs that stays the same.")),
    Column("unit", _("Unit")),
    Column("first_on", _("First measured")),
    Column("first", _("First value")),
    Column("latest_on", _("Last measured")),
    Column("latest", _("Last value")),
    Column("change", pgettext_lazy("measured", "Change")),
    Column("good", _("Good direction"), _("yes, no, or empty where nothing changed.")),
)


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for; values that mean nothing are left aside."""
    organisations = listed(request)
    slug = request.GET.get("plan", "").replace("\x00", "")[:60]
    plan = public_plans().filter(organisation__in=organisations, slug=slug).first() if slug else None
    level = AreaKind.DISTRICT if request.GET.get("by") == AreaKind.DISTRICT else AreaKind.COMMUNE
    return Asked(organisations, plan, level)


@require_safe
@shared
def page(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    found = answer(asked)
    chosen = next((each for each in found.indicators if each.slug == request.GET.get("indicator")), None)
    known = Counter(indicator for indicator, _area in found.changes)
    chosen = chosen or max(found.indicators, key=lambda each: (known[each.pk], -each.pk), default=None)
    plans = list(public_plans().filter(organisation__in=asked.organisations).order_by("pk"))
    rows = [
        _row(
            found.money.get(area.pk) or Money(),
            str(area),
            area.code,
            found.changes.get((chosen.pk, area.pk)) if chosen else None,
            chosen,
        )
        for area in found.areas
    ]
    apart = found.money.get(None)
    context: dict[str, Any] = {
        "asked": asked,
        "plans": [{"slug": each.slug, "name": shown(each, "name")[0]} for each in plans],
        "indicators": [{"slug": each.slug, "name": shown(each, "name")[0]} for each in found.indicators],
        "chosen": chosen,
        "chosen_name": shown(chosen, "name") if chosen else None,
        "rows": rows,
        "apart": apart,
        "levels": _levels(request, asked),
        "better": sum(row["good"] is True for row in rows),
        "worse": sum(row["good"] is False for row in rows),
        "whole": _whole(found),
    }
    return render(request, "strategy/portfolio/money_and_change.html", context, partial="results")


def _row(money: Money, name: str, code: str, change: Change | None, indicator: Indicator | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": name,
        "code": code,
        "money": money,
        "change": change,
        "good": change.good if change else None,
    }
    if change and indicator:
        row["first"] = phrasing.value(indicator, change.first)
        row["latest"] = phrasing.value(indicator, change.latest)
        sign = "+" if change.change > 0 else ""
        row["by"] = sign + phrasing.number(change.change, indicator.decimals)
    return row


def _whole(found: Answer) -> Money:
    """Everything, what no single area can be given too."""
    whole = Money()
    for each in found.money.values():
        whole.voted_cents += each.voted_cents
        whole.committed_cents += each.committed_cents
        whole.from_residents_cents += each.from_residents_cents
        whole.spent_cents += each.spent_cents
        whole.projects |= each.projects
        whole.ideas += each.ideas
    return whole


def _levels(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    names = {AreaKind.COMMUNE: pgettext("by", "By commune"), AreaKind.DISTRICT: pgettext("by", "By district")}
    found = []
    for level in LEVELS:
        query = request.GET.copy()
        query["by"] = level.value
        found.append({"label": names[level], "url": f"?{query.urlencode()}", "current": level == asked.level})
    return found


@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """One row per area and indicator; an area with money and no value has one row too."""
    found = answer(asked_of(request))
    response = StreamingHttpResponse(csv_stream(COLUMNS, table_rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="money-and-change.csv"'
    return response


def table_rows(found: Answer) -> Iterator[Row]:
    for area in found.areas:
        money = _euros(found.money.get(area.pk) or Money())
        changes = [
            (each, found.changes[each.pk, area.pk]) for each in found.indicators if (each.pk, area.pk) in found.changes
        ]
        if not changes:
            yield (area.code, str(area), *money, *[None] * 8)
        for indicator, change in changes:
            yield (area.code, str(area), *money, *_measured(indicator, change))
    if None in found.money:
        yield (None, None, *_euros(found.money[None]), *[None] * 8)


def _euros(money: Money) -> tuple[str, ...]:
    cents = (money.voted_cents, money.committed_cents, money.from_residents_cents, money.spent_cents)
    return tuple(f"{each / 100:.2f}" for each in cents)


def _measured(indicator: Indicator, change: Change) -> tuple[str | None, ...]:
    return (
        indicator.slug,
        indicator.unit,
        change.first_on.isoformat(),
        f"{change.first.normalize():f}",
        change.latest_on.isoformat(),
        f"{change.latest.normalize():f}",
        f"{change.change.normalize():f}",
        None if change.good is None else "yes" if change.good else "no",
    )
