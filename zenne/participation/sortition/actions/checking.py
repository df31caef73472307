"""Can the pool meet the quotas? If not, which smallest changes let it: each one spelled out, taken by a public decision with a reason."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.participation.processes.actions import changing_settings
from zenne.participation.processes.models import Change
from zenne.people.accounts.models import Person

from .. import drawing, tasks
from ..enums import LotteryState
from ..errors import WrongStep
from ..models import Feature, Lottery, Relaxation
from .holding import Words, held, note, public_reason, require_state


@transaction.atomic
def begin_check(lottery: Lottery, *, by: Person, now: datetime) -> Lottery:
    """Let the worker see whether the pool can meet the quotas. What it finds is in `check_result`."""
    lottery = held(lottery, by)
    require_state(lottery, LotteryState.CLOSED)
    _begin(lottery, by)
    return lottery


def _begin(lottery: Lottery, by: Person) -> None:
    lottery.check_result = {"state": "checking", "by": by.pk}
    lottery.save(update_fields=["check_result"])
    transaction.on_commit(partial(tasks.check.defer, lottery=lottery.pk))


@transaction.atomic
def widen(lottery: Lottery, *, option: int, reason: Words, by: Person, now: datetime) -> list[Relaxation]:
    """Take one of the changes that the check found (`option` counts from 0), in public. The quotas are checked again at once.

    Raises Conflict when the pool is no longer the one that was checked.
    """
    said = public_reason(lottery, reason)
    with changing_settings(lottery.activity, by=by, now=now, reason=said):
        lottery = held(lottery, by)
        require_state(lottery, LotteryState.CLOSED)
        result = lottery.check_result
        if result.get("state") != "impossible" or not 0 <= option < len(result["options"]):
            raise WrongStep()
        if result["digest"] != drawing.instance_of(lottery).digest:
            raise Conflict(_("Somebody withdrew since the quotas were checked. Check them again."))
        made = []
        for category, group, minimum, maximum in result["options"][option]:
            feature = Feature.objects.select_for_update().get(
                category__lottery=lottery, category__key=category, key=group
            )
            made.append(
                Relaxation(
                    lottery=lottery,
                    feature=feature,
                    old_minimum=feature.minimum,
                    old_maximum=feature.maximum,
                    new_minimum=min(minimum, feature.minimum),
                    new_maximum=max(maximum, feature.maximum),
                    decided_by=by,
                    decided_at=now,
                )
            )
            feature.minimum, feature.maximum = made[-1].new_minimum, made[-1].new_maximum
            feature.save(update_fields=["minimum", "maximum"])
    change = Change.objects.filter(activity=lottery.activity_id, changed_at=now).order_by("-pk").first()
    assert change is not None  # the rule of a lottery whose letters were sent is frozen
    for relaxation in made:
        relaxation.change = change
        relaxation.save()
        details: dict[str, Any] = {
            "group": relaxation.feature.key,
            "from": [relaxation.old_minimum, relaxation.old_maximum],
            "to": [relaxation.new_minimum, relaxation.new_maximum],
        }
        note("lottery.quota_widened", lottery, by, now, change=change.pk, **details)
    _begin(lottery, by)
    return made
