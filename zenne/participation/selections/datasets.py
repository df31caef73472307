"""Every public decision of one process for everyone: one row per idea it says something of.

`asked["process"]` is the process's number; whoever offers these has seen to it that the process is public.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, datasets

from .enums import PUBLIC, Outcome, SelectionState
from .models import Choice

STEP = 500
COLUMNS = (
    Column("selection", _("Decision"), _("The number of the decision in its process, as in its address.")),
    Column("title", _("Title of the decision")),
    Column("decided", _("Decided"), _("Date and time in Brussels.")),
    Column("state", _("State"), _("published, or annulled: then it no longer counts.")),
    Column("idea", _("Idea"), _("The number of the idea it is about.")),
    Column("idea_title", _("Title of the idea"), _("As its author wrote it; empty where it is no longer public.")),
    Column("outcome", _("Outcome"), _("kept, not_kept or set_aside: a word for programs that stays the same.")),
    Column("outcome_label", _("Outcome in words")),
    Column("rank", _("Rank")),
    Column("cost_cents", _("Cost in cents"), _("The cost the decision was taken with.")),
    Column("reason", _("Reason"), _("Why, as its page says it.")),
    Column("figures", _("Figures"), _("The numbers behind it: name=value, separated by semicolons.")),
    Column("text_digest", _("Fingerprint"), _("SHA-256 of the words of the idea that were decided about.")),
)


def _choices(wish: Wish) -> QuerySet[Choice]:
    return Choice.objects.filter(selection__process=wish.key("process"), selection__state__in=PUBLIC)


def _rows(wish: Wish) -> Iterator[Row]:
    found = _choices(wish).select_related("selection", "idea").defer("idea__search").order_by("-pk")
    last = None
    while batch := list((found if last is None else found.filter(pk__lt=last))[:STEP]):
        for choice in batch:
            yield _row(choice)
        last = batch[-1].pk


def _row(choice: Choice) -> Row:
    selection, idea = choice.selection, choice.idea
    assert selection.decided_at is not None  # of public selections only
    return (
        selection.number,
        shown(selection, "title")[0],
        f"{in_brussels(selection.decided_at):%Y-%m-%d %H:%M}",
        SelectionState(selection.state).value,
        idea.pk,
        idea.title if idea.is_public else "",
        Outcome(choice.outcome).value,
        str(Outcome(choice.outcome).label),
        choice.rank,
        choice.cost_cents,
        shown(choice, "reason")[0],
        "; ".join(f"{figure['key']}={figure['value']}" for figure in choice.figures),
        choice.text_digest,
    )


datasets.register(
    "choices",
    Dataset(
        label=_("Decisions"),
        about=_("One row per idea that a jury, a study, a vote or the College decided about, the latest first."),
        columns=COLUMNS,
        count=lambda wish: _choices(wish).count(),
        rows=_rows,
        audience=Audience.EVERYONE,
        anonymity=_("Names of authors are left out. Titles stand as they were written."),
        named="decisions",
        order=15,
    ),
)
