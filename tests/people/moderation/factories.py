"""Cases, decisions, appeals and blocks made through the real verbs."""

from datetime import datetime, timedelta

from django.db.models import Model

from tests.participation.comments import factories as comments
from tests.participation.ideas import factories as ideas
from zenne.participation.comments.models import Comment
from zenne.people.accounts.models import Person
from zenne.people.moderation import actions
from zenne.people.moderation.enums import Ground, Verdict
from zenne.people.moderation.models import Appeal, Block, Case, Decision, FlaggedWord, FlagRule
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW


def house_of(written: Comment) -> Organisation:
    return written.activity.process.organisation


def moderator_of(written: Comment | Organisation, name: str = "Mod") -> Person:
    organisation = written if isinstance(written, Organisation) else house_of(written)
    return ideas.staff(organisation, Role.MODERATOR, name=name)


def reported(written: Comment | None = None, *, ground: Ground = Ground.OTHER, now: datetime = NOW) -> Case:
    """A case that one resident's report opened."""
    return actions.report(written or comments.comment(), ground=ground, by=ideas.resident("Bob"), now=now).case


def hidden(
    written: Comment | None = None, *, by: Person | None = None, ground: Ground = Ground.HATE, now: datetime = NOW
) -> Decision:
    written = written or comments.comment()
    return actions.decide(written, Verdict.HIDDEN, ground=ground, by=by or moderator_of(written), now=now)


def appealed(decision: Decision | None = None, *, now: datetime = NOW) -> Appeal:
    decision = decision or hidden()
    return actions.appeal(decision, text="Ce n'était pas une insulte.", by=decision.case.author, now=now)


def blocked(organisation: Organisation, whom: Person | None = None, *, days: int = 7, now: datetime = NOW) -> Block:
    return actions.block(
        whom or ideas.resident("Troll"),
        organisation=organisation,
        ground=Ground.COMMERCIAL,
        text="Toujours la même publicité.",
        until=now + timedelta(days=days),
        by=moderator_of(organisation),
        now=now,
    )


def make_for(organisation: Organisation) -> list[Model]:
    """One of every row that moderators handle, in that organisation's business."""
    rule, _new = FlagRule.objects.get_or_create(organisation=organisation)
    word = FlaggedWord.objects.create(organisation=organisation, word="escro*", language="fr")
    second = moderator_of(organisation, "Second")
    appeal = appealed(hidden(comments.make_for(organisation), by=second))
    return [reported(comments.make_for(organisation)), appeal, blocked(organisation), rule, word]
