from datetime import datetime

from django.db import transaction

from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..models import Follow, Process
from ..rules import Visitor, may_follow


@transaction.atomic
def follow(process: Process, *, by: Visitor, now: datetime) -> Follow:
    """Hear of a process from now on. Following twice is following once."""
    require(may_follow(by, process))
    assert isinstance(by, Person)
    found, new = Follow.objects.get_or_create(process=process, person=by, defaults={"since": now})
    if new:
        record("process.followed", by=by, now=now, about=process, organisation=process.organisation)
    return found


@transaction.atomic
def unfollow(process: Process, *, by: Visitor, now: datetime) -> None:
    """Hear of it no more. Also of what one did not follow."""
    require(may_follow(by, process))
    assert isinstance(by, Person)
    gone, _details = Follow.objects.filter(process=process, person=by).delete()
    if gone:
        record("process.unfollowed", by=by, now=now, about=process, organisation=process.organisation)
