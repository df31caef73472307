"""Comments made through the real verb, on an idea in an open call."""

from datetime import datetime

from tests.participation.ideas import factories as ideas
from zenne.participation.comments import actions
from zenne.participation.comments.models import Comment
from zenne.participation.ideas.models import Idea
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW


def comment(
    idea: Idea | None = None,
    *,
    text: str = "Bonne idée pour la place.",
    by: Person | None = None,
    now: datetime = NOW,
    **given: object,
) -> Comment:
    idea = idea or ideas.idea()
    return actions.comment(idea, text=text, language="fr", by=by or ideas.resident("Nele"), now=now, **given)


def make_for(organisation: Organisation) -> Comment:
    """One comment in that organisation's business."""
    return comment(ideas.idea(ideas.call(organisation=organisation)))
