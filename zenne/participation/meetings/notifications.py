"""What meetings tell people who have an account. Guests get letters (`guests.py`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle, Frequency
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.people.accounts.models import Person
from zenne.web.tags.words import moment

from .models import Meeting

kinds.register(
    "meetings.registered",
    Kind(_("My places at meetings"), _("You have a place at “%(meeting)s”, %(moment)s"), circle=Circle.MEETINGS),
)
kinds.register(
    "meetings.waiting",
    Kind(
        _("My turn on a waiting list"),
        _("You are on the waiting list for “%(meeting)s”, %(moment)s"),
        circle=Circle.MEETINGS,
    ),
)
kinds.register(
    "meetings.let_in",
    Kind(
        _("A place that became free"),
        _("A place became free: you are expected at “%(meeting)s”, %(moment)s"),
        circle=Circle.MEETINGS,
    ),
)
kinds.register(
    "meetings.reminder",
    Kind(_("Reminders of meetings"), _("Soon: “%(meeting)s”, %(moment)s, %(place)s"), circle=Circle.MEETINGS),
)
kinds.register(
    "meetings.changed",
    Kind(
        _("A meeting I come to changes"), _("“%(meeting)s” has changed: %(moment)s, %(place)s"), circle=Circle.MEETINGS
    ),
)
kinds.register(
    "meetings.cancelled",
    Kind(_("A meeting I come to is cancelled"), _("“%(meeting)s” of %(moment)s is cancelled"), circle=Circle.MEETINGS),
)
kinds.register(
    "meetings.announced",
    Kind(
        _("Meetings of what I follow"),
        _("“%(process)s” invites you: “%(meeting)s”, %(moment)s"),
        default=Frequency.DAILY,
    ),
)
kinds.register(
    "meetings.minutes",
    Kind(_("Minutes of meetings I was at"), _("The minutes of “%(meeting)s” are there"), circle=Circle.MEETINGS),
)


def tell(
    kind: str,
    meeting: Meeting,
    to: "Iterable[Person] | QuerySet[Person]",
    occasion: str,
    now: datetime,
    *,
    url: str = "",
    excerpt: Mapping[str, str] | str = "",
) -> None:
    """`occasion` tells the messages of one meeting apart; the same one is said once to each."""
    notify(
        kind,
        to=to,
        key=f"meeting:{meeting.pk}:{occasion}",
        scope=f"processes.process:{meeting.process_id}",
        facts={
            "meeting": in_every_language(lambda: str(meeting)),
            "moment": in_every_language(lambda: moment(meeting.starts_at)),
            "place": in_every_language(lambda: where(meeting)),
            "process": in_every_language(lambda: shown(meeting.process, "title")[0]),
        },
        url=url or meeting.get_absolute_url(),
        excerpt=excerpt,
        now=now,
    )


def where(meeting: Meeting) -> str:
    """The place in one line. The online link is for the page of who is registered, not for messages."""
    parts = [part for part in (shown(meeting, "venue")[0], meeting.address) if part]
    return ", ".join(parts) or str(_("online"))
