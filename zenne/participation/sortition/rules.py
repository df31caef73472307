"""Who may do what with a lottery: managers design, commit, draw and annul; everybody who works for the organisation enters what people answer."""

from datetime import datetime

from zenne.participation.panels.queries import free
from zenne.participation.processes.rules import Visitor
from zenne.participation.processes.rules import may_manage as may_manage_processes
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.organisations.rules import works_for

from .enums import BEFORE_LETTERS, POOL_CLOSED, DrawState, LotteryState, OfferState
from .models import Category, Draw, Lottery, Offer


def may_manage(person: Visitor, lottery: Lottery) -> Answer:
    return may_manage_processes(person, lottery.process.organisation)


def may_serve(person: Visitor, lottery: Lottery) -> Answer:
    """Entering answers that came by post, by phone or at a desk; replies to a seat offered likewise."""
    return ALLOWED if works_for(person, lottery.process.organisation) else Refused(Reason.NOT_STAFF)


def may_answer(lottery: Lottery, now: datetime) -> Answer:
    """The same moment for everybody, whatever the channel."""
    if lottery.state in BEFORE_LETTERS:
        return Refused(Reason.NOT_YET_OPEN)
    return ALLOWED if lottery.takes_answers(now) else Refused(Reason.TOO_LATE)


def may_reply(offer: Offer, now: datetime) -> Answer:
    """Confirming or declining a seat: until the deadline, once."""
    if offer.state != OfferState.OFFERED:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED if now < offer.until else Refused(Reason.TOO_LATE)


def may_draw(draw: Draw, now: datetime) -> Answer:
    """Once, and never before the moment that was announced."""
    if draw.state != DrawState.COMMITTED or draw.due_at is None:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED if now >= draw.due_at else Refused(Reason.NOT_YET_OPEN, (("opens_at", draw.due_at),))


def may_annul(draw: Draw) -> Answer:
    live = draw.state in (DrawState.COMMITTED, DrawState.DRAWN) and draw.lottery.state != LotteryState.ENDED
    return ALLOWED if live else Refused(Reason.WRONG_STATE)


def is_closed(lottery: Lottery) -> bool:
    return lottery.state in POOL_CLOSED


def free_seats(lottery: Lottery) -> int | None:
    """In a panel that is renewed: how many seats nobody has on any day of the new term. None where the draw forms its own panel."""
    if lottery.panel is None or lottery.begins_on is None or lottery.ends_on is None:
        return None
    return free(lottery.panel, lottery.begins_on, lottery.ends_on)


def gaps(lottery: Lottery) -> list[str]:
    """What is missing before letters can be sent, by name: categories, groups, quotas, end, seats, room, letters."""
    categories = list(Category.objects.filter(lottery=lottery).prefetch_related("features"))
    groups = [list(category.features.all()) for category in categories]
    left = free_seats(lottery)
    found = {
        "categories": not categories,
        "groups": any(len(each) < 2 for each in groups),
        "quotas": any(
            sum(group.minimum for group in each) > lottery.size or sum(group.maximum for group in each) < lottery.size
            for each in groups
        ),
        "answer_until": lottery.answer_until is None,
        "seats": lottery.begins_on is None or lottery.ends_on is None,
        "room": left is not None and left < lottery.size,
        "letters": lottery.state == LotteryState.DESIGNED,
    }
    return [name for name, lacks in found.items() if lacks]
