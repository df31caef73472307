"""The mails of a draw by lot: the receipt of an answer, what the pool hears of the draw, and the seat that is offered."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import current, shown
from zenne.messaging.outbox.kinds import Source, Words, sources
from zenne.messaging.outbox.models import Letter

from . import queries, showing
from .enums import About, DrawState, OfferState
from .models import Answer, Draw, Lottery, Offer
from .printing import short_address
from .writing import ANSWERS, POOL, SEATS

MAIL = "participation/sortition/mail"
#: In which state of the offer each letter about a seat is still true.
HOLDS = {
    About.OFFERED: OfferState.OFFERED,
    About.REMINDED: OfferState.OFFERED,
    About.CONFIRMED: OfferState.CONFIRMED,
    About.LAPSED: OfferState.LAPSED,
    About.VOID: OfferState.VOID,
}
OF_DRAW = {
    About.COMMITTED: DrawState.COMMITTED,
    About.DRAWN: DrawState.DRAWN,
    About.ANNULLED: DrawState.ANNULLED,
}


def _answer(letter: Letter, now: datetime) -> Words | None:
    """Nothing, when the answer was erased before the letter left."""
    given = Answer.objects.filter(pk=letter.context["answer"], erased_at__isnull=True).first()
    if given is None:
        return None
    lottery = queries.lotteries().get(pk=given.lottery_id)
    context = _around(lottery) | {"given": given, "closing": showing.closing(lottery.answer_until)}
    return Words(f"{MAIL}/answer", context)


def _seat(letter: Letter, now: datetime) -> Words | None:
    """Nothing, when what it would say is no longer so."""
    about = About(str(letter.context["about"]))
    found = Offer.objects.select_related("answer", "draw").filter(pk=letter.context["offer"], state=HOLDS[about])
    offer = found.first()
    if offer is None or (offer.state == OfferState.OFFERED and offer.until <= now):
        return None
    lottery = queries.lotteries().get(pk=offer.draw.lottery_id)
    place = reverse("sortition:seat", args=[lottery.process.slug, lottery.pk, offer.key])
    context = _around(lottery) | {
        "offer": offer,
        "about": about.value,
        "until": showing.closing(offer.until),
        "address": f"{settings.BASE_URL}{place}",
        "day": _draw_address(lottery, offer.draw),
        "reason": showing.annulment(offer.draw),
    }
    return Words(f"{MAIL}/seat", context)


def _pool(letter: Letter, now: datetime) -> Words | None:
    """Nothing, when the draw stands elsewhere by now, or the person is no longer in the pool."""
    about = About(str(letter.context["about"]))
    draw = Draw.objects.filter(pk=letter.context["draw"], state=OF_DRAW[about]).first()
    answer = Answer.objects.filter(pk=letter.context["answer"], withdrawn_at__isnull=True).first()
    if draw is None or answer is None:
        return None
    lottery = queries.lotteries().get(pk=draw.lottery_id)
    context = _around(lottery) | {
        "draw": draw,
        "about": about.value,
        "own": showing.own_odds(draw, answer),
        "day": _draw_address(lottery, draw),
        "reason": showing.annulment(draw),
    }
    return Words(f"{MAIL}/pool", context)


def _around(lottery: Lottery) -> dict[str, Any]:
    return {
        "lottery": lottery,
        "title": shown(lottery.activity, "title")[0],
        "organisation": lottery.process.organisation,
        "answer_page": short_address(lottery, current()),
    }


def _draw_address(lottery: Lottery, draw: Draw) -> str:
    return f"{settings.BASE_URL}{reverse('sortition:draw', args=[lottery.process.slug, lottery.pk, draw.number])}"


sources.register(ANSWERS, Source(_("Receipts of answers to letters drawn by lot"), _answer, urgent=True))
sources.register(SEATS, Source(_("Seats offered to who was drawn by lot"), _seat, urgent=True))
sources.register(POOL, Source(_("News of a draw to those who are in it"), _pool))
