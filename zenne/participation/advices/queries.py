"""The reads worth a name."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from zenne.participation.decisions.models import Body
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process

from .enums import PUBLIC, AdviceState, Verdict
from .models import Advice, Recommendation


def public() -> QuerySet[Advice]:
    """What everybody may read, the newest first; what was withdrawn stays and says why."""
    found = Advice.objects.filter(state__in=PUBLIC).exclude(process__state=ProcessState.DRAFT)
    return found.select_related("process__organisation", "body").order_by("-issued_at", "-id")


def of_process(process: Process) -> QuerySet[Advice]:
    return public().filter(process=process)


def of_body(body: Body) -> QuerySet[Advice]:
    return public().filter(body=body)


def waiting() -> Q:
    return Q(state=AdviceState.ISSUED)


def late(today: date) -> Q:
    """Unanswered after its day."""
    return Q(state=AdviceState.ISSUED, due_on__lt=today)


def counted(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """With how many recommendations each has, and, once the answer is public, how many were taken up, in part, refused."""
    said = Q(state=AdviceState.ANSWERED)
    return advices.annotate(
        asked=Count("recommendations"),
        **{
            verdict.value: Count("recommendations", filter=said & Q(recommendations__answer__verdict=verdict))
            for verdict in Verdict
        },
    )


def recommendations(advice: Advice) -> QuerySet[Recommendation]:
    """In their order, each with its answer; drafts of answers are for staff only, the caller sees to that."""
    return advice.recommendations.select_related("answer__commitment").order_by("position")


def with_recommendations(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """Two queries, however many."""
    rows = Recommendation.objects.select_related("answer__commitment").order_by("position")
    return advices.prefetch_related(Prefetch("recommendations", rows))
