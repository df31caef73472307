"""What many people do at the same instant, on a real PostgreSQL with real threads."""

import pytest

from tests.participation.ideas.factories import NO, NOW, call, idea, resident, staff
from tests.races import at_once, refusals
from zenne.core.errors import Spoken
from zenne.participation.ideas import actions
from zenne.participation.ideas.models import Idea, Support

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_supporting_thirty_two_times_at_once_counts_once():
    made, person = idea(), resident()
    at_once(*[lambda: actions.support(made, by=person, now=NOW)] * 32)
    made.refresh_from_db()
    assert (made.support_count, Support.objects.count()) == (1, 1)


def test_thirty_two_people_supporting_at_once_are_all_counted():
    made, people = idea(), [resident() for _number in range(32)]
    at_once(*[lambda person=person: actions.support(made, by=person, now=NOW) for person in people])
    made.refresh_from_db()
    assert (made.support_count, Support.objects.count()) == (32, 32)


def test_yes_no_and_never_mind_at_once_leave_exact_counters():
    made, person = idea(call(oppose=True)), resident()
    verbs = [actions.support, actions.oppose, actions.withdraw_support] * 8
    at_once(*[lambda verb=verb: verb(made, by=person, now=NOW) for verb in verbs])
    made.refresh_from_db()
    assert made.support_count == Support.objects.filter(idea=made, value=1).count()
    assert made.oppose_count == Support.objects.filter(idea=made, value=-1).count()


def test_limit_of_supports_holds_under_a_race():
    activity, person = call(supports_per_person=2), resident()
    ideas = [idea(activity) for _number in range(8)]
    results = at_once(*[lambda one=one: actions.support(one, by=person, now=NOW) for one in ideas])
    assert (Support.objects.count(), refusals(results)) == (2, 6)


def test_limit_of_ideas_holds_under_a_race():
    activity, person = call(ideas_per_person=1), resident()
    results = at_once(*[lambda: idea(activity, author=person)] * 8)
    assert (Idea.objects.count(), refusals(results)) == (1, 7)


def test_a_draft_sent_eight_times_at_once_is_one_idea():
    activity, person = call(), resident()
    draft = actions.save_draft(activity=activity, data={"title": "Un banc"}, by=person, now=NOW)
    results = at_once(*[lambda: idea(activity, author=person, draft=draft)] * 8)
    assert (Idea.objects.count(), refusals(results)) == (1, 7)
    assert {result.status for result in results if isinstance(result, Spoken)} == {409}


def test_merges_in_opposite_directions_leave_no_circle():
    activity = call()
    manager = staff(activity.process.organisation)
    one, two = (idea(activity) for _number in range(2))
    for source, target in ((one, two), (two, one)):
        proposed = actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW)
        for consent in proposed.consents.all():
            actions.consent_merge(proposed, agreed=True, by=consent.person, now=NOW)
    there, back = one.merges_out.get(), two.merges_out.get()
    results = at_once(
        *[lambda merge=merge: actions.complete_merge(merge, by=manager, now=NOW) for merge in (there, back)]
    )
    assert refusals(results) == 1
    assert Idea.objects.filter(merged_into__isnull=False).count() == 1


def test_support_given_during_a_merge_is_refused_or_carried_never_lost():
    activity = call()
    manager = staff(activity.process.organisation)
    source, target = (idea(activity) for _number in range(2))
    proposed = actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW)
    for consent in proposed.consents.all():
        actions.consent_merge(proposed, agreed=True, by=consent.person, now=NOW)
    people = [resident() for _number in range(12)]
    attempts = [lambda person=person: actions.support(source, by=person, now=NOW) for person in people]
    results = at_once(*attempts, lambda: actions.complete_merge(proposed, by=manager, now=NOW))
    target.refresh_from_db()
    source.refresh_from_db()
    given = len(people) - refusals(results)
    assert target.support_count == source.support_count == given == Support.objects.filter(idea=target).count()
