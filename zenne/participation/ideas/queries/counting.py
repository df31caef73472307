"""How many: exact up to a point, and honest beyond it."""

from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import QuerySet, Sum

from zenne.participation.processes.models import Process

from ..models import Idea

MOST = 10_000


@dataclass(frozen=True)
class Count:
    """`number`, or more when `capped`: nobody needs the last digit of a million."""

    number: int
    capped: bool = False


def counted(ideas: QuerySet[Idea], most: int = MOST) -> Count:
    """The number of ideas, looking at no more than `most` of them."""
    number = ideas.order_by("shuffle", "id").values("pk")[: most + 1].count()
    return Count(min(number, most), number > most)


def figures_of(process: Process) -> dict[str, int]:
    """What a project's page says in figures: its public ideas, and the supports they have."""
    found = Idea.objects.filter(process=process, listed=True).aggregate(
        ideas=Number("pk"), supports=Sum("support_count")
    )
    return {"ideas": found["ideas"], "supports": found["supports"] or 0}
