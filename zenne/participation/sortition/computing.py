"""What the worker does for a draw: the check of the quotas, and the odds. What a killed worker leaves is done again, from the same file, with the same outcome."""

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.db import transaction

from zenne.core import clock
from zenne.core.languages import LANGUAGES
from zenne.core.setbacks import LOST_DATABASE
from zenne.people.history.actions import record

from . import drawing
from .enums import DrawState, LotteryState
from .models import Draw, Lottery
from .queries import lotteries

logger = logging.getLogger(__name__)
LONGEST = 30 * 60  # seconds; then the best odds found so far are taken, and said not to be proved the best
STEP = 0.01  # progress is written when so much more is done


def check(pk: int) -> None:
    """Sees whether the pool can meet the quotas. When it can, the lottery is CHECKED."""
    lottery = lotteries().filter(pk=pk).first()
    if lottery is None or lottery.check_result.get("state") != "checking":
        return
    try:
        found = drawing.check(lottery)
    except LOST_DATABASE:
        raise
    except Exception as fault:
        logger.exception("the quotas of lottery %s were not checked", pk)  # staff are told, and the log has the rest
        found = drawing.Check("", False, fault=_untranslated(fault))
    with transaction.atomic():
        held = lotteries().select_for_update(of=("self",)).get(pk=pk)
        if held.state != LotteryState.CLOSED or held.check_result.get("state") != "checking":
            return
        plain = {**asdict(found), "at": clock.now().isoformat()}
        held.check_result = {**plain, "state": "possible" if found.possible else "impossible"}
        if found.possible:
            held.state = LotteryState.CHECKED
        held.save(update_fields=["check_result", "state"])
        if found.possible:
            _note("lottery.checked", held, digest=found.digest)


def compute(pk: int) -> None:
    """COMPUTING → READY with the odds; STOPPED when it was told to before there were any; FAILED with the reason."""
    draw = Draw.objects.select_related("lottery__activity__phase__process__organisation").filter(pk=pk).first()
    if draw is None or draw.state != DrawState.COMPUTING:
        return
    ends = time.monotonic() + LONGEST
    watch = _Watch(pk)
    try:
        odds = drawing.compute(
            draw, progress=watch.progress, stop=watch.stopped, deadline=lambda: ends - time.monotonic()
        )
    except LOST_DATABASE:
        raise
    except drawing.NotComputed as reason:
        _end(pk, DrawState.STOPPED if reason.stopped else DrawState.FAILED, reason.words)
        return
    except Exception as fault:
        logger.exception("draw %s was not computed", pk)
        _end(pk, DrawState.FAILED, _untranslated(fault))
        return
    with transaction.atomic():
        held = Draw.objects.select_for_update(of=("self",)).get(pk=pk)
        if held.state != DrawState.COMPUTING:
            return
        name = f"draws/{held.lottery_id}-{held.number}-distribution.csv"
        held.distribution.save(name, ContentFile(odds.text.encode()), save=False)
        held.state, held.ready_at, held.odds = DrawState.READY, clock.now(), dict(odds.odds)
        held.distribution_digest, held.panels = odds.digest, odds.panels
        held.minimum, held.bound, held.certified = odds.minimum, odds.bound, odds.certified
        held.save()
        _note("lottery.computed", draw.lottery, draw=held.number, digest=odds.digest, certified=odds.certified)


class _Watch:
    """How far a computation is, for everybody who looks; and whether somebody wants it to stop."""

    def __init__(self, draw: int) -> None:
        self.draw, self.last = draw, ("", -1.0)

    def progress(self, stage: str, share: float, bound: float | None) -> None:
        if stage == self.last[0] and share - self.last[1] < STEP:
            return
        self.last = (stage, share)
        Draw.objects.filter(pk=self.draw).update(progress={"stage": stage, "share": round(share, 3), "bound": bound})

    def stopped(self) -> bool:
        return Draw.objects.filter(pk=self.draw, stop_asked=True).exists()


def _end(pk: int, state: DrawState, words: Mapping[str, str]) -> None:
    Draw.objects.filter(pk=pk, state=DrawState.COMPUTING).update(state=state, failure={"words": words})


def _untranslated(fault: Exception) -> dict[str, str]:
    """What nobody foresaw, as the program says it."""
    return dict.fromkeys(LANGUAGES, f"{type(fault).__name__}: {fault}"[:300])


def _note(event: str, lottery: Lottery, **details: object) -> None:
    organisation = lottery.process.organisation
    record(event, by=None, now=clock.now(), about=lottery.activity, organisation=organisation, details=details)
