"""Who may do what: writers of the organisation and the carrier of a project write its sheet; managers move it along and put revisions before a body.

`None` is the platform itself: the command line that loads a plan, the demonstration.
"""

from zenne.participation.decisions.enums import GOVERNING
from zenne.participation.decisions.models import Body
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import works_for

from .enums import (
    PLAN_TRANSITIONS,
    REVISION_TRANSITIONS,
    TRANSITIONS,
    PlanState,
    ProjectState,
    RevisionState,
)
from .models import Plan, Project, Revision

# The steps of a sheet that is still being written; every other is a manager's.
WRITING: frozenset[ProjectState] = frozenset({ProjectState.LONGLISTED, ProjectState.SHEET})


def may_see(person: object, plan: Plan) -> bool:
    """A published plan is for everyone; another for its staff."""
    return plan.is_public or (isinstance(person, Person) and works_for(person, plan.organisation))


def may_see_project(person: object, project: Project) -> bool:
    return project.is_public or (isinstance(person, Person) and works_for(person, project.plan.organisation))


def may_write(person: Person | None, organisation: Organisation) -> Answer:
    """Sheets, domains, objectives, departments, partners, origins, needs: editors, and managers too."""
    if person is None or works_for(person, organisation, Role.MANAGER, Role.EDITOR):
        return ALLOWED
    return Refused(Reason.NOT_STAFF)


def may_manage(person: Person | None, organisation: Organisation) -> Answer:
    """Plans, states, money, revisions, merging and splitting: managers."""
    if person is None or works_for(person, organisation, Role.MANAGER):
        return ALLOWED
    return Refused(Reason.NOT_STAFF)


def may_carry(person: Person | None, project: Project) -> Answer:
    """Write the sheet of one project: who may write, and who carries it while working for the organisation. One that was merged stays as it is."""
    if project.merged_into_id is not None:
        return Refused(Reason.WRONG_STATE)
    organisation = project.plan.organisation
    if person is not None and project.carrier_person_id == person.pk and works_for(person, organisation):
        return ALLOWED
    return may_write(person, organisation)


def may_move(person: Person | None, project: Project, to: ProjectState) -> Answer:
    """Bring a project to another state: one that the table knows from here."""
    before = ProjectState(project.state)
    answer = may_carry(person, project) if {before, to} <= WRITING else may_manage(person, project.plan.organisation)
    if not answer:
        return answer
    if to not in TRANSITIONS[before] or project.merged_into_id is not None:
        return Refused(Reason.WRONG_STATE)
    return ALLOWED


def may_move_plan(person: Person | None, plan: Plan, to: PlanState) -> Answer:
    answer = may_manage(person, plan.organisation)
    if not answer:
        return answer
    return ALLOWED if to in PLAN_TRANSITIONS[PlanState(plan.state)] else Refused(Reason.WRONG_STATE)


def may_propose(person: Person | None, plan: Plan) -> Answer:
    answer = may_manage(person, plan.organisation)
    if not answer:
        return answer
    return ALLOWED if plan.state in (PlanState.DRAFT, PlanState.VALID) else Refused(Reason.WRONG_STATE)


def may_decide(person: Person | None, revision: Revision, body: Body, to: RevisionState) -> Answer:
    """Enter what a body decided. Only a College or a council of the plan's own organisation decides about it."""
    answer = may_manage(person, revision.plan.organisation)
    if not answer:
        return answer
    if to not in REVISION_TRANSITIONS[RevisionState(revision.state)]:
        return Refused(Reason.WRONG_STATE)
    own = body.organisation_id == revision.plan.organisation_id
    return ALLOWED if own and body.role in GOVERNING else Refused(Reason.SWITCHED_OFF)


def may_follow(person: object, project: Project) -> Answer:
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    return ALLOWED if project.is_public else Refused(Reason.SWITCHED_OFF)
