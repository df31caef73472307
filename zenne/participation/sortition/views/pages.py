"""The page of a lottery, for everybody: what is drawn, by which quotas, how the letters fare, and its draws."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zenne.core.languages import current
from zenne.opendata.statistics.enums import PageKind
from zenne.web.htmx import render
from zenne.web.visited import visited

from .. import drawing, queries, showing
from ..enums import BEFORE_LETTERS, DrawState
from ..models import Draw, Lottery
from ..printing import mailing_of, short_address
from .finding import around, lottery_at


@require_safe
def page(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    lottery = lottery_at(request, process, pk)
    now = request.now  # type: ignore[attr-defined]
    visited(request, PageKind.THING, process=lottery.process.pk, organisation=lottery.process.organisation_id)
    draws = list(queries.public_draws(lottery))
    last = draws[0] if draws and draws[0].state != DrawState.ANNULLED else None
    context = around(request, lottery) | {
        "standing": showing.standing(lottery, last, now),
        "stops": showing.stops(lottery, last, now),
        "draw": last,
        "drawn": last is not None and last.state == DrawState.DRAWN,
        "draws": [(each, showing.draw_standing(each, now), showing.annulment(each)) for each in draws],
        "open_now": lottery.takes_answers(now),
        "begun": lottery.state not in BEFORE_LETTERS,
        "pooled": lottery.state not in BEFORE_LETTERS and lottery.pool_destroyed_at is None,
        "closing": showing.closing(lottery.answer_until, now),
        "relaxations": queries.relaxations(lottery),
        "mailing": mailing_of(lottery),
        "short": short_address(lottery, current()).split("://")[1],
        **_numbers(lottery, last),
    }
    return render(request, "participation/sortition/page.html", context)


def _numbers(lottery: Lottery, draw: Draw | None) -> dict[str, Any]:
    """Letters, answers and the pool beside the quotas; and of the panel, once it is drawn."""
    begun = lottery.state not in BEFORE_LETTERS
    seats = drawing.seats_per_group(draw) if draw is not None and draw.panel else None
    figures = queries.figures(lottery) if begun else None
    return {
        "figures": figures,
        "quotas": showing.quotas(lottery, queries.categories(lottery), queries.shown_pool(lottery), seats),
        "chances": figures.yes // lottery.size if figures and figures.yes >= lottery.size else None,
    }
