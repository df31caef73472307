"""Who may do what: whoever writes in the process prepares an advice and drafts the answer; its managers issue, publish and withdraw."""

from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.rules import Visitor, may_edit, may_manage
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused

from .enums import TRANSITIONS, AdviceState
from .models import Advice


def may_prepare(person: Visitor, advice: Advice) -> Answer:
    """Write in it, while nobody else can read it."""
    answer = may_edit(person, advice.process.organisation)
    if not answer:
        return answer
    return ALLOWED if advice.state == AdviceState.DRAFT else Refused(Reason.WRONG_STATE)


def may_answer(person: Visitor, advice: Advice) -> Answer:
    """Draft what the body says of each recommendation."""
    answer = may_edit(person, advice.process.organisation)
    if not answer:
        return answer
    return ALLOWED if advice.state == AdviceState.ISSUED else Refused(Reason.WRONG_STATE)


def may_move(person: Visitor, advice: Advice, to: AdviceState) -> Answer:
    answer = may_manage(person, advice.process.organisation)
    return moves(advice, to) if answer else answer


def moves(advice: Advice, to: AdviceState) -> Answer:
    """Whether the advice itself can take the step, whoever takes it."""
    if to not in TRANSITIONS[AdviceState(advice.state)]:
        return Refused(Reason.WRONG_STATE)
    return Refused(Reason.SWITCHED_OFF) if advice.process.state == ProcessState.DRAFT else ALLOWED
