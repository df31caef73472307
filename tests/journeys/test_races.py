"""The same thing done many times at the same instant, by real threads on a real PostgreSQL: done once, and consistent afterwards."""

from itertools import pairwise

import pytest

from tests.participation.ideas.factories import NO, NOW, call, idea, resident, staff
from tests.people.organisations import factories as organisations
from tests.races import at_once, end_of, refusals
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea, StatusChange, Support
from zenne.participation.processes.actions import follow
from zenne.participation.processes.models import Follow
from zenne.people.accounts.actions import give_consent, join
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record_read
from zenne.people.history.models import Entry
from zenne.people.organisations.actions import accept_invitation
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Invitation, Membership

pytestmark = pytest.mark.django_db(transaction=True)


def test_thirty_two_merges_at_once_leave_a_lineage_that_ends_somewhere():
    """Eight ideas, each asked to join several others, in circles too; all completed at once."""
    activity = call()
    manager = staff(activity.process.organisation)
    ideas = [idea(activity) for _number in range(8)]
    people = [resident() for _number in range(6)]
    for one in ideas:
        for person in people[:3]:
            actions.support(one, by=person, now=NOW)
    merges = []
    for step in (1, 2, 3, 5):
        for number, source in enumerate(ideas):
            merges.append((source, ideas[(number + step) % 8]))
    assert len(merges) == 32

    def merge(source, target):
        made = actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW)
        for consent in made.consents.all():
            actions.consent_merge(made, agreed=True, by=consent.person, now=NOW)
        return actions.complete_merge(made, by=manager, now=NOW)

    results = at_once(*[lambda pair=pair: merge(*pair) for pair in merges])
    done = len(results) - refusals(results)
    fresh = {one.pk: one for one in Idea.objects.all()}
    joined = [one for one in fresh.values() if one.merged_into_id]
    assert 1 <= len(joined) == done <= 7
    for one in joined:
        assert end_of(one, fresh).merged_into_id is None
    for one in fresh.values():
        assert one.support_count == Support.objects.filter(idea=one, value=1).count()


def test_two_members_of_staff_deciding_at_once_leave_one_way():
    made = idea(call())
    house = made.process.organisation
    ways = [(IdeaState.ADMISSIBLE, staff(house)), (IdeaState.INADMISSIBLE, staff(house))] * 4
    results = at_once(
        *[lambda to=to, by=by: actions.change_status(made, to=to, reason=NO, by=by, now=NOW) for to, by in ways]
    )
    made.refresh_from_db()
    steps = list(StatusChange.objects.filter(idea=made).order_by("id").values_list("before", "after"))
    assert refusals(results) < len(results)
    assert all(step[0] == before[1] for before, step in pairwise(steps)), steps
    assert steps[-1][1] == made.state


def test_following_many_times_at_once_is_following_once():
    process, person = call().process, resident()
    at_once(*[lambda: follow(process, by=person, now=NOW)] * 16)
    assert Follow.objects.count() == 1


def test_a_yes_given_many_times_at_once_is_one_yes():
    person = resident()
    at_once(*[lambda: give_consent(by=person, purpose=Purpose.NEWS, now=NOW)] * 16)
    assert person.consents.filter(withdrawn_at=None).count() == 1


def test_an_invitation_accepted_many_times_at_once_is_one_membership(mailbox):
    from zenne.people.organisations import actions as people

    house, guest = organisations.organisation("Jette"), resident("Guest")
    people.invite(organisation=house, email=guest.email, role=Role.EDITOR, by=organisations.member(house), now=NOW)
    token = mailbox.links()[0].rstrip("/").rsplit("/", 1)[-1]
    at_once(*[lambda: accept_invitation(token=token, by=guest, now=NOW)] * 8)
    assert Membership.objects.filter(person=guest).count() == 1
    assert Invitation.objects.exclude(accepted_at=None).count() == 1


def test_sixteen_sign_ups_with_one_address_are_one_person():
    from django.db import IntegrityError

    def attempt():
        try:
            return join(email="New@Example.org", language="fr", now=NOW)
        except IntegrityError as twin:
            return twin

    results = at_once(*[attempt] * 16)
    assert Person.objects.filter(email__iexact="new@example.org").count() == 1
    assert sum(isinstance(one, Person) for one in results) == 1


def test_sixteen_posts_of_one_new_address_are_one_person_and_no_error(mailbox, client_for):
    clients = [client_for(None) for _number in range(8)]
    answers = at_once(
        *[lambda client=client: client.post("/fr/account/login/", {"email": "new@example.org"}) for client in clients]
    )
    assert {answer.status_code for answer in answers} <= {302, 422, 429}
    assert Person.objects.filter(email="new@example.org").count() == 1


def test_one_look_at_a_resident_by_eight_windows_at_once_is_one_entry():
    house, seen = organisations.organisation("Jette"), resident()
    reader = organisations.member(house)
    at_once(*[lambda: record_read([seen], by=reader, what="group", now=NOW, organisation=house)] * 8)
    assert Entry.objects.filter(event="person.read").count() == 1
