"""A seat that is offered: the page that the letter to who was drawn leads to. Yes or no, until the deadline."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zenne.core.errors import NotFound, Spoken
from zenne.people.accounts.models import Person
from zenne.web.htmx import render

from .. import actions, queries, showing
from ..enums import OfferState
from ..rules import may_reply
from .finding import around, lottery_at


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, process: str, pk: int, key: UUID) -> HttpResponse:
    """Nothing happens before a button is pressed."""
    lottery = lottery_at(request, process, pk)
    offer = queries.with_key(str(key))
    if offer is None or offer.draw.lottery_id != lottery.pk:
        raise NotFound(_("There is no seat at this address."))
    now = request.now  # type: ignore[attr-defined]
    by = request.user if isinstance(request.user, Person) else None
    if request.method == "POST":
        try:
            if "confirm" in request.POST:
                actions.confirm(offer, by=by, now=now)
                messages.success(request, _("You are a member of the panel. Thank you!"))
            elif "decline" in request.POST:
                actions.decline(offer, by=None, now=now)
                messages.success(
                    request, _("You declined. The seat goes to the next person. Thank you for telling us.")
                )
            elif "leave" in request.POST:
                actions.leave(offer, by=None, now=now)
                messages.success(request, _("You gave your seat up. It goes to the next person."))
        except Spoken as refusal:
            messages.error(request, str(refusal.message or refusal.headline))
        return redirect("sortition:seat", process, pk, key)
    offer.draw.lottery = lottery
    context = around(request, lottery) | {
        "offer": offer,
        "draw": offer.draw,
        "open_now": bool(may_reply(offer, now)),
        "confirmed": offer.state == OfferState.CONFIRMED,
        "said": _said(offer.state),
        "until": showing.closing(offer.until, now),
        "own": showing.own_odds(offer.draw, offer.answer),
    }
    response = render(request, "participation/sortition/seat.html", context)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _said(state: str) -> str:
    return {
        OfferState.OFFERED: _("The time to confirm is over: the seat goes to the next person."),
        OfferState.DECLINED: _("You declined this seat; it went to the next person."),
        OfferState.LAPSED: _("No answer came in time: the seat went to the next person."),
        OfferState.LEFT: _("You gave this seat up; it went to the next person."),
        OfferState.VOID: _("This draw was annulled. Everything of it is void; its page says why."),
    }.get(OfferState(state), "")
