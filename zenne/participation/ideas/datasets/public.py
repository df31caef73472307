"""The ideas and comments of one process for everyone: what its pages show, without names.

`asked["process"]` is the process's number; whoever offers these has seen to it that the process is public.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import BRUSSELS
from zenne.methods.suppression import hidden
from zenne.opendata.exports.kinds import Audience, Cell, Column, Dataset, Row, Wish, by_key
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment

from ..models import Idea, Support
from .lookups import Known, answers_of, moment, reasons_of

# three decimals are about a hundred metres: the street, not the door
DECIMALS = 3
NAMELESS = _(
    "Names of authors are left out, and places are rounded to about a hundred metres. Texts stand as they were written."
)

IDEA_COLUMNS = (
    Column("number", _("Number"), _("The number of the idea, as in its address.")),
    Column("call", _("Call"), _("The call for ideas it answers.")),
    Column("theme", _("Theme"), _("The theme it was put under, if any.")),
    Column("title", _("Title"), _("As its author wrote it.")),
    Column("text", _("Text"), _("As its author wrote it, in the language of the next column.")),
    Column("language", _("Language"), _("The language of title and text: fr, nl or en.")),
    Column("channel", _("Channel"), _("How it came in: online, on paper, at the counter, by telephone, at a meeting.")),
    Column("state", _("State"), _("Where it stands, as a word for programs that stays the same.")),
    Column("state_label", _("State in words"), _("Where it stands, as the pages say it.")),
    Column("reason", _("Reason of the last step"), _("What the organisation gave as its reason, if it gave one.")),
    Column("published", _("Published"), _("Date and time in Brussels.")),
    Column("answered", _("Answered"), _("Date and time in Brussels of the official answer.")),
    Column("answer", _("Official answer"), _("Its text, as it is now.")),
    Column("supports", _("Supports"), _("How many people support it now.")),
    Column("oppositions", _("Oppositions"), _("How many people oppose it now, where the call lets them.")),
    Column("comments", _("Comments"), _("How many comments stand under it now.")),
    Column("commune", _("Commune"), _("The commune it is about, where a place was given.")),
    Column("longitude", _("Longitude"), _("WGS 84, rounded to three decimals.")),
    Column("latitude", _("Latitude"), _("WGS 84, rounded to three decimals.")),
    Column("page", _("Page"), _("The address of its page on this site.")),
)
FIELDS = (
    *("pk", "process_id", "activity_id", "theme_id", "title", "text", "language", "channel", "state", "published_at"),
    *("answered_at", "support_count", "oppose_count", "comment_count", "commune_id", "lon", "lat"),
)


def listed_in(wish: Wish) -> QuerySet[Idea]:
    """What the lists of the process show."""
    return Idea.objects.filter(process=wish.key("process"), listed=True)


def _round(degrees: float | None) -> Cell:
    return None if degrees is None else round(degrees, DECIMALS)


def _ideas(wish: Wish) -> Iterator[Row]:
    known = Known(listed_in(wish))
    for batch in by_key(listed_in(wish), *FIELDS):
        keys = [line[0] for line in batch]
        reasons, answers = reasons_of(keys), answers_of(keys)
        for line in batch:
            # fmt: off
            (pk, process, activity, theme, title, text, language, channel, state, published, answered, supports, oppositions, comments,
             commune, lon, lat) = line
            yield (
                pk, known.activities[activity], known.themes.get(theme), title, text, language, channel, state, known.states[state],
                reasons.get(pk), moment(published), moment(answered), answers.get(pk), supports, oppositions, comments,
                known.communes.get(commune), _round(lon), _round(lat), known.page(process, pk),
            )
            # fmt: on


COMMENT_COLUMNS = (
    Column("number", _("Number"), _("The number of the comment, as in its address.")),
    Column("idea", _("Idea"), _("The number of the idea it is about.")),
    Column("reply_to", _("Reply to"), _("The number of the comment it answers, if it answers one.")),
    Column("text", _("Text"), _("As it was written, in the language of the next column.")),
    Column("language", _("Language"), _("The language of the text: fr, nl or en.")),
    Column("stance", _("Stance"), _("For, against or neutral, where the call asks.")),
    Column("official", _("Official"), _("yes when somebody speaks for the organisation.")),
    Column("reactions", _("Reactions"), _("How many people reacted to it now.")),
    Column("written", _("Written"), _("Date and time in Brussels.")),
)


def _standing(wish: Wish) -> QuerySet[Comment]:
    ideas = ContentType.objects.get_for_model(Idea)
    return Comment.objects.filter(
        about_type=ideas, about_id__in=listed_in(wish).values("pk"), state=CommentState.PUBLISHED
    )


def _comments(wish: Wish) -> Iterator[Row]:
    fields: tuple[str, ...] = (
        "pk",
        "about_id",
        "parent_id",
        "text",
        "language",
        "stance",
        "staff_of_id",
        "reaction_count",
        "created_at",
    )
    for batch in by_key(_standing(wish), *fields):
        for *plain, staff_of, reactions, created in batch:
            line: list[Any] = [*plain, "yes" if staff_of else "", reactions, moment(created)]
            yield line


DAY_COLUMNS = (
    Column("day", _("Day"), _("A day in Brussels on which somebody gave a support that still stands.")),
    Column("supports", _("Supports"), _("How many; empty where the day is hidden.")),
    Column(
        "hidden", _("Hidden"), _("yes where fewer than 10 people, or needed so that no such number can be computed.")
    ),
)


def _days(wish: Wish) -> dict[date, int]:
    """The supports of the listed ideas by day: together they are the supports that the pages show."""
    given = Support.objects.filter(idea__in=listed_in(wish), value=1).order_by()
    days = given.annotate(day=TruncDate("given_at", tzinfo=BRUSSELS)).values_list("day").annotate(number=Count("pk"))
    return dict(sorted(days, reverse=True))


def _supports(wish: Wish) -> Iterator[Row]:
    days = _days(wish)
    gone = hidden(days, order=days)
    for day, number in days.items():
        yield (day.isoformat(), None, "yes") if day in gone else (day.isoformat(), number, "")


SUPPORTS = Dataset(
    label=_("Supports per day"),
    about=_("One row per day on which somebody supported one of these ideas, the latest first."),
    columns=DAY_COLUMNS,
    count=lambda wish: len(_days(wish)),
    rows=_supports,
    audience=Audience.EVERYONE,
    anonymity=_("Nobody is named, and days with fewer than 10 people are hidden."),
    named="supports",
    order=30,
)
IDEAS = Dataset(
    label=_("Ideas"),
    about=_("One row per idea that the lists show, the newest first."),
    columns=IDEA_COLUMNS,
    count=lambda wish: listed_in(wish).count(),
    rows=_ideas,
    audience=Audience.EVERYONE,
    anonymity=NAMELESS,
    named="ideas",
    order=10,
)
COMMENTS = Dataset(
    label=_("Comments"),
    about=_("One row per comment that stands under these ideas, the newest first."),
    columns=COMMENT_COLUMNS,
    count=lambda wish: _standing(wish).count(),
    rows=_comments,
    audience=Audience.EVERYONE,
    anonymity=_("Names of authors are left out. Texts stand as they were written."),
    named="comments",
    order=20,
)
