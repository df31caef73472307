"""The clock on the administration: how long an idea has been waiting for an answer. Everybody can read it."""

from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.fields import DateTimeField
from django.db.models.functions import Cast

from zenne.core.clock import in_brussels

from ..enums import LISTED
from ..models import Idea, OfficialAnswer


def unanswered(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    return ideas.filter(listed=True, answered_at__isnull=True)


def late(ideas: QuerySet[Idea], now: datetime) -> QuerySet[Idea]:
    """Those still without an answer after the days that their call promises."""
    promised = ExpressionWrapper(
        F("activity__ideation__answer_days") * Value(timedelta(days=1)), output_field=DurationField()
    )
    return unanswered(ideas).alias(due=Cast(F("published_at") + promised, DateTimeField())).filter(due__lt=now)


def days_without_answer(idea: Idea, now: datetime) -> int:
    """Days as people count them: calendar days in Brussels between publication and the answer, or today."""
    if idea.published_at is None:
        return 0
    until = idea.answered_at or now
    return max(0, (in_brussels(until).date() - in_brussels(idea.published_at).date()).days)


def is_late(idea: Idea, now: datetime) -> bool:
    if idea.published_at is None or idea.answered_at is not None or idea.state not in LISTED:
        return False
    return now > idea.published_at + timedelta(days=idea.activity.ideation.answer_days)


def answers_of(idea: Idea) -> QuerySet[OfficialAnswer]:
    """What the organisation answered; the words that hold come first."""
    return OfficialAnswer.objects.filter(idea=idea).select_related("author").order_by("-number")
