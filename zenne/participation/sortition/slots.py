"""What draws by lot add to the page of a process, and to that of a panel."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.participation.panels.models import Panel
from zenne.participation.processes.models import Activity
from zenne.web.slots import register

from . import queries, showing
from .enums import BEFORE_LETTERS, DrawState


def activity(request: HttpRequest, of: Activity) -> str:
    """One lottery on the page of its process: seats, letters, pool, and what one can do now."""
    lottery = queries.lotteries().filter(pk=of.pk).first()
    if lottery is None:
        return ""
    now = request.now  # type: ignore[attr-defined]
    draw = queries.public_draws(lottery).exclude(state=DrawState.ANNULLED).first()
    context = {
        "lottery": lottery,
        "process": of.process,
        "draw": draw,
        "figures": queries.figures(lottery) if lottery.state not in BEFORE_LETTERS else None,
        "standing": showing.standing(lottery, draw, now),
        "open_now": lottery.takes_answers(now),
    }
    return render_to_string("participation/sortition/activity.html", context, request)


def of_panel(request: HttpRequest, panel: Panel) -> str:
    """On the page of a panel: every draw that gave its seats, with all of it to check."""
    draws = queries.draws_of_panel(panel)
    if not draws:
        return ""
    return render_to_string(
        "participation/sortition/of_panel.html", {"draws": draws, "process": panel.process}, request
    )


register("panel.drawn", of_panel)
register("process.activities.lottery", activity, shared=True)
