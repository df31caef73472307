"""Reports and decisions made through the real verbs."""

from tests.participation.comments import factories as comments
from tests.participation.ideas import factories as ideas
from zenne.people.moderation import actions
from zenne.people.moderation.enums import Ground, Verdict
from zenne.people.moderation.models import Decision, Report
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW


def make_for(organisation: Organisation) -> list[Report | Decision]:
    """An open report and a decision in that organisation's business."""
    waiting = actions.report(comments.make_for(organisation), ground=Ground.OTHER, by=ideas.resident("Bob"), now=NOW)
    moderator = ideas.staff(organisation, Role.MODERATOR, name="Mod")
    decided = actions.decide(comments.make_for(organisation), Verdict.KEPT, by=moderator, now=NOW)
    return [waiting, decided]
