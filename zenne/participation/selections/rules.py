"""Who may do what with a selection: whoever writes in the process prepares it, its managers publish and annul it.

What decides (a jury, a vote) has rules of its own about who decides; this is who may put it before everyone.
"""

from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.participation.processes.rules import Visitor, may_edit, may_manage
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused

from .enums import TRANSITIONS, SelectionState
from .models import Selection


def may_open(person: Visitor, process: Process) -> Answer:
    answer = may_edit(person, process.organisation)
    if not answer:
        return answer
    return Refused(Reason.SWITCHED_OFF) if process.state == ProcessState.DRAFT else ALLOWED


def may_prepare(person: Visitor, selection: Selection) -> Answer:
    """Write in it, while nobody else can read it."""
    answer = may_edit(person, selection.process.organisation)
    if not answer:
        return answer
    return ALLOWED if selection.state == SelectionState.DRAFT else Refused(Reason.WRONG_STATE)


def may_move(person: Visitor, selection: Selection, to: SelectionState) -> Answer:
    answer = may_manage(person, selection.process.organisation)
    if not answer:
        return answer
    return ALLOWED if to in TRANSITIONS[SelectionState(selection.state)] else Refused(Reason.WRONG_STATE)
