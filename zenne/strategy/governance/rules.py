"""Who may do what: writers of the organisation prepare agendas, dossiers and registers; managers call sittings, enter what was resolved, run reviews and
move money. `None` is the platform itself: the demonstration."""

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.strategy.portfolio.rules import may_manage, may_write

from .enums import MATCH_TRANSITIONS, SITTING_TRANSITIONS, ItemKind, MatchState, SittingState, Step
from .models import Item, Match, Review, Sitting

__all__ = [
    "may_enter",
    "may_manage",
    "may_move_match",
    "may_move_sitting",
    "may_prepare",
    "may_propose_money",
    "may_step",
    "may_write",
]
OPEN_AGENDA = (SittingState.DRAFT, SittingState.CALLED)


def may_prepare(person: Person | None, sitting: Sitting) -> Answer:
    """Write its agenda, until it was held."""
    answer = may_write(person, sitting.body.organisation)
    if not answer:
        return answer
    return ALLOWED if sitting.state in OPEN_AGENDA else Refused(Reason.WRONG_STATE)


def may_move_sitting(person: Person | None, sitting: Sitting, to: SittingState) -> Answer:
    answer = may_manage(person, sitting.body.organisation)
    if not answer:
        return answer
    return ALLOWED if to in SITTING_TRANSITIONS[SittingState(sitting.state)] else Refused(Reason.WRONG_STATE)


def may_enter(person: Person | None, item: Item) -> Answer:
    """Enter what the body resolved: of an item for decision, once, after the sitting was held."""
    answer = may_manage(person, item.sitting.body.organisation)
    if not answer:
        return answer
    open_still = item.sitting.state == SittingState.HELD and not hasattr(item, "resolution")
    return ALLOWED if open_still and item.kind == ItemKind.DECISION else Refused(Reason.WRONG_STATE)


def may_step(person: Person | None, review: Review, at: Step) -> Answer:
    """Finish a step of a review: the one it is at."""
    answer = may_manage(person, review.plan.organisation)
    if not answer:
        return answer
    return ALLOWED if review.state == at else Refused(Reason.WRONG_STATE)


def may_propose_money(person: Person | None, review: Review) -> Answer:
    """Propose what changes of the budget, before the body has it."""
    answer = may_manage(person, review.plan.organisation)
    if not answer:
        return answer
    before = (Step.MEASURE, Step.REPORT, Step.REVISION)
    return ALLOWED if review.state in before else Refused(Reason.WRONG_STATE)


def may_move_match(person: Person | None, match: Match, to: MatchState) -> Answer:
    """An application belongs to whoever writes; what was answered is entered by managers, since money follows."""
    organisation = match.call.organisation
    answered = to in (MatchState.GRANTED, MatchState.REFUSED)
    answer = may_manage(person, organisation) if answered else may_write(person, organisation)
    if not answer:
        return answer
    return ALLOWED if to in MATCH_TRANSITIONS[MatchState(match.state)] else Refused(Reason.WRONG_STATE)
