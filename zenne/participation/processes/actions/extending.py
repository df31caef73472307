from datetime import datetime

from django.db import transaction

from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import ProcessState
from ..errors import NotLater, OutsideItsPhase, ReasonNeeded, WrongState
from ..models import Activity, Phase
from ..rules import may_manage
from .freezing import changing
from .writing import Texts, locked


@transaction.atomic
def extend_window(thing: Phase | Activity, *, closes_at: datetime, reason: Texts, by: Person, now: datetime) -> None:
    """Give people more time, with a reason that everyone can read.

    A phase takes along those of its activities that ended with it; an activity stays within its phase.
    """
    process = locked(thing.process)
    require(may_manage(by, process.organisation))
    if process.state == ProcessState.ARCHIVED:
        raise WrongState()
    if not any(text.strip() for text in reason.values()):
        raise ReasonNeeded()
    thing = type(thing).objects.get(pk=thing.pk)
    old = thing.closes_at if isinstance(thing, Phase) else thing.window()[1]
    if old is None or closes_at <= old:
        raise NotLater()
    with changing(process, by=by, now=now, reason=reason, about=thing if isinstance(thing, Phase) else None):
        if isinstance(thing, Phase):
            thing.activities.filter(closes_at=old).update(closes_at=closes_at)
        elif thing.phase.closes_at and closes_at > thing.phase.closes_at:
            raise OutsideItsPhase(field="closes_at")
        thing.closes_at = closes_at
        thing.save(update_fields=["closes_at"])
    noun = "phase" if isinstance(thing, Phase) else "activity"
    details: dict[str, object] = {"from": old.isoformat(), "to": closes_at.isoformat()}
    record(f"{noun}.extended", by=by, now=now, about=thing, organisation=process.organisation, details=details)
