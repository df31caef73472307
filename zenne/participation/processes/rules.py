"""Who may do what, and when."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from zenne.core.clock import in_brussels
from zenne.core.memory import Remembered
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.access.enums import Level, Question
from zenne.people.access.rules import reaches
from zenne.people.accounts.models import Person
from zenne.people.moderation.queries import blocked
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import works_for
from zenne.places.areas.models import Area, Residence

from .enums import Action, ProcessState, WindowState
from .kinds import kinds
from .models import Activity, Permission, Phase, Process

Visitor = Person | AnonymousUser | None
_set_by_staff: Remembered[list[Permission]] = Remembered()


def may_see(person: Visitor, process: Process, *, preview_key: str = "") -> bool:
    """Published and archived processes are for everyone; a draft for its staff and for whoever holds the preview link."""
    if process.state != ProcessState.DRAFT:
        return True
    return (preview_key != "" and preview_key == str(process.preview_key)) or works_for(person, process.organisation)


def may_manage(person: Visitor, organisation: Organisation) -> Answer:
    """Dates, rules, publishing: process managers."""
    return ALLOWED if works_for(person, organisation, Role.MANAGER) else Refused(Reason.NOT_STAFF)


def may_edit(person: Visitor, organisation: Organisation) -> Answer:
    """Texts, news, questions, documents: editors, and managers too."""
    return ALLOWED if works_for(person, organisation, Role.MANAGER, Role.EDITOR) else Refused(Reason.NOT_STAFF)


def may_follow(person: Visitor, process: Process) -> Answer:
    if process.state == ProcessState.DRAFT:
        return Refused(Reason.SWITCHED_OFF)
    return ALLOWED if isinstance(person, Person) else Refused(Reason.NOT_SIGNED_IN)


def stands_in_public(part: Phase | Activity, now: datetime) -> bool:
    """Whether it has opened, so that a change of its rule is public and needs a reason. A draft opens nothing, whatever its dates say."""
    if isinstance(part, Activity) and part.frozen_at is not None:
        return True
    return part.process.state != ProcessState.DRAFT and part.state(now) != WindowState.UPCOMING


def offered(activity: Activity) -> list[Action]:
    """The actions of an activity, in the order its kind names them."""
    kind = kinds.get(activity.kind)
    return list(kind.defaults) if kind else []


def permission_for(activity: Activity, action: Action) -> Permission | None:
    """The rule of one action: as staff set it, else the kind's default, else None: the kind does not offer it."""
    for permission in _permissions(activity):
        if permission.action == action:
            return permission
    kind = kinds.get(activity.kind)
    if kind is None or action not in kind.defaults:
        return None
    return Permission(activity=activity, action=action, level=kind.defaults[action])


def _permissions(activity: Activity) -> Iterable[Permission]:
    """What staff set, as read with the activity, else as it was seconds ago; a verb asks inside its transaction, where nothing is old."""
    if "permissions" in getattr(activity, "_prefetched_objects_cache", {}):
        return activity.permissions.all()
    rows = activity.permissions.select_related("area", "group").defer("area__outline").order_by("action", "id")
    return _set_by_staff.get(activity.pk, lambda: list(rows))


def allowed(person: Visitor, action: Action, activity: Activity, now: datetime) -> Answer:
    """Whether a person may do `action` in `activity` at `now`.

    The order is the one a visitor can act on: is it offered, is it open, are you
    blocked, who are you, where do you live, how old are you, what is missing.
    """
    permission = permission_for(activity, action)
    process = activity.process
    if permission is None or process.state == ProcessState.DRAFT:
        return Refused(Reason.SWITCHED_OFF)
    if process.state == ProcessState.ARCHIVED:
        return Refused(Reason.CLOSED, (("closes_at", process.archived_at),))
    opens_at, closes_at = activity.window()
    match activity.state(now):
        case WindowState.UPCOMING:
            return Refused(Reason.NOT_YET_OPEN, (("opens_at", opens_at),))
        case WindowState.CLOSED:
            return Refused(Reason.CLOSED, (("closes_at", closes_at),))
    if not (answer := blocked(person, process.organisation, now)):
        return answer
    answer = reaches(person, Level(permission.level), organisation=process.organisation, group=permission.group)
    return _fits(person, permission, now) if answer else answer


def _fits(person: Visitor, permission: Permission, now: datetime) -> Answer:
    """Whether what is known of a person fits what the permission asks; what isn't known yet is asked, once."""
    asked = questions_of(permission)
    if not asked:
        return ALLOWED
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    if missing := missing_answers(person, permission):
        return Refused(Reason.MISSING_ANSWERS, (("questions", tuple(missing)),))
    if permission.minimum_age is not None and not _old_enough(person, permission.minimum_age, now):
        return Refused(Reason.TOO_YOUNG, (("minimum_age", permission.minimum_age),))
    if permission.area and not _lives_in(person, permission.area):
        return Refused(Reason.OUTSIDE_AREA, (("area", permission.area),))
    return ALLOWED


def questions_of(permission: Permission) -> list[Question]:
    """What must be known of a person, in the order it is asked: what staff tick, and what an area or an age implies."""
    asked = set(permission.questions)
    if permission.area_id:
        asked.add(Question.RESIDENCE)
    if permission.minimum_age is not None:
        asked.add(Question.BIRTH_YEAR)
    return [question for question in Question if question in asked]


def missing_answers(person: Person, permission: Permission) -> list[Question]:
    """The questions this person has not answered yet and must, in the order they are asked."""
    asked = questions_of(permission)
    known = {
        Question.BIRTH_YEAR: person.birth_year is not None,
        Question.GENDER: bool(person.gender),
        Question.LANGUAGE: bool(person.language),
    }
    if Question.RESIDENCE in asked:
        known[Question.RESIDENCE] = Residence.objects.filter(person_id=person.pk).exists()
    return [question for question in asked if not known[question]]


def _old_enough(person: Person, minimum_age: int, now: datetime) -> bool:
    """Only the year is known, so whoever reaches the age this year is old enough."""
    return in_brussels(now).year - (person.birth_year or now.year) >= minimum_age


def _lives_in(person: Person, area: Area) -> bool:
    residence = Residence.objects.filter(person_id=person.pk).select_related("commune", "district").first()
    if residence is None:
        return False
    return area.pk in {residence.commune_id, residence.district_id, residence.commune.parent_id}
