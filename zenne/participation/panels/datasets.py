"""The panels of one process for everyone: one row per term, with seats and attendance in all. Nobody is named, by no number either."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, datasets
from zenne.participation.processes.enums import ProcessState

from .models import Attendance, Term

COLUMNS = (
    Column("panel", _("Panel"), _("The number of the panel.")),
    Column("name", _("Name of the panel")),
    Column("state", _("State"), _("A word for programs that stays the same.")),
    Column("size", _("Seats of the panel"), _("How many sit together at most.")),
    Column("allowance", _("Allowance"), _("For each meeting attended, in cents.")),
    Column("term", _("Term"), _("Its number within the panel.")),
    Column("begins", _("First day")),
    Column("ends", _("Last day")),
    Column("seats", _("Seats given"), _("How many seats were given in this term, those that ended early included.")),
    Column("meetings", _("Meetings"), _("Meetings at which attendance was taken.")),
    Column("expected", _("Expected"), _("Over these meetings, how many seats were taken on their day.")),
    Column("attended", _("Attended"), _("Over these meetings, how many of them were there.")),
)


def _terms(wish: Wish) -> QuerySet[Term]:
    found = Term.objects.filter(panel__process=wish.key("process")).exclude(panel__process__state=ProcessState.DRAFT)
    return found.select_related("panel").order_by("panel_id", "number")


def _rows(wish: Wish) -> Iterator[Row]:
    terms = _terms(wish).annotate(given=Count("seats"))
    counted = Attendance.objects.filter(seat__term__in=_terms(wish)).order_by().values("seat__term")
    told = counted.annotate(
        meetings=Count("meeting", distinct=True), expected=Count("pk"), attended=Count("pk", filter=Q(present=True))
    )
    numbers = {row["seat__term"]: (row["meetings"], row["expected"], row["attended"]) for row in told}
    for term in terms:
        panel = term.panel
        yield (
            panel.pk,
            shown(panel, "name")[0],
            panel.state,
            panel.size,
            panel.allowance,
            term.number,
            term.begins_on.isoformat(),
            term.ends_on.isoformat(),
            term.given,
            *numbers.get(term.pk, (0, 0, 0)),
        )


datasets.register(
    "panels",
    Dataset(
        label=_("Panels and their terms"),
        about=_("One row per term of each panel, with its seats and how many came to its meetings."),
        columns=COLUMNS,
        count=lambda wish: _terms(wish).count(),
        rows=_rows,
        audience=Audience.EVERYONE,
        anonymity=_("Sums over all seats of a term: no row is about one person."),
        named="panels",
        order=18,
    ),
)
