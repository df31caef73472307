"""Every promise of one process for everyone: one row per commitment and milestone."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.opendata.api.representations import absolute
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, datasets

from . import queries
from .enums import CommitmentState
from .kinds import Origin, origins_of
from .models import Commitment

COLUMNS = (
    Column("decision", _("Reference of the decision"), _("As in the minutes of the body.")),
    Column("body", _("Body"), _("Who decided.")),
    Column("decided", _("Decided"), _("The day of the decision.")),
    Column("idea", _("Idea"), _("The number of the idea; empty where the promise answers something else.")),
    Column("idea_title", _("Title of the idea"), _("As its author wrote it; empty where it is no longer public.")),
    Column("promise", _("Promise"), _("Its own title, where it answers no idea.")),
    Column("origin", _("Origin"), _("The address of what it answers.")),
    Column("state", _("State"), _("A word for programs that stays the same.")),
    Column("state_label", _("State in words")),
    Column("milestone", _("Milestone"), _("A step of it; empty where none was promised.")),
    Column("first_due", _("First promised for"), _("The day that was promised first.")),
    Column("due", _("Due"), _("The day that is promised now.")),
    Column("done", _("Done on"), _("The day it was done.")),
    Column("late", _("Late"), _("yes where the day has passed and it is not done.")),
)


def _commitments(wish: Wish) -> QuerySet[Commitment]:
    return queries.standing().filter(process=wish.key("process"))


def _rows(wish: Wish) -> Iterator[Row]:
    today = in_brussels(wish.now).date()
    found = list(_commitments(wish))
    origins = origins_of(found)
    for commitment in found:
        first: tuple[str | int | None, ...] = (
            *_source(commitment, origins.get(commitment.pk)),
            commitment.state,
            str(CommitmentState(commitment.state).label),
        )
        steps = list(commitment.milestones.all())
        if not steps:
            yield (*first, None, None, None, None, None)
        for step in steps:
            step.commitment = commitment
            done = step.done_on.isoformat() if step.done_on else None
            days = (step.first_due_on.isoformat(), step.due_on.isoformat(), done)
            yield (*first, shown(step, "title")[0], *days, "yes" if step.late(today) else None)


def _source(commitment: Commitment, origin: Origin | None) -> tuple[str | int | None, ...]:
    """Which decision or answer of whom made the promise, when, and about what."""
    decision, idea = commitment.decision, commitment.idea
    if decision is not None and idea is not None:
        title, url = (idea.title, absolute(idea.get_absolute_url())) if idea.is_public else ("", None)
        return decision.reference, str(decision.body), decision.decided_on.isoformat(), idea.pk, title, None, url
    title = shown(commitment, "title")[0]
    if origin is None:
        return None, None, None, None, None, title, None
    return origin.reference, origin.body, origin.decided_on.isoformat(), None, None, title, absolute(origin.url)


datasets.register(
    "commitments",
    Dataset(
        label=_("Promises"),
        about=_("One row per milestone of what authorities promised, the latest decision first."),
        columns=COLUMNS,
        count=lambda wish: sum(1 for _row in _rows(wish)),
        rows=_rows,
        audience=Audience.EVERYONE,
        anonymity=_("Nobody is named. Titles stand as they were written."),
        named="promises",
        order=16,
    ),
)
