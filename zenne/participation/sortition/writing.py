"""Who is written to, and about what. The words stand in `letters.py`; they are looked up when a letter leaves, so that none leaves that is no longer true.

The outbox knows people: an address without an account gets one that nobody has confirmed, and that is forgotten after a week (as for juries). Who gave no
e-mail address is called by staff.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from zenne.messaging.outbox import actions as outbox
from zenne.people.accounts.actions import join
from zenne.people.accounts.queries import person_with_email

from . import queries
from .enums import About
from .models import Answer, Draw, Offer

ANSWERS, SEATS, POOL = "sortition.answer", "sortition.seat", "sortition.pool"


def answered(given: Answer, *, now: datetime) -> None:
    """The receipt of an answer, or of a change of it."""
    key = f"lottery-answer:{given.pk}:{now.timestamp():.0f}"
    _post(ANSWERS, given, key, {"answer": given.pk}, now)


def about_seat(offer: Offer, about: About, *, now: datetime) -> None:
    """A seat is offered, called to mind, taken, gone or void: once for each."""
    key = f"lottery-seat:{offer.pk}:{about.value}"
    _post(SEATS, offer.answer, key, {"offer": offer.pk, "about": about.value}, now)


def about_draw(draw: Draw, about: About, *, now: datetime) -> None:
    """To everybody in the pool: the draw is committed, with their number and odds; the panel is drawn; the draw is annulled."""
    asked = set(queries.offers(draw).values_list("answer", flat=True))
    for answer in queries.pool(draw.lottery).exclude(number=None):
        if answer.pk in asked:
            continue  # who was drawn hears of the seat
        key = f"lottery-draw:{draw.pk}:{about.value}:{answer.pk}"
        _post(POOL, answer, key, {"draw": draw.pk, "answer": answer.pk, "about": about.value}, now)


def _post(source: str, answer: Answer, key: str, context: dict[str, int | str], now: datetime) -> None:
    reader = _reader(answer, now)
    if reader is not None:
        outbox.post(source, key=key, to=[reader], context=dict(context), now=now)


def _reader(answer: Answer, now: datetime) -> int | None:
    if not answer.email:
        return answer.person_id
    person = person_with_email(answer.email)
    if person is None:
        try:
            with transaction.atomic():
                person = join(email=answer.email, language=answer.language, now=now)
        except IntegrityError:  # the same address, at the same moment
            person = person_with_email(answer.email)
    return person.pk if person is not None and person.is_active else None
