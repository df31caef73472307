"""What a commitment may become, as one table; the README's diagram is printed from it."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CommitmentState(TextChoices):
    PLANNED = "planned", pgettext_lazy("commitment", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("commitment", "Under way")
    DONE = "done", pgettext_lazy("commitment", "Done")
    STOPPED = "stopped", pgettext_lazy("commitment", "Stopped")


C = CommitmentState
TRANSITIONS: dict[CommitmentState, tuple[CommitmentState, ...]] = {
    C.PLANNED: (C.UNDER_WAY, C.STOPPED),
    C.UNDER_WAY: (C.DONE, C.STOPPED),
    C.DONE: (),
    C.STOPPED: (C.UNDER_WAY,),
}
# Nobody stops what was promised, or takes it up again, without a reason that everybody can read.
NEEDS_REASON: frozenset[tuple[CommitmentState, CommitmentState]] = frozenset(
    {(C.PLANNED, C.STOPPED), (C.UNDER_WAY, C.STOPPED), (C.STOPPED, C.UNDER_WAY)}
)
RUNNING: tuple[CommitmentState, ...] = (C.PLANNED, C.UNDER_WAY)
