from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser

from zenne.participation.processes.enums import Action
from zenne.participation.processes.rules import allowed
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.access.enums import Level
from zenne.people.access.rules import reaches
from zenne.people.accounts.models import Person
from zenne.people.moderation.queries import blocked
from zenne.people.organisations.rules import works_for

from .enums import CommentState
from .kinds import discussion_of
from .models import Comment

EDIT_WINDOW = timedelta(minutes=15)
Visitor = Person | AnonymousUser | None


def may_comment(person: Visitor, thing: Any, now: datetime) -> Answer:
    """Whoever the activity lets comment while it is open; staff of the house may answer after it closed."""
    discussion = discussion_of(thing)
    if not discussion.open(thing):
        return Refused(Reason.SWITCHED_OFF)
    activity = discussion.activity(thing)
    answer = allowed(person, Action.COMMENT, activity, now)
    if not answer and answer.reason == Reason.CLOSED and works_for(person, activity.process.organisation):
        return ALLOWED
    return answer


def may_read(person: Visitor, comment: Comment) -> bool:
    """Everyone, but for what waits to be read: its author and the staff."""
    if comment.state != CommentState.WAITING:
        return True
    mine = isinstance(person, Person) and comment.author_id == person.pk
    return mine or works_for(person, comment.activity.process.organisation)


def may_edit(person: Visitor, comment: Comment, now: datetime) -> Answer:
    """The author, for a quarter of an hour: long enough for a slip, too short to change what others answered to."""
    if comment.author_id is None or not isinstance(person, Person) or comment.author_id != person.pk:
        return Refused(Reason.NOT_YOURS)
    if comment.state not in (CommentState.PUBLISHED, CommentState.WAITING):
        return Refused(Reason.WRONG_STATE)
    if now >= comment.created_at + EDIT_WINDOW:
        return Refused(Reason.TOO_LATE)
    return blocked(person, comment.activity.process.organisation, now)


def may_delete(person: Visitor, comment: Comment) -> Answer:
    if comment.author_id is None or not isinstance(person, Person) or comment.author_id != person.pk:
        return Refused(Reason.NOT_YOURS)
    if comment.state == CommentState.DELETED:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED


def may_react(person: Visitor, comment: Comment, now: datetime) -> Answer:
    """Anyone with a confirmed address, to a visible comment that is not their own; reactions have no closing date."""
    organisation = comment.activity.process.organisation
    if not (answer := blocked(person, organisation, now)):
        return answer
    answer = reaches(person, Level.CONFIRMED, organisation=organisation)
    if answer and (comment.state != CommentState.PUBLISHED or comment.author == person):
        return Refused(Reason.WRONG_STATE)
    return answer
