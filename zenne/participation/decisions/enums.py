"""What a body is to its organisation, and what a commitment may become, as one table; the README's diagram is printed from it."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class BodyRole(TextChoices):
    """What a body is to its organisation. Only what governs it gives its plans force (`GOVERNING`)."""

    COLLEGE = "college", pgettext_lazy("body", "College or government")
    COUNCIL = "council", pgettext_lazy("body", "Council or parliament")
    DIRECTORS = "directors", pgettext_lazy("body", "Committee of directors")
    CELL = "cell", pgettext_lazy("body", "Cell that carries the strategy")
    STEERING = "steering", pgettext_lazy("body", "Steering committee")
    THINK_TANK = "think_tank", pgettext_lazy("body", "Think tank")
    DEPARTMENT = "department", pgettext_lazy("body", "Department")
    PARTNER = "partner", pgettext_lazy("body", "Partner")
    OTHER = "other", pgettext_lazy("body", "Another body")


GOVERNING: tuple[BodyRole, ...] = (BodyRole.COLLEGE, BodyRole.COUNCIL)


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
