"""Where the promises come from that an answer to an advice made."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.participation.decisions.kinds import Origin, origins
from zenne.participation.decisions.models import Commitment

from .models import Answer


def find(commitments: Sequence[Commitment]) -> dict[int, Origin]:
    """One query, however many."""
    found = Answer.objects.filter(commitment__in=[commitment.pk for commitment in commitments])
    return {
        answer.commitment_id: _origin(answer)
        for answer in found.select_related("recommendation__advice__process", "recommendation__advice__body")
        if answer.commitment_id is not None
    }


def _origin(answer: Answer) -> Origin:
    advice, place = answer.recommendation.advice, answer.recommendation.position
    assert advice.decided_on is not None  # of answered ones only
    return Origin(
        name=_("Advice no. %(number)s, recommendation %(place)s") % {"number": advice.number, "place": place},
        url=f"{advice.get_absolute_url()}#recommendation-{place}",
        desk=reverse("advice:desk", args=[advice.pk]),
        body=str(advice.body),
        reference=advice.reference,
        decided_on=advice.decided_on,
    )


origins.register("advices", find)
