"""What sittings, reviews and applications may become, as tables; the README's diagrams are printed from them."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from zenne.participation.decisions.enums import BodyRole


class SittingState(TextChoices):
    DRAFT = "draft", pgettext_lazy("sitting", "Being prepared")
    CALLED = "called", pgettext_lazy("sitting", "Called")
    HELD = "held", pgettext_lazy("sitting", "Held")
    PUBLISHED = "published", pgettext_lazy("sitting", "Minutes published")
    CANCELLED = "cancelled", pgettext_lazy("sitting", "Cancelled")


S = SittingState
SITTING_TRANSITIONS: dict[SittingState, tuple[SittingState, ...]] = {
    S.DRAFT: (S.CALLED,),
    S.CALLED: (S.HELD, S.CANCELLED),
    S.HELD: (S.PUBLISHED,),
    S.PUBLISHED: (),
    S.CANCELLED: (),
}
PUBLIC: tuple[SittingState, ...] = (S.CALLED, S.HELD, S.PUBLISHED, S.CANCELLED)


class ItemKind(TextChoices):
    """What an item stands on an agenda for."""

    INFORMATION = "information", pgettext_lazy("item", "For information")
    DISCUSSION = "discussion", pgettext_lazy("item", "For discussion")
    DECISION = "decision", pgettext_lazy("item", "For decision")


class Outcome(TextChoices):
    """What a body did with an item that was for decision."""

    ADOPTED = "adopted", pgettext_lazy("resolution", "Adopted")
    REFUSED = "refused", pgettext_lazy("resolution", "Refused")
    POSTPONED = "postponed", pgettext_lazy("resolution", "Postponed")


# These are decisions, with a reference, which everyone reads; what is postponed comes back.
DECIDED: tuple[Outcome, ...] = (Outcome.ADOPTED, Outcome.REFUSED)


class Step(TextChoices):
    """Where a periodic review is. Each step has a day by which it should be done."""

    MEASURE = "measure", pgettext_lazy("review", "Measuring")
    REPORT = "report", pgettext_lazy("review", "Report")
    REVISION = "revision", pgettext_lazy("review", "Proposed revision")
    DECISION = "decision", pgettext_lazy("review", "Decision")
    BUDGET = "budget", pgettext_lazy("review", "Budget change")
    CLOSED = "closed", pgettext_lazy("review", "Closed")


STEPS: tuple[Step, ...] = (Step.MEASURE, Step.REPORT, Step.REVISION, Step.DECISION, Step.BUDGET)
STEP_TRANSITIONS: dict[Step, tuple[Step, ...]] = {
    Step.MEASURE: (Step.REPORT,),
    Step.REPORT: (Step.REVISION,),
    Step.REVISION: (Step.DECISION,),
    Step.DECISION: (Step.BUDGET, Step.REVISION),
    Step.BUDGET: (Step.CLOSED,),
    Step.CLOSED: (),
}


class MatchState(TextChoices):
    """How far an application for a grant is."""

    WISHED = "wished", pgettext_lazy("application", "Wished for")
    PREPARED = "prepared", pgettext_lazy("application", "Dossier being prepared")
    SUBMITTED = "submitted", pgettext_lazy("application", "Submitted")
    GRANTED = "granted", pgettext_lazy("application", "Granted")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    DROPPED = "dropped", pgettext_lazy("application", "Dropped")


M = MatchState
MATCH_TRANSITIONS: dict[MatchState, tuple[MatchState, ...]] = {
    M.WISHED: (M.PREPARED, M.DROPPED),
    M.PREPARED: (M.SUBMITTED, M.DROPPED),
    M.SUBMITTED: (M.GRANTED, M.REFUSED, M.DROPPED),
    M.GRANTED: (),
    M.REFUSED: (),
    M.DROPPED: (M.WISHED,),
}
OPEN: tuple[MatchState, ...] = (M.WISHED, M.PREPARED)
# Whoever hands an application in, is granted or is refused, can say so to everyone; what is only wished for is the team's own.
MATCH_PUBLIC: tuple[MatchState, ...] = (M.SUBMITTED, M.GRANTED, M.REFUSED)


class EntryKind(TextChoices):
    """What a register keeps. A need leads to a study, a study to a result: each names what it follows."""

    PARTNERSHIP = "partnership", pgettext_lazy("register", "Partnership")
    AGREEMENT = "agreement", pgettext_lazy("register", "Agreement")
    EVENT = "event", pgettext_lazy("register", "Event")
    NEED = "need", pgettext_lazy("register", "Question for research")
    STUDY = "study", pgettext_lazy("register", "Study or internship")


# The strategy's diagram of who does what for whom: (from, to, what), between kinds of bodies; `residents` are no body.
RESIDENTS = "residents"
FLOW: tuple[tuple[str, str, str], ...] = (
    (RESIDENTS, BodyRole.CELL, "describe_needs"),
    (BodyRole.DEPARTMENT, BodyRole.CELL, "describe_needs"),
    (BodyRole.PARTNER, BodyRole.CELL, "describe_needs"),
    (BodyRole.THINK_TANK, BodyRole.CELL, "inspires"),
    (BodyRole.CELL, BodyRole.DEPARTMENT, "supports"),
    (BodyRole.PARTNER, BodyRole.DEPARTMENT, "work_together"),
    (BodyRole.CELL, BodyRole.STEERING, "prepares"),
    (BodyRole.STEERING, BodyRole.DIRECTORS, "steers"),
    (BodyRole.CELL, BodyRole.DIRECTORS, "reports"),
    (BodyRole.DIRECTORS, BodyRole.CELL, "follow_up"),
    (BodyRole.DIRECTORS, BodyRole.COLLEGE, "put_before"),
    (BodyRole.COLLEGE, BodyRole.CELL, "validates"),
    (BodyRole.COLLEGE, BodyRole.COUNCIL, "answers_to"),
)
