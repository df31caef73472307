"""The chapter of meetings: every public meeting that was over at the moment of the report, and how many came."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import shown
from zenne.methods.suppression import FEWEST
from zenne.participation.reporting.kinds import Block, Chapter, Frozen, chapters, facts, note, table
from zenne.web.tags.words import day, grouped

from . import queries
from .enums import MeetingState
from .notifications import where

MOST = 500


def write(frozen: Frozen) -> list[Block]:
    rows = queries.public().filter(process=frozen.process, state=MeetingState.ANNOUNCED, ends_at__lte=frozen.moment)
    rows = rows.annotate(
        came=Count("registrations", filter=Q(registrations__present=True), distinct=True),
        said=Count("contributions", distinct=True),
    )
    held = list(rows[:MOST])
    if not held:
        return []
    few = _("fewer than %(number)s") % {"number": FEWEST}
    lines = []
    for meeting in held:
        came = meeting.came + meeting.walk_ins  # annotated above
        words = few if 0 < came < FEWEST else grouped(came)
        said = grouped(meeting.said)
        lines.append([day(meeting.starts_at), shown(meeting, "title")[0], where(meeting), words, said])
    return [
        facts([(_("Meetings held"), grouped(len(held)))]),
        table(
            _("Meetings"),
            [_("Day"), _("Meeting"), _("Place"), _("Present"), _("Ideas entered in the room")],
            lines,
            numbers=[3, 4],
        ),
        note(_("Who came was ticked or counted at the door. Small groups are not told.")),
    ]


chapters.register("meetings", Chapter(gettext_lazy("Meetings"), write=write, order=45))
