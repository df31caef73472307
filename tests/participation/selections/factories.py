"""Selections made through the real actions: a jury-like choice among the ideas of a call."""

from datetime import timedelta

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity
from zenne.participation.selections import actions
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Figure, Selection
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW
LATER = NOW + timedelta(days=1)
TITLE = {"fr": "Le choix du jury", "nl": "De keuze van de jury", "en": "What the jury chose"}
STATEMENT = {"fr": "Le jury a lu tout.", "nl": "De jury las alles.", "en": "The jury read everything."}
RULE = {"fr": "La meilleure note.", "nl": "De beste score.", "en": "The best score."}
YES = {"fr": "Utile et simple.", "nl": "Nuttig en eenvoudig.", "en": "Useful and simple."}
NO = ideas.NO
SHORTLIST = {Outcome.KEPT: IdeaState.SHORTLISTED, Outcome.NOT_KEPT: IdeaState.NOT_SHORTLISTED}
SCORE = Figure(
    key="score",
    label={"fr": "Note", "nl": "Score", "en": "Score"},
    value="17/4",
    said={"fr": "4,25 sur 5", "nl": "4,25 op 5", "en": "4.25 out of 5"},
)


def begun(activity: Activity | None = None, *, by: Person | None = None, **given: object) -> Selection:
    """One that is being prepared, without any choice yet."""
    activity = activity or ideas.call()
    by = by or ideas.staff(activity.process.organisation)
    words = {"title": TITLE, "statement": STATEMENT, "rule": RULE, **given}
    return actions.open(activity, by=by, now=LATER, **words)


def with_choices(kept: list[Idea], dropped: list[Idea] = (), *, by: Person | None = None, **given: object) -> Selection:
    """One that says of some ideas that they are kept, at 1 000 EUR each, and of others that they are not."""
    made = begun((kept or dropped)[0].activity, by=by, **given)
    by = by or ideas.staff(made.process.organisation)
    for rank, idea in enumerate(kept, 1):
        actions.choose(
            made, idea, outcome=Outcome.KEPT, reason=YES, rank=rank, cost_cents=100_000, figures=[SCORE], by=by
        )
    for idea in dropped:
        actions.choose(made, idea, outcome=Outcome.NOT_KEPT, reason=NO, by=by)
    return made


def published(kept: list[Idea], dropped: list[Idea] = (), *, by: Person | None = None, **given: object) -> Selection:
    made = with_choices(kept, dropped, by=by, **given)
    by = by or ideas.staff(made.process.organisation)
    return actions.publish(made, move=SHORTLIST, by=by, now=LATER)


def make_for(organisation: Organisation) -> list[Model]:
    call = ideas.call(organisation=organisation)
    return [published([ideas.idea(call)])]
