from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from tests.people.accounts.factories import a_person
from zenne.core.errors import Conflict, Invalid
from zenne.people.accounts import actions, queries, rules
from zenne.people.accounts.enums import IdentityMethod, Purpose
from zenne.people.accounts.models import Consent, Person
from zenne.people.accounts.verified import Facts, listeners

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)
MARK = "a" * 64


def test_name_is_tidied():
    person = a_person()
    actions.change_name(by=person, name="  Leïla \n Ben ", now=NOW)
    assert person.name == "Leïla Ben"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_name_that_is_none_is_refused(name):
    with pytest.raises(Invalid):
        actions.change_name(by=a_person(), name=name, now=NOW)


def test_answers_are_kept_and_what_is_not_answered_stays():
    person = a_person()
    actions.answer_questions(by=person, now=NOW, birth_year=1990)
    actions.answer_questions(by=person, now=NOW, gender="woman")
    person.refresh_from_db()
    assert (person.birth_year, person.gender, person.language) == (1990, "woman", "fr")


@pytest.mark.parametrize("answers", [{"birth_year": 2027}, {"birth_year": 1850}, {"gender": "x"}, {"language": "tlh"}])
def test_answer_that_cannot_be_is_refused(answers):
    with pytest.raises(Invalid):
        actions.answer_questions(by=a_person(), now=NOW, **answers)


def test_checked_birth_year_is_not_changed_by_hand():
    person = a_person()
    actions.verify_identity(person=person, method=IdentityMethod.OIDC, mark=MARK, now=NOW, facts=Facts(birth_year=1985))
    actions.answer_questions(by=person, now=NOW, birth_year=2005)
    person.refresh_from_db()
    assert person.birth_year == 1985


def test_consent_is_given_once_and_taken_back_with_both_days():
    person = a_person()
    first = actions.give_consent(by=person, purpose=Purpose.NEWS, now=NOW)
    assert actions.give_consent(by=person, purpose=Purpose.NEWS, now=NOW + timedelta(days=1)) == first
    assert queries.standing_consents(person) == {Purpose.NEWS}
    actions.withdraw_consent(by=person, purpose=Purpose.NEWS, now=NOW + timedelta(days=2))
    assert queries.standing_consents(person) == set()
    actions.give_consent(by=person, purpose=Purpose.NEWS, now=NOW + timedelta(days=3))
    assert Consent.objects.count() == 2


def test_two_methods_with_one_mark_are_one_identity():
    person = a_person()
    actions.verify_identity(person=person, method=IdentityMethod.OIDC, mark=MARK, now=NOW)
    actions.verify_identity(person=person, method=IdentityMethod.COUNTER, mark=MARK, now=NOW)
    assert person.identities.get().method == IdentityMethod.OIDC
    assert rules.is_verified(person)


def test_mark_of_another_account_is_refused():
    actions.verify_identity(person=a_person(), method=IdentityMethod.OIDC, mark=MARK, now=NOW)
    with pytest.raises(actions.KnownElsewhere) as refused:
        actions.verify_identity(person=a_person(), method=IdentityMethod.COUNTER, mark=MARK, now=NOW)
    assert refused.value.remedies


def test_second_mark_by_one_method_is_refused():
    person = a_person()
    actions.verify_identity(person=person, method=IdentityMethod.OIDC, mark=MARK, now=NOW)
    with pytest.raises(Conflict):
        actions.verify_identity(person=person, method=IdentityMethod.OIDC, mark="b" * 64, now=NOW)


def test_facts_reach_whoever_listens(monkeypatch):
    heard = []
    monkeypatch.setattr(listeners, "_items", {"test": lambda *given: heard.append(given)})
    person = a_person()
    facts = Facts(postcode="1090", locality="Jette")
    actions.verify_identity(person=person, method=IdentityMethod.OIDC, mark=MARK, now=NOW, facts=facts)
    assert heard == [(person, facts, NOW)]


def test_account_nobody_confirmed_is_forgotten_after_a_week():
    stale = actions.join(email="a@example.org", language="fr", now=NOW - timedelta(days=8))
    fresh = actions.join(email="b@example.org", language="xx", now=NOW - timedelta(days=6))
    confirmed = actions.join(email="c@example.org", language="nl", now=NOW - timedelta(days=8))
    EmailAddress.objects.filter(user=confirmed).update(verified=True)
    assert actions.forget_unconfirmed(now=NOW) == 1
    assert not Person.objects.filter(pk=stale.pk).exists()
    assert fresh.language == "fr"
    assert set(Person.objects.all()) == {fresh, confirmed}


def test_operator_removes_a_lost_second_factor_and_every_session(client_for):
    person = a_person("nele@example.org")
    Authenticator.objects.create(user=person, type="totp", data={})
    browser = client_for(person)
    browser.get("/fr/account/sessions/")
    call_command("remove_second_factor", "nele@example.org")
    assert not rules.has_second_factor(person)
    assert browser.get("/fr/account/sessions/").status_code == 302


def test_operator_deletes_an_account():
    person = a_person("nele@example.org")
    call_command("erase_account", "nele@example.org", yes=True)
    person.refresh_from_db()
    assert person.erased_at
