"""Studies as tables: for the staff whose they are, and of one process for everyone."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, datasets

from . import queries
from .enums import StudyState
from .models import Study

STEP = 500
COLUMNS = (
    Column("idea", _("Idea"), _("The number of the idea.")),
    Column("idea_title", _("Title of the idea"), _("As its author wrote it.")),
    Column("service", _("Service"), _("Who studied it.")),
    Column("state", _("State"), _("A word for programs that stays the same.")),
    Column("state_label", _("State in words")),
    Column("sent", _("Sent"), _("Date and time in Brussels.")),
    Column("due", _("Due"), _("The day the answer was or is due.")),
    Column("answered", _("Answered"), _("Date and time in Brussels.")),
    Column("late", _("Late"), _("yes where the answer is overdue.")),
    Column("cost_cents", _("Cost in cents"), _("What the service estimates.")),
    Column("months", _("Months"), _("How long it takes to carry out.")),
    Column("obstacle", _("What stands in the way")),
    Column("reason", _("Reason"), _("The public words of the service.")),
    Column("ground", _("Legal ground")),
)
DESK_COLUMNS = (Column("process", _("Process")), *COLUMNS, Column("question", _("Question to the service")))


def _moment(at: datetime | None) -> str | None:
    return f"{in_brussels(at):%Y-%m-%d %H:%M}" if at else None


def _row(study: Study, wish: Wish) -> tuple[str | int | None, ...]:
    return (
        study.idea_id,
        study.idea.title,
        str(study.service),
        StudyState(study.state).value,
        str(StudyState(study.state).label),
        _moment(study.requested_at),
        study.due_on.isoformat(),
        _moment(study.answered_at),
        say("yes") if study.late(in_brussels(wish.now).date()) else None,
        study.cost_cents,
        study.delay_months,
        study.get_obstacle_display() or None,
        shown(study, "reason")[0] or None,
        shown(study, "ground")[0] or None,
    )


def _read(found: QuerySet[Study], shown_as: Callable[[Study], Row]) -> Iterator[Row]:
    found, last = found.order_by("-pk"), None
    while batch := list((found if last is None else found.filter(pk__lt=last))[:STEP]):
        yield from map(shown_as, batch)
        last = batch[-1].pk


def _public(wish: Wish) -> QuerySet[Study]:
    return queries.public().filter(idea__process=wish.key("process"))


def _desk(wish: Wish) -> QuerySet[Study]:
    today = in_brussels(wish.now).date()
    return queries.wanted(queries.within(wish.organisations), wish.asked, person=wish.person, today=today)


datasets.register(
    "studies",
    Dataset(
        label=_("Feasibility studies"),
        about=_("One row per idea and service that studied it, the latest first."),
        columns=COLUMNS,
        count=lambda wish: _public(wish).count(),
        rows=lambda wish: _read(_public(wish), lambda study: _row(study, wish)),
        audience=Audience.EVERYONE,
        anonymity=_("Names of authors and of staff are left out."),
        named="studies",
        order=14,
    ),
)
datasets.register(
    "studies.desk",
    Dataset(
        label=_("Feasibility studies, as the back office lists them"),
        about=_("One row per idea and service, with these columns. No name of a person is in it."),
        columns=DESK_COLUMNS,
        count=lambda wish: _desk(wish).order_by().count(),
        rows=lambda wish: _read(
            _desk(wish), lambda study: (str(study.idea.process), *_row(study, wish), study.question)
        ),
        audience=Audience.STAFF,
        named="studies",
        back="study:index",
    ),
)
