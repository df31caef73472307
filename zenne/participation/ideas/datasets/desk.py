"""The list of the back office as rows of a spreadsheet. No column holds an e-mail address.

Rows are read as plain values, a thousand at a time, and what many rows share (processes, calls, themes, communes) is read once: making
an object of the model for each row and its neighbours is what costs, not the database and not the file.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.opendata.exports.kinds import Audience, Cell, Column, Dataset, Row, Wish, by_key

from ..enums import LISTED
from ..models import Idea
from ..queries.staff import Wanted, wanted, within
from .lookups import Known, answers_of, moment, reasons_of, tags_of

COLUMNS = (
    Column("number", _("Number")),
    Column("process", _("Process")),
    Column("activity", _("Call")),
    Column("theme", _("Theme")),
    Column("title", _("Title")),
    Column("text", _("Text"), personal=True),
    Column("language", _("Language")),
    Column("author", _("Author"), personal=True),
    Column("channel", _("Channel")),
    Column("state", _("State")),
    Column("reason", _("Reason of the last step")),
    Column("sent", _("Sent")),
    Column("published", _("Published")),
    Column("answered", _("Answered")),
    Column("waits", _("Days without an answer")),
    Column("late", _("Late")),
    Column("answer", _("Official answer")),
    Column("supports", _("Supports")),
    Column("oppositions", _("Oppositions")),
    Column("comments", _("Comments")),
    Column("address", _("Address"), personal=True),
    Column("commune", _("Commune")),
    Column("longitude", _("Longitude"), personal=True),
    Column("latitude", _("Latitude"), personal=True),
    Column("assigned", _("Assigned to"), personal=True),
    Column("tags", _("Tags")),
    Column("merged", _("Merged into number")),
    Column("page", _("Page")),
)
FIELDS = (
    *("pk", "process_id", "activity_id", "theme_id", "title", "text", "language", "author_name", "author__name"),
    *("channel", "state", "submitted_at", "published_at", "answered_at", "support_count", "oppose_count"),
    *("comment_count", "address", "commune_id", "lon", "lat", "assigned_to_id", "assigned_to__name", "merged_into_id"),
)


def _asked(wish: Wish) -> QuerySet[Idea]:
    assert wish.person is not None
    return wanted(within(wish.organisations), Wanted.read(wish.asked), person=wish.person, now=wish.now)


def _rows(wish: Wish) -> Iterator[Row]:
    """A row per idea, from the highest number down."""
    known = Known(_asked(wish))
    nobody, late_word = say("Somebody"), say("yes")
    for batch in by_key(_asked(wish), *FIELDS):
        keys = [line[0] for line in batch]
        reasons, answers, tags = reasons_of(keys), answers_of(keys), tags_of(keys)
        for line in batch:
            # fmt: off
            (pk, process, activity, theme, title, text, language, author_name, author, channel, state, submitted, published,
             answered, supports, oppositions, comments, address, commune, lon, lat, assignee_id, assignee, merged) = line
            waits = _waits(state, published, answered, wish.now)
            late = waits is not None and published + known.promised[activity] < wish.now
            yield (
                pk, known.processes[process], known.activities[activity], known.themes.get(theme), title, text, language,
                author_name or author or nobody, known.channels[channel], known.states[state], reasons.get(pk),
                moment(submitted), moment(published), moment(answered), waits, late_word if late else None, answers.get(pk),
                supports, oppositions, comments, address, known.communes.get(commune), lon, lat,
                assignee or (nobody if assignee_id else None), tags.get(pk), merged, known.page(process, pk),
            )
            # fmt: on


def _waits(state: str, published: datetime | None, answered: datetime | None, now: datetime) -> Cell:
    """Days without an answer, as `queries.clock` counts them; None where nobody waits."""
    if state not in LISTED or answered is not None or published is None:
        return None
    return max(0, (in_brussels(now).date() - in_brussels(published).date()).days)


DESK = Dataset(
    label=_("Ideas, as the back office lists them"),
    about=_("One row per idea, with these columns. There is no e-mail address in it."),
    columns=COLUMNS,
    count=lambda wish: _asked(wish).order_by().count(),
    rows=_rows,
    audience=Audience.STAFF,
    named="ideas",
    back="idea:index",
)
