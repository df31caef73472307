"""Who hears what when something happens to a meeting or to a place: people by messages, guests by letters."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from zenne.core import mail
from zenne.core.languages import in_every_language, shown
from zenne.participation.processes.enums import Action
from zenne.participation.processes.queries import followers
from zenne.participation.processes.rules import permission_for

from . import guests
from .enums import COMING, RegistrationState
from .guests import What
from .models import Meeting, Registration
from .notifications import tell
from .tasks import write_to_guest


def placed(registration: Registration, now: datetime) -> None:
    """A place, or one in the line."""
    if registration.state == RegistrationState.WAITING:
        _one("meetings.waiting", What.WAITING, registration, now)
    else:
        _one("meetings.registered", What.REGISTERED, registration, now)


def to_confirm(registration: Registration, now: datetime) -> None:
    guests.write(registration, What.CONFIRM, now)


def let_all_in(moved: Iterable[Registration], now: datetime) -> None:
    """Those who came off the waiting list."""
    for registration in moved:
        _one("meetings.let_in", What.LET_IN, registration, now)


def announced(meeting: Meeting, now: datetime) -> None:
    """Followers of the process; of a private meeting, its group."""
    if not meeting.private:
        tell("meetings.announced", meeting, followers(meeting.process), "announced", now)
        return
    permission = permission_for(meeting.activity, Action.ATTEND)
    if permission is not None and permission.group is not None:
        tell("meetings.announced", meeting, permission.group.members.all(), "announced", now)


def changed(meeting: Meeting, coming: Iterable[Registration], now: datetime) -> None:
    _many("meetings.changed", What.CHANGED, meeting, coming, f"changed:{meeting.sequence}", now)


def cancelled(meeting: Meeting, coming: Iterable[Registration], now: datetime) -> None:
    reason = in_every_language(lambda: shown(meeting, "cancel_reason")[0])
    _many("meetings.cancelled", What.CANCELLED, meeting, coming, "cancelled", now, excerpt=reason)


def reminded(meeting: Meeting, coming: Iterable[Registration], now: datetime) -> None:
    _many("meetings.reminder", What.REMINDER, meeting, coming, f"reminder:{meeting.starts_at.timestamp():.0f}", now)


def minutes_published(meeting: Meeting, now: datetime) -> None:
    """Whoever had a place, whether they came or not."""
    held = meeting.registrations.filter(state__in=COMING).select_related("person").order_by("id")
    _many("meetings.minutes", What.MINUTES, meeting, held, "minutes", now)


def _one(kind: str, what: What, registration: Registration, now: datetime) -> None:
    if registration.person is None:
        guests.write(registration, what, now)
        return
    address = reverse("meetings:place", args=[registration.key])
    occasion = f"{what}:{registration.pk}:{now.timestamp():.0f}"
    tell(kind, registration.meeting, [registration.person], occasion, now, url=address)


def _many(
    kind: str,
    what: What,
    meeting: Meeting,
    to: Iterable[Registration],
    occasion: str,
    now: datetime,
    *,
    excerpt: dict[str, str] | str = "",
) -> None:
    """Within the caller's transaction: the jobs of the guests' letters are committed with what they tell of, so that a process that is killed
    afterwards has lost none; and one that is killed at a letter writes it at most once (`tasks.write_to_guest`)."""
    rows = list(to)
    people = [row.person for row in rows if row.person]
    transaction.on_commit(lambda: tell(kind, meeting, people, occasion, now, excerpt=excerpt))
    if mail.is_withheld():
        return
    for row in rows:
        if row.person_id is None and row.guest_email:
            write_to_guest.defer(registration=row.pk, what=what.value)
