"""The odds of everybody in the pool, computed by the worker; can be stopped at any moment, and put away as long as nothing is public."""

from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.people.accounts.models import Person

from .. import drawing, tasks
from ..enums import DrawState, LotteryState
from ..errors import WrongStep
from ..models import Draw, Lottery
from .holding import held, held_draw, note, require_state, step_draw


@transaction.atomic
def begin_draw(lottery: Lottery, *, by: Person, now: datetime) -> Draw:
    """A new draw: pool and quotas are written to its file, and the worker computes the odds. Raises Conflict while another draw is live."""
    lottery = held(lottery, by)
    require_state(lottery, LotteryState.CHECKED)
    instance = drawing.instance_of(lottery)
    last = lottery.draws.order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            draw = Draw.objects.create(
                lottery=lottery,
                number=last + 1,
                algorithm=lottery.algorithm,
                size=lottery.size,
                instance_digest=instance.digest,
                pool_size=len(instance.pool),
                made_by=by,
                made_at=now,
            )
    except IntegrityError as error:
        raise Conflict(_("A draw is under way already.")) from error
    name = f"draws/{lottery.pk}-{draw.number}-pool.json"
    draw.instance.save(name, ContentFile(instance.canonical.encode()), save=True)
    note("lottery.computing", lottery, by, now, draw=draw.number, digest=instance.digest)
    transaction.on_commit(partial(tasks.compute.defer, draw=draw.pk))
    return draw


@transaction.atomic
def stop_computing(draw: Draw, *, by: Person, now: datetime) -> Draw:
    """Ask the worker to stop. It ends with the best odds found so far, which may be used or put away, or with none."""
    draw = held_draw(draw, by)
    if draw.state != DrawState.COMPUTING:
        raise WrongStep()
    draw.stop_asked = True
    draw.save(update_fields=["stop_asked"])
    note("lottery.stopped", draw.lottery, by, now, draw=draw.number)
    return draw


@transaction.atomic
def discard_draw(draw: Draw, *, by: Person, now: datetime) -> Draw:
    """Put computed odds away before anything of them is public: to compute others, or to let somebody withdraw."""
    draw = held_draw(draw, by)
    step_draw(draw, DrawState.DISCARDED)
    note("lottery.discarded", draw.lottery, by, now, draw=draw.number)
    return draw
