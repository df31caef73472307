"""Every recommendation of one process for everyone, with what was answered and how late.

`asked["process"]` is the process's number; whoever offers these has seen to it that the process is public.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.opendata.api.representations import absolute
from zenne.opendata.exports.kinds import Audience, Column, Dataset, Row, Wish, datasets

from .enums import PUBLIC, AdviceState
from .models import Advice, Recommendation

COLUMNS = (
    Column("advice", _("Advice"), _("The number of the advice in its process, as in its address.")),
    Column("title", _("Title of the advice")),
    Column("issuer", _("Who advises")),
    Column("body", _("Addressed to")),
    Column("issued", _("Issued"), _("The day it was made public.")),
    Column("due", _("To be answered by")),
    Column("state", _("State"), _("issued, answered or withdrawn: a word for programs that stays the same.")),
    Column("answered", _("Answered on")),
    Column("days_late", _("Days late"), _("How many days the answer is overdue, or came too late; 0 where it is not.")),
    Column("recommendation", _("Recommendation"), _("Its place in the advice.")),
    Column("recommendation_title", _("Title of the recommendation")),
    Column("verdict", _("Answer"), _("taken, partly or refused; empty while there is no answer.")),
    Column("verdict_label", _("Answer in words")),
    Column("reason", _("Reason"), _("Why, as its page says it.")),
    Column("promise", _("Promise"), _("Where what was promised is followed up.")),
)


def _recommendations(wish: Wish) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(advice__process=wish.key("process"), advice__state__in=PUBLIC)


def _rows(wish: Wish) -> Iterator[Row]:
    today = in_brussels(wish.now).date()
    found = _recommendations(wish).select_related("advice__process", "advice__body", "answer")
    for each in found.order_by("-advice__number", "position"):
        advice = each.advice
        assert advice.issued_at is not None  # of public advices only
        answered = in_brussels(advice.answered_at).date().isoformat() if advice.answered_at else None
        yield (
            advice.number,
            shown(advice, "title")[0],
            shown(advice, "issuer")[0],
            str(advice.body),
            in_brussels(advice.issued_at).date().isoformat(),
            advice.due_on.isoformat(),
            AdviceState(advice.state).value,
            answered,
            advice.days_late(today),
            each.position,
            shown(each, "title")[0],
            *_answer(advice, each),
        )


def _answer(advice: Advice, each: Recommendation) -> tuple[str | None, ...]:
    """A draft of an answer is nobody's to read."""
    if advice.state != AdviceState.ANSWERED:
        return None, None, None, None
    said = each.answer
    promise = absolute(f"{advice.get_absolute_url()}#recommendation-{each.position}") if said.commitment_id else None
    return said.verdict, str(said.get_verdict_display()), shown(said, "reason")[0], promise


datasets.register(
    "advices",
    Dataset(
        label=_("Advices and their answers"),
        about=_("One row per recommendation to an authority, the latest advice first."),
        columns=COLUMNS,
        count=lambda wish: _recommendations(wish).count(),
        rows=_rows,
        audience=Audience.EVERYONE,
        anonymity=_("Nobody is named; who advises is named as a group."),
        named="advices",
        order=17,
    ),
)
