from datetime import UTC, datetime, timedelta

import pytest

from tests.people.accounts.factories import a_person
from zenne.core.errors import Invalid, TooMany
from zenne.people.access import actions
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.access.models import LetterCode
from zenne.people.accounts import marks
from zenne.people.accounts.actions import KnownElsewhere
from zenne.people.accounts.enums import IdentityMethod
from zenne.people.history.queries import about
from zenne.people.organisations.enums import OrganisationKind, Role
from zenne.people.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)
NUMBER = "85.07.30-033.28"


@pytest.fixture
def jette():
    return Organisation.objects.create(kind=OrganisationKind.COMMUNE, slug="jette-test", name="Jette", created_at=NOW)


@pytest.fixture
def clerk(jette):
    person = a_person(name="Clerk")
    Membership.objects.create(organisation=jette, person=person, role=Role.MANAGER, since=NOW)
    return person


def test_counter_keeps_the_mark_and_the_record(jette, clerk):
    person = a_person()
    actions.verify_at_counter(by=clerk, person=person, organisation=jette, national_number=NUMBER, now=NOW)
    identity = person.identities.get()
    assert (identity.method, identity.mark) == (IdentityMethod.COUNTER, marks.of_national_number(NUMBER))
    entry = about(person).get()
    assert (entry.event, entry.actor, entry.details) == ("identity.verified", clerk, {"method": "counter"})


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.MODERATOR])
def test_counter_is_for_those_who_may(jette, role):
    by = a_person()
    if role:
        Membership.objects.create(organisation=jette, person=by, role=role, since=NOW)
    with pytest.raises(NotAllowed) as refused:
        actions.verify_at_counter(by=by, person=a_person(), organisation=jette, national_number=NUMBER, now=NOW)
    assert refused.value.refused.reason == Reason.NOT_STAFF


def test_letter_code_verifies_once(jette, clerk):
    letter, code = actions.issue_letter_code(by=clerk, organisation=jette, national_number=NUMBER, now=NOW)
    person = a_person()
    actions.redeem_letter_code(by=person, code=code.lower().replace("-", " "), now=NOW + timedelta(days=3))
    assert person.identities.get().method == IdentityMethod.LETTER
    letter.refresh_from_db()
    assert letter.redeemed_by == person
    with pytest.raises(Invalid):
        actions.redeem_letter_code(by=a_person(), code=code, now=NOW + timedelta(days=4))


def test_code_stands_nowhere_in_the_row(jette, clerk):
    letter, code = actions.issue_letter_code(by=clerk, organisation=jette, national_number=NUMBER, now=NOW)
    assert code.replace("-", "") not in str(vars(letter))
    assert "85073003328" not in str(vars(letter))


def test_letter_code_ends_after_sixty_days(jette, clerk):
    _letter, code = actions.issue_letter_code(by=clerk, organisation=jette, national_number=NUMBER, now=NOW)
    with pytest.raises(Invalid):
        actions.redeem_letter_code(by=a_person(), code=code, now=NOW + timedelta(days=61))


def test_new_letter_replaces_the_earlier(jette, clerk):
    _first, old = actions.issue_letter_code(by=clerk, organisation=jette, national_number=NUMBER, now=NOW)
    _second, new = actions.issue_letter_code(by=clerk, organisation=jette, national_number=NUMBER, now=NOW)
    person = a_person()
    with pytest.raises(Invalid):
        actions.redeem_letter_code(by=person, code=old, now=NOW)
    actions.redeem_letter_code(by=person, code=new, now=NOW)
    assert LetterCode.objects.count() == 1


def test_sixth_try_within_a_day_is_not_even_looked_at(jette, clerk):
    _letter, code = actions.issue_letter_code(by=clerk, organisation=jette, national_number=NUMBER, now=NOW)
    person = a_person()
    for number in range(5):
        with pytest.raises(Invalid):
            actions.redeem_letter_code(by=person, code=f"wrong {number}", now=NOW)
    with pytest.raises(TooMany):
        actions.redeem_letter_code(by=person, code=code, now=NOW)
    actions.redeem_letter_code(by=person, code=code, now=NOW + timedelta(hours=25))


def test_one_human_being_is_one_account_across_counter_and_letter(jette, clerk):
    actions.verify_at_counter(by=clerk, person=a_person(), organisation=jette, national_number=NUMBER, now=NOW)
    _letter, code = actions.issue_letter_code(by=clerk, organisation=jette, national_number=NUMBER, now=NOW)
    with pytest.raises(KnownElsewhere):
        actions.redeem_letter_code(by=a_person(), code=code, now=NOW)
