"""Who may do what with reports: whoever edits the process prepares them, its managers publish and withdraw them."""

from zenne.participation.processes.rules import Visitor, may_edit, may_manage
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused

from .enums import CHANGEABLE, TRANSITIONS, ReportState
from .models import Report


def may_prepare(person: Visitor, report: Report) -> Answer:
    """Write it, change it, make it, throw it away: while it was never public and nobody is making it."""
    answer = may_edit(person, report.process.organisation)
    if not answer:
        return answer
    return ALLOWED if ReportState(report.state) in CHANGEABLE else Refused(Reason.WRONG_STATE)


def may_move(person: Visitor, report: Report, to: ReportState) -> Answer:
    answer = may_manage(person, report.process.organisation)
    if not answer:
        return answer
    return ALLOWED if to in TRANSITIONS[ReportState(report.state)] else Refused(Reason.WRONG_STATE)
