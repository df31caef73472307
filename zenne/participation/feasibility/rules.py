"""Who may do what with studies: managers send ideas to services and publish the list; the members of a service answer."""

from datetime import datetime

from zenne.participation.ideas.rules import is_author
from zenne.participation.processes.enums import ProcessState, WindowState
from zenne.participation.processes.rules import Visitor, may_manage
from zenne.participation.selections.enums import SelectionState
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.organisations.rules import works_for

from .enums import TRANSITIONS, StudyState
from .models import Feasibility, Study


def is_listed(feasibility: Feasibility) -> bool:
    """Whether the final list is published: from then on the costs are frozen. Annulled, they are open again."""
    return Selection.objects.filter(activity=feasibility.activity_id, state=SelectionState.PUBLISHED).exists()


def may_send(person: Visitor, feasibility: Feasibility, now: datetime) -> Answer:
    activity = feasibility.activity
    answer = may_manage(person, activity.process.organisation)
    if not answer:
        return answer
    if activity.process.state != ProcessState.PUBLISHED:
        return Refused(Reason.SWITCHED_OFF)
    if activity.state(now) == WindowState.UPCOMING:
        return Refused(Reason.NOT_YET_OPEN, (("opens_at", activity.window()[0]),))
    return Refused(Reason.WRONG_STATE) if is_listed(feasibility) else ALLOWED


def may_answer(person: Visitor, study: Study, to: StudyState | None = None) -> Answer:
    """The members of the service, as long as they are staff, and the managers of the process for them."""
    organisation = study.feasibility.activity.process.organisation
    member = isinstance(person, Person) and study.service.members.filter(pk=person.pk).exists()
    if not (member and works_for(person, organisation)) and not may_manage(person, organisation):
        return Refused(Reason.NOT_STAFF)
    if is_listed(study.feasibility):
        return Refused(Reason.WRONG_STATE)
    if to is not None and to not in TRANSITIONS[StudyState(study.state)]:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED


def may_adapt(person: Visitor, study: Study) -> Answer:
    """The author of the idea, while the question stands."""
    if not is_author(person, study.idea):
        return Refused(Reason.NOT_YOURS)
    if study.state != StudyState.ADAPTATION or is_listed(study.feasibility):
        return Refused(Reason.WRONG_STATE)
    return ALLOWED
