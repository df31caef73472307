"""What became of the ballots on paper, for everybody: nothing of it names a voter."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .. import queries
from ..enums import BatchState
from ..models import Vote
from .standing import in_words

PAPER_HEADS = (_("Handed out"), _("Keyed in and counted"), _("Void"), _("Missing"))


@dataclass(frozen=True)
class Batch:
    """One batch in the box. `figures` in the order of PAPER_HEADS: the first is the sum of the others, or `remark` says why not."""

    number: int
    figures: tuple[int, int, int, int]
    remark: str


def paper(vote: Vote) -> list[Batch]:
    """The reconciled batches of a vote."""
    found = []
    for batch in queries.batches_of(vote).filter(state=BatchState.SETTLED):
        numbers = queries.reconciled(batch)
        figures = (numbers.issued, numbers.keyed, numbers.void, numbers.missing)
        found.append(Batch(batch.number, figures, in_words(batch.remark)))
    return found
