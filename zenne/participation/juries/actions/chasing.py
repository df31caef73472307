"""Asking for what is missing: by mail, at most once in the interval that the jury chose."""

from datetime import datetime, timedelta

from django.db import transaction

from .. import queries
from ..enums import MemberState
from ..models import Jury, Member
from ..notifications import scores_missing
from .holding import note


def chase(*, now: datetime) -> int:
    """Remind who has not scored everything, in every jury that scores now. How many were reminded. Safe to repeat and to race."""
    reminded = 0
    for jury in queries.at_work(now):
        for each in queries.progress(jury):
            reminded += bool(each.missing) and _remind(jury, each.member.pk, each.missing, now)
    return reminded


@transaction.atomic
def _remind(jury: Jury, seat: int, missing: int, now: datetime) -> bool:
    member = Member.objects.select_for_update(of=("self",)).select_related("person").get(pk=seat)
    last = max(filter(None, (jury.activity.window()[0], member.answered_at, member.reminded_at)))
    if member.state != MemberState.ACCEPTED or member.person is None or now < last + timedelta(days=jury.remind_days):
        return False
    member.reminded_at = now
    member.save(update_fields=["reminded_at"])
    note("jury.reminded", member, jury, None, now, missing=missing)
    scores_missing(jury, member, missing, now)
    return True
