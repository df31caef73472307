"""What the verbs share: how a lottery is held, how it takes a step, how history is written.

Locks are taken in one order: the process, the lottery, then its draw, letters and offers. Whoever holds the lottery is alone.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import DEFAULT, LANGUAGES, text_in
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import DRAW_TRANSITIONS, LOTTERY_TRANSITIONS, DrawState, LotteryState
from ..errors import WrongStep
from ..models import Draw, Lottery
from ..queries import lotteries
from ..rules import may_manage

Words = Mapping[str, str]


def held(lottery: Lottery, by: Person | None = None) -> Lottery:
    """The lottery as it is now, held until the end of the transaction; `by` must be one of its managers, when given."""
    found = lotteries().select_for_update(of=("self",)).get(pk=lottery.pk)
    if by is not None:
        require(may_manage(by, found))
    return found


def held_draw(draw: Draw, by: Person | None = None) -> Draw:
    """A draw with its lottery, both held."""
    lottery = held(Lottery(pk=draw.lottery_id), by)
    found = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    found.lottery = lottery
    return found


def require_state(lottery: Lottery, *allowed: LotteryState) -> None:
    if lottery.state not in allowed:
        raise WrongStep()


def step(lottery: Lottery, to: LotteryState, **fields: object) -> None:
    """Take the lottery to its next state, with what goes along. Raises WrongStep where the table has no such step."""
    if to not in LOTTERY_TRANSITIONS[LotteryState(lottery.state)]:
        raise WrongStep()
    lottery.state = to
    for name, value in fields.items():
        setattr(lottery, name, value)
    lottery.save(update_fields=["state", *fields])


def step_draw(draw: Draw, to: DrawState, **fields: object) -> None:
    if to not in DRAW_TRANSITIONS[DrawState(draw.state)]:
        raise WrongStep()
    draw.state = to
    for name, value in fields.items():
        setattr(draw, name, value)
    draw.save(update_fields=["state", *fields])


def public_reason(lottery: Lottery, reason: Words) -> dict[str, str]:
    """The reason in every language that the organisation promises. Raises Invalid where one lacks."""
    said = {language: text for language in LANGUAGES if (text := (reason.get(language) or "").strip())}
    if not set(lottery.process.organisation.languages) <= set(said):
        raise Invalid(_("Give the reason in every language that your organisation promises: everyone can read it."))
    return said


def shown_reason(reason: Words) -> str:
    """A reason as one text, for where there is room for one: in the first language that has words."""
    return next(text for language in (DEFAULT, *LANGUAGES) if (text := reason.get(language, "")))


def note(
    event: str, lottery: Lottery, by: Person | None, now: datetime, *, about: Model | None = None, **details: object
) -> None:
    """History is written about the activity, where everything of a lottery stands together. Numbers and digests only, never a name."""
    organisation = lottery.process.organisation
    record(event, by=by, now=now, about=about or lottery.activity, organisation=organisation, details=details)


def words_of(thing: Model, field: str) -> dict[str, str]:
    return {language: text_in(thing, field, language) for language in LANGUAGES}
