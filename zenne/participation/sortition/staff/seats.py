"""Who is asked for a seat, who took it, and who comes next. Names and contacts stand here for those who must call; in files they never do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.numbers import key_of
from zenne.people.history.actions import record_read

from .. import actions, queries
from ..enums import LIVE, DrawState, OfferState
from ..models import Offer
from ..rules import may_reply
from .screens import OneLottery, url

NEXT_SHOWN = 10


class SeatsView(OneLottery):
    template_name = "participation/sortition/staff/seats.html"
    page_title = gettext_lazy("Seats")
    page_name = "seats"
    header_icon = "group"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = key_of(request.POST.get("offer"))
        rows = Offer.objects.select_related("draw", "answer")
        offer = get_object_or_404(rows, pk=pk, draw__lottery=self.lottery, draw__state=DrawState.DRAWN)
        verb = request.POST.get("verb", "")
        if verb == "confirm":
            self.tried(actions.confirm, offer, staff=True, done=_("The seat is taken."))
        elif verb == "decline":
            self.tried(actions.decline, offer, staff=True, done=_("The seat goes to the next in reserve."))
        elif verb == "leave":
            self.tried(actions.leave, offer, done=_("The seat goes to the next in reserve."))
        return redirect(url("seats", self.lottery))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lottery, now = self.lottery, self.request.now  # type: ignore[attr-defined]
        draw = lottery.draws.filter(state__in=LIVE, drawn_at__isnull=False).first()
        offers = list(queries.offers(draw).select_related("answer__person")) if draw else []
        known = [offer.answer.person for offer in offers if offer.answer.person]
        record_read(known, by=self.person, what="lottery.seats", now=now, organisation=lottery.process.organisation)
        asked = {offer.answer.number for offer in offers}
        willing = set(queries.pool(lottery).values_list("number", flat=True)) if draw else set()
        waiting = [number for number in draw.reserve if number in willing - asked] if draw else []
        context = {
            "draw": draw,
            "rows": [
                {
                    "offer": offer,
                    "state": OfferState(offer.state),
                    "may_reply": bool(may_reply(offer, now)),
                    "may_leave": offer.state == OfferState.CONFIRMED,
                }
                for offer in sorted(offers, key=lambda each: (each.place, each.position))
            ],
            "confirmed": sum(offer.state == OfferState.CONFIRMED for offer in offers),
            "waiting": sum(offer.state == OfferState.OFFERED for offer in offers),
            "next": waiting[:NEXT_SHOWN],
            "reserve": len(waiting),
            "panel": lottery.panel,
        }
        return {**super().get_context_data(**kwargs), **context}
