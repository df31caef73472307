"""Who may do what: whoever writes for the organisation prepares a decision and follows it up; its managers publish it."""

from zenne.participation.processes.rules import Visitor, may_edit, may_manage
from zenne.participation.selections.enums import SelectionState
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused

from .models import Commitment, Decision


def may_prepare(person: Visitor, decision: Decision) -> Answer:
    answer = may_edit(person, decision.organisation)
    if not answer:
        return answer
    return ALLOWED if decision.published_at is None else Refused(Reason.WRONG_STATE)


def may_publish(person: Visitor, decision: Decision) -> Answer:
    answer = may_manage(person, decision.organisation)
    if not answer:
        return answer
    return ALLOWED if decision.published_at is None else Refused(Reason.WRONG_STATE)


def may_follow_up(person: Visitor, commitment: Commitment) -> Answer:
    """Say how far it is; where a decision made the promise, while that stands."""
    answer = may_edit(person, commitment.process.organisation)
    if not answer:
        return answer
    decision = commitment.decision
    stands = decision is None or bool(decision.selection and decision.selection.state == SelectionState.PUBLISHED)
    return ALLOWED if stands else Refused(Reason.WRONG_STATE)
