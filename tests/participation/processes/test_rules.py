"""Who may do what, and when: every reason to refuse, in the order a visitor can act on."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from tests.people.organisations.factories import group, member, organisation, person
from zenne.participation.processes.enums import Action, ProcessState
from zenne.participation.processes.models import Activity
from zenne.participation.processes.rules import allowed, may_edit, may_follow, may_manage, may_see
from zenne.people.access.answers import Reason
from zenne.people.access.enums import Level, Question
from zenne.people.accounts.models import Identity, Person
from zenne.people.organisations.enums import Role
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area, Residence

from .factories import AFTER, BEFORE, CLOSES, DURING, OPENS, allow, draft, only_activity, published


@pytest.fixture
def activity(jette, kind) -> Activity:
    return only_activity(published(jette, kind=kind))


@pytest.fixture
def resident(db) -> Person:
    return confirmed(person(birth_year=1990, gender="woman"))


def confirmed(one: Person) -> Person:
    EmailAddress.objects.create(user=one, email=one.email, verified=True, primary=True)
    return one


def commune(name: str, code: str) -> Area:
    region, _new = Area.objects.get_or_create(
        kind=AreaKind.REGION, code="04000", defaults={"name_fr": "Région", "name_nl": "Gewest"}
    )
    return Area.objects.create(kind=AreaKind.COMMUNE, code=code, name_fr=name, name_nl=name, parent=region)


def reason(answer) -> Reason | None:
    return None if answer else answer.reason


def test_an_action_the_kind_does_not_offer_is_switched_off(activity, resident):
    assert reason(allowed(resident, Action.COMMENT, activity, DURING)) == Reason.SWITCHED_OFF


def test_in_a_draft_nothing_can_be_done(activity, resident):
    activity.process.state = ProcessState.DRAFT
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == Reason.SWITCHED_OFF


def test_in_the_archive_everything_is_closed(activity, resident):
    activity.process.state, activity.process.archived_at = ProcessState.ARCHIVED, AFTER
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == Reason.CLOSED


@pytest.mark.parametrize(("now", "expected"), [(BEFORE, Reason.NOT_YET_OPEN), (OPENS, None), (CLOSES, Reason.CLOSED)])
def test_the_window_comes_before_the_person(activity, resident, now, expected):
    assert reason(allowed(resident, Action.PROPOSE, activity, now)) == expected


def test_a_refusal_says_the_moment(activity):
    assert dict(allowed(None, Action.PROPOSE, activity, BEFORE).details) == {"opens_at": OPENS}
    assert dict(allowed(None, Action.PROPOSE, activity, AFTER).details) == {"closes_at": CLOSES}


@pytest.mark.parametrize("visitor", [None, AnonymousUser()])
def test_everyone_is_everyone_and_the_others_sign_in(activity, visitor):
    assert allowed(visitor, Action.SUPPORT, activity, DURING)
    assert reason(allowed(visitor, Action.PROPOSE, activity, DURING)) == Reason.NOT_SIGNED_IN


def test_an_area_or_a_question_cannot_be_met_without_an_account(activity):
    allow(activity, Action.SUPPORT, level=Level.EVERYONE, minimum_age=16)
    assert reason(allowed(None, Action.SUPPORT, activity, DURING)) == Reason.NOT_SIGNED_IN


def test_an_unconfirmed_address_is_told(activity):
    assert reason(allowed(person(), Action.PROPOSE, activity, DURING)) == Reason.EMAIL_UNCONFIRMED


def test_a_blocked_account_is_told(activity, resident):
    resident.is_active = False
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == Reason.BLOCKED


def test_verified_residents_only(activity, resident):
    allow(activity, Action.PROPOSE, level=Level.VERIFIED)
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == Reason.NOT_VERIFIED
    Identity.objects.create(person=resident, method="oidc", mark="0" * 64, verified_at=BEFORE)
    assert allowed(resident, Action.PROPOSE, activity, DURING)


def test_members_of_a_group_only(activity, jette, resident):
    youth = group(jette)
    allow(activity, Action.PROPOSE, level=Level.GROUP, group=youth)
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == Reason.NOT_IN_GROUP
    youth.members.add(resident)
    assert allowed(resident, Action.PROPOSE, activity, DURING)


def test_staff_only(activity, jette, resident):
    allow(activity, Action.PROPOSE, level=Level.STAFF)
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == Reason.NOT_STAFF
    assert allowed(confirmed(member(jette, Role.MODERATOR)), Action.PROPOSE, activity, DURING)


def test_what_is_not_known_yet_is_asked_in_order(activity):
    newcomer = confirmed(person())
    allow(activity, Action.PROPOSE, area=commune("Jette", "21010"), minimum_age=16, questions=[Question.GENDER])
    answer = allowed(newcomer, Action.PROPOSE, activity, DURING)
    assert reason(answer) == Reason.MISSING_ANSWERS
    assert dict(answer.details)["questions"] == (Question.RESIDENCE, Question.BIRTH_YEAR, Question.GENDER)


@pytest.mark.parametrize(("born", "expected"), [(2004, None), (2005, Reason.TOO_YOUNG)])
def test_whoever_reaches_the_age_this_year_is_old_enough(activity, resident, born, expected):
    allow(activity, Action.PROPOSE, minimum_age=16)
    resident.birth_year = born
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == expected


def test_the_year_is_the_one_on_the_wall_in_brussels(activity, resident):
    allow(activity, Action.PROPOSE, minimum_age=16)
    activity.phase.closes_at = None
    resident.birth_year = 2005
    midnight = datetime(2020, 12, 31, 23, 0, tzinfo=UTC)  # 1 January 2021 in Brussels
    assert allowed(resident, Action.PROPOSE, activity, midnight)


def test_one_lives_in_the_commune_or_in_the_region_around_it(activity, resident):
    jette, ixelles = commune("Jette", "21010"), commune("Ixelles", "21009")
    rule = allow(activity, Action.PROPOSE, area=jette)
    home = Residence.objects.create(person=resident, commune=ixelles, changed_at=BEFORE)
    assert reason(allowed(resident, Action.PROPOSE, activity, DURING)) == Reason.OUTSIDE_AREA
    home.commune = jette
    home.save()
    assert allowed(resident, Action.PROPOSE, activity, DURING)
    rule.area = jette.parent
    rule.save()
    assert allowed(resident, Action.PROPOSE, activity, DURING)


def test_a_draft_is_seen_by_its_staff_and_with_its_key(jette):
    process, other = draft(jette), draft(jette)
    assert may_see(member(jette, Role.EDITOR), process)
    assert may_see(None, process, preview_key=str(process.preview_key))
    for visitor, key in (
        (None, ""),
        (None, "x"),
        (None, str(other.preview_key)),
        (member(organisation("Ixelles")), ""),
    ):
        assert not may_see(visitor, process, preview_key=key)
    assert may_see(None, published(jette))


@pytest.mark.parametrize(
    ("role", "manages", "edits"),
    [(Role.ADMIN, True, True), (Role.MANAGER, True, True), (Role.EDITOR, False, True), (Role.MODERATOR, False, False)],
)
def test_what_each_role_may_do(jette, role, manages, edits):
    one = member(jette, role)
    assert (bool(may_manage(one, jette)), bool(may_edit(one, jette))) == (manages, edits)


def test_following_needs_an_account_and_a_public_process(jette):
    assert may_follow(person(), published(jette))
    assert reason(may_follow(None, published(jette))) == Reason.NOT_SIGNED_IN
    assert reason(may_follow(person(), draft(jette))) == Reason.SWITCHED_OFF
