"""What members and leaders do at the same instant, on a real PostgreSQL with real threads."""

from datetime import timedelta

import pytest

from tests.participation.ideas.factories import NOW
from tests.participation.juries.factories import candidates, each, jury, manager, member, points, scored, submitted
from tests.races import at_once, refusals
from zenne.messaging.notifications.models import Notification
from zenne.participation.juries import actions
from zenne.participation.juries.enums import AssessmentState
from zenne.participation.juries.models import Assessment, Score, Session
from zenne.participation.selections.models import Selection

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_member_submitting_sixteen_times_at_once_submits_once_and_whole():
    made = jury(entries=1)
    seat, candidate = member(made), candidates(made)[0]
    results = at_once(*[lambda at=at: submitted(seat, candidate, at % 5 + 1, at % 5 + 1) for at in range(16)])
    assert (Assessment.objects.count(), Score.objects.count(), refusals(results)) == (1, 2, 15)
    assert len(set(Score.objects.values_list("value", flat=True))) == 1


def test_eight_members_submitting_at_once_all_count():
    made = jury(entries=1)
    seats, candidate = [member(made, f"M{at}") for at in range(8)], candidates(made)[0]
    results = at_once(*[lambda seat=seat: submitted(seat, candidate, 3, 3) for seat in seats])
    assert (Assessment.objects.filter(state=AssessmentState.SUBMITTED).count(), refusals(results)) == (8, 0)


def test_conflict_declared_while_scores_are_sent_never_leaves_both():
    made = jury(entries=4)
    seat = member(made)
    for candidate in candidates(made):
        given = points(made, 5, 5)
        at_once(
            lambda candidate=candidate: actions.recuse(seat, candidate, tie="Mine", by=seat.person, now=NOW),
            lambda candidate=candidate: submitted(seat, candidate, 5, 5),
            lambda candidate=candidate, given=given: actions.save_draft(
                seat, candidate, points=given, by=seat.person, now=NOW
            ),
        )
        row = Assessment.objects.get(candidate=candidate)
        assert (row.state, row.scores.count()) == (AssessmentState.RECUSED, 0)


def test_nothing_is_submitted_once_the_jury_sits():
    made = jury(entries=1)
    chair = member(made, "Chair", chair=True)
    candidate = candidates(made)[0]
    submitted(chair, candidate)
    seats = [member(made, f"M{at}") for at in range(6)]

    def sit() -> object:
        return actions.open_session(made, present=[chair], reason="It is time", by=chair.person, now=NOW)

    results = at_once(sit, *[lambda seat=seat: submitted(seat, candidate) for seat in seats])
    counted = Assessment.objects.filter(state=AssessmentState.SUBMITTED).count()
    assert counted == 1 + 6 - refusals(results[1:])
    assert isinstance(results[0], Session)
    assert refusals(at_once(*[lambda seat=seat: submitted(seat, candidate) for seat in seats])) == 6


def test_result_published_six_times_at_once_is_one_selection():
    made = jury()
    chair = scored(made, ((5, 5), (4, 4), (2, 2), (1, 1)))[0]
    actions.open_session(made, present=[chair], by=chair.person, now=NOW)
    for candidate in candidates(made):
        actions.word_reason(candidate, reason=each("Raison"), by=chair.person, now=NOW)
    actions.word_statement(made, statement=each("Bravo"), by=chair.person, now=NOW)
    boss = manager(made)
    results = at_once(*[lambda: actions.publish(made, by=boss, now=NOW)] * 6)
    assert (Selection.objects.count(), refusals(results)) == (1, 5)


def test_two_clocks_that_chase_at_once_remind_once():
    made = jury(remind_days=1)
    member(made)
    at_once(*[lambda: actions.chase(now=NOW + timedelta(days=2))] * 4)
    assert Notification.objects.filter(kind="juries.missing").count() == 1
