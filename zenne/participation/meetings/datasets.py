"""Every public meeting of one process for everyone: one row each, no person; how many came is left out where they were few.

`asked["process"]` is the process's number; whoever offers these has seen to it that the process is public.
"""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.methods.suppression import FEWEST
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, datasets

from . import queries
from .enums import COMING
from .models import Meeting
from .notifications import where

STEP = 500
COLUMNS = (
    Column("meeting", _("Meeting"), _("Its number, as in its address.")),
    Column("title", _("Title")),
    Column("state", _("State"), _("announced or cancelled: a word for programs that stays the same.")),
    Column("starts", _("Begins"), _("Date and time in Brussels.")),
    Column("ends", _("Ends"), _("Date and time in Brussels.")),
    Column("place", _("Place")),
    Column("online", _("Online"), _("yes or no.")),
    Column("lon", _("Longitude")),
    Column("lat", _("Latitude")),
    Column("commune", _("Commune"), _("Its official code.")),
    Column("capacity", _("Places"), _("Empty where as many as come are welcome.")),
    Column("needs", _("Offered"), _("childcare, sign, interpretation, wheelchair, hearing; separated by semicolons.")),
    Column(
        "registered",
        _("Registered"),
        _("People with a place or on the waiting list; empty where they are fewer than ten."),
    ),
    Column("present", _("Present"), _("People who came, registered or not; empty where they are fewer than ten.")),
    Column("ideas", _("Ideas"), _("How many ideas were entered in the room.")),
)


def _meetings(wish: Wish) -> QuerySet[Meeting]:
    return queries.public().filter(process=wish.key("process"))


def _rows(wish: Wish) -> Iterator[Row]:
    coming = Count("registrations", filter=Q(registrations__state__in=COMING), distinct=True)
    came = Count("registrations", filter=Q(registrations__present=True), distinct=True)
    found = _meetings(wish).order_by("-pk")
    found = found.annotate(coming=coming, came=came, said=Count("contributions", distinct=True))
    last = None
    while batch := list((found if last is None else found.filter(pk__lt=last))[:STEP]):
        for meeting in batch:
            yield _row(meeting)
        last = batch[-1].pk


def _row(meeting: Meeting) -> Row:
    return (
        meeting.pk,
        shown(meeting, "title")[0],
        meeting.state,
        f"{in_brussels(meeting.starts_at):%Y-%m-%d %H:%M}",
        f"{in_brussels(meeting.ends_at):%Y-%m-%d %H:%M}",
        where(meeting),
        "yes" if meeting.online_url else "no",
        meeting.lon,
        meeting.lat,
        meeting.commune.code if meeting.commune else None,
        meeting.capacity,
        ";".join(meeting.needs_offered),
        _enough(meeting.coming),  # type: ignore[attr-defined]  # annotated above
        _enough(meeting.came + meeting.walk_ins),  # type: ignore[attr-defined]
        meeting.said,  # type: ignore[attr-defined]
    )


def _enough(number: int) -> int | None:
    """A small group is not told; none is."""
    return None if 0 < number < FEWEST else number


datasets.register(
    "meetings",
    Dataset(
        label=_("Meetings"),
        about=_("One row per meeting, the latest written first: when, where, what was offered, how many came."),
        columns=COLUMNS,
        count=lambda wish: _meetings(wish).count(),
        rows=_rows,
        audience=Audience.EVERYONE,
        anonymity=_("No names, addresses or needs of people. Numbers of people below ten are left out."),
        named="meetings",
        order=40,
    ),
)
