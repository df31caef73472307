"""From the odds to the panel: committed before chance speaks, drawn once, annulled only in public."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.participation.panels import actions as panels
from zenne.people.accounts.models import Person

from .. import drawing, notifications, tasks, writing
from ..enums import About, DrawState, LotteryState, OfferState, Source
from ..errors import WrongStep
from ..models import DiceReading, Draw, Lottery
from ..rules import may_annul, may_draw
from . import seating
from .holding import Words, held_draw, note, public_reason, step, step_draw, words_of

SOONEST = timedelta(minutes=5)
LATEST = timedelta(days=365)


@transaction.atomic
def commit(
    draw: Draw, *, source: Source, moment: datetime, throws: int = 0, place: str = "", by: Person, now: datetime
) -> Draw:
    """Publish the fingerprints of the pool, the quotas and the odds, and name where chance will come from: a drand round or dice at `moment`.

    Raises Conflict when the pool is no longer the one whose odds were computed, Invalid for a moment that is too near.
    """
    draw = held_draw(draw, by)
    lottery = draw.lottery
    if draw.state != DrawState.READY or lottery.state != LotteryState.CHECKED:
        raise WrongStep()
    if not now + SOONEST <= moment <= now + LATEST:
        raise Invalid(_("Chance must lie ahead, so that nobody can know it: at least five minutes and at most a year."))
    if drawing.instance_of(lottery).digest != draw.instance_digest:
        raise Conflict(
            _("The pool or the quotas changed since the odds were computed. Put them away and compute again.")
        )
    draw.source, draw.place = source, place.strip() if source == Source.DICE else ""
    committed = drawing.commit(draw, moment=moment, throws=throws)
    draw.round, draw.due_at = committed.round, committed.due_at
    draw.commitment, draw.commitment_digest = committed.content, committed.digest
    draw.committed_by, draw.published_at = by, now
    fields = ("source", "place", "round", "due_at", "commitment", "commitment_digest", "committed_by", "published_at")
    step_draw(draw, DrawState.COMMITTED, **{name: getattr(draw, name) for name in fields})
    step(lottery, LotteryState.COMMITTED)
    details: dict[str, Any] = {"draw": draw.number, "digest": draw.commitment_digest, "source": source.value}
    note("lottery.committed", lottery, by, now, **details, round=draw.round, due_at=draw.due_at.isoformat())
    _tell(draw, About.COMMITTED, now)
    return draw


@transaction.atomic
def enter_signature(draw: Draw, *, signature: str, by: Person, now: datetime) -> Draw:
    """Keep the signature of the drand round, once it is proved to be the beacon's. Raises Invalid for any other."""
    draw = held_draw(draw, by)
    _require_chance(draw, Source.DRAND, now)
    randomness = drawing.randomness_of(draw, signature)
    return _keep_chance(draw, signature.strip().lower(), randomness, by, now)


@transaction.atomic
def read_dice(draw: Draw, *, digits: str, by: Person, now: datetime) -> DiceReading:
    """Keep the dice as one person read them. When two people read the same, that is what chance gave; else both read again.

    The history keeps every reading, also one that was typed anew.
    """
    draw = held_draw(draw, by)
    _require_chance(draw, Source.DICE, now)
    read = drawing.randomness_of(draw, digits)
    reading, _made = DiceReading.objects.update_or_create(
        draw=draw, read_by=by, defaults={"digits": read, "read_at": now}
    )
    note("lottery.dice_read", draw.lottery, by, now, draw=draw.number, throws=read)
    if DiceReading.objects.filter(draw=draw, digits=read).exclude(read_by=by).exists():
        _keep_chance(draw, read, read, by, now)
    return reading


def _require_chance(draw: Draw, source: Source, now: datetime) -> None:
    if draw.source != source or draw.randomness:
        raise WrongStep()
    if not may_draw(draw, now):
        raise Conflict(_("Chance has not spoken yet: wait for the moment that was announced."))


def _keep_chance(draw: Draw, given: str, randomness: str, by: Person, now: datetime) -> Draw:
    draw.signature, draw.randomness = given[:200], randomness
    draw.save(update_fields=["signature", "randomness"])
    note("lottery.chance_entered", draw.lottery, by, now, draw=draw.number, randomness=randomness)
    return draw


@transaction.atomic
def draw_panel(draw: Draw, *, by: Person, now: datetime) -> Draw:
    """Draw the panel: once. Whoever presses second, or twice, gets WrongStep; the constraints of the database stand behind it."""
    draw = held_draw(draw, by)
    lottery = draw.lottery
    if draw.state != DrawState.COMMITTED or not may_draw(draw, now) or not draw.randomness:
        raise WrongStep()
    outcome = drawing.outcome(draw)
    draw.seed, draw.panel, draw.reserve = outcome.seed, list(outcome.panel), list(outcome.reserve)
    draw.bundle_sha256, draw.drawn_by, draw.drawn_at = outcome.bundle_sha256, by, now
    try:
        with transaction.atomic():
            name = f"draws/{lottery.pk}-{draw.number}-{draw.seed[:16]}.zip"
            draw.bundle.save(name, ContentFile(outcome.bundle), save=False)
            fields = ("seed", "panel", "reserve", "bundle", "bundle_sha256", "drawn_by", "drawn_at")
            step_draw(draw, DrawState.DRAWN, **{name: getattr(draw, name) for name in fields})
    except IntegrityError as error:
        raise WrongStep() from error
    step(lottery, LotteryState.DRAWN)
    _form_panel(lottery, by, now)
    note("lottery.drawn", lottery, by, now, draw=draw.number, seed=draw.seed, panel=draw.panel)
    seating.offer_all(draw, now=now)
    _tell(draw, About.DRAWN, now)
    return draw


def _form_panel(lottery: Lottery, by: Person, now: datetime) -> None:
    """The seats exist from the draw on: in a new panel, or as a new term of the one that is renewed. After an annulment they are used again."""
    assert lottery.begins_on is not None  # `rules.gaps` let no letter leave without
    assert lottery.ends_on is not None
    if lottery.term_id is not None:
        return
    if lottery.panel is None:
        activity = lottery.activity
        lottery.panel = panels.form(
            lottery.process,
            name=words_of(activity, "title"),
            mandate=words_of(activity, "intro"),
            size=lottery.size,
            terms=[(lottery.begins_on, lottery.ends_on)],
            by=None,
            now=now,
        )
        lottery.term = lottery.panel.terms.get()
    else:
        lottery.term = panels.renew(
            lottery.panel, begins_on=lottery.begins_on, ends_on=lottery.ends_on, by=None, now=now
        )
    lottery.save(update_fields=["panel", "term"])


@transaction.atomic
def annul(draw: Draw, *, reason: Words, by: Person, now: datetime) -> Draw:
    """Say in public that a draw does not count, and why. Its seats are taken back; the pool stays, and another draw becomes possible."""
    draw = held_draw(draw, by)
    if not may_annul(draw):
        raise WrongStep()
    said = public_reason(draw.lottery, reason)
    for offer in draw.offers.select_related("panel_seat").order_by("position"):
        if offer.state == OfferState.CONFIRMED:
            seating.take_back(offer, said, now=now)
        if offer.state in (OfferState.OFFERED, OfferState.CONFIRMED):
            offer.state, offer.answered_at = OfferState.VOID, now
            offer.save(update_fields=["state", "answered_at"])
            writing.about_seat(offer, About.VOID, now=now)
    step_draw(draw, DrawState.ANNULLED, annulment=said, annulled_by=by, annulled_at=now)
    draw.lottery.check_result = {}
    step(draw.lottery, LotteryState.CLOSED, check_result={})
    note("lottery.annulled", draw.lottery, by, now, draw=draw.number, reason=said)
    _tell(draw, About.ANNULLED, now)
    return draw


def _tell(draw: Draw, about: About, now: datetime) -> None:
    """Followers of the process hear at once, everybody in the pool by the worker."""
    transaction.on_commit(partial(notifications.told, draw, about, now=now))
    transaction.on_commit(partial(tasks.tell_pool.defer, draw=draw.pk, about=about.value))
