from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NO, NOW, resident, staff
from tests.participation.juries.factories import (
    WHY,
    candidates,
    each,
    invited,
    jury,
    manager,
    member,
    points,
    scored,
    submitted,
)
from zenne.core.errors import Conflict, Invalid
from zenne.messaging.notifications.models import Notification
from zenne.messaging.outbox.models import Letter
from zenne.messaging.outbox.tasks import send_due
from zenne.participation.ideas import actions as idea_actions
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.juries import actions, queries, tallying, wording
from zenne.participation.juries.enums import AssessmentState, Blind, MemberState, Stage
from zenne.participation.juries.errors import OtherAddress, ReasonNeeded, Unscored, WrongMoment
from zenne.participation.juries.models import Assessment, Candidate, Criterion, Score, Session
from zenne.participation.juries.rules import may_read_scores, stage
from zenne.participation.processes.errors import ReasonNeeded as PublicReasonNeeded
from zenne.participation.processes.kinds import kinds
from zenne.participation.processes.models import Activity
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Choice
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.actions import erase
from zenne.people.accounts.models import Person
from zenne.people.history.models import Entry

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=8)


def refuses_in_the_database(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


class TestInvitation:
    def test_somebody_without_an_account_is_written_to_and_takes_the_seat(self, mailbox, now):
        made = jury()
        seat = actions.invite(made, email="Nele@Example.org", name="Nele", language="nl", by=manager(made), now=NOW)
        send_due()
        assert mailbox[-1]["To"] == "nele@example.org"
        assert str(seat.key) in mailbox.text()
        assert "Le jury" not in mailbox.text() and "De jury" in mailbox.text()
        person = Person.objects.get(email="nele@example.org")
        with pytest.raises(NotAllowed):  # the address is not proved yet
            actions.accept_invitation(seat, by=person, now=NOW)
        person.emailaddress_set.update(verified=True)
        taken = actions.accept_invitation(seat, by=person, now=NOW)
        assert (taken.state, taken.person) == (MemberState.ACCEPTED, person)
        assert Entry.objects.filter(event="jury.joined", about_id=seat.pk, actor=person).exists()

    def test_letter_that_has_nothing_to_ask_any_more_does_not_leave(self, mailbox, now):
        seat = invited(jury())
        actions.withdraw_invitation(seat, by=manager(seat.jury), now=NOW)
        send_due()
        assert (len(mailbox), Letter.objects.get().state) == (0, "cancelled")

    def test_another_address_does_not_take_the_seat(self):
        seat = invited(jury())
        with pytest.raises(OtherAddress):
            actions.accept_invitation(seat, by=resident("Somebody else"), now=NOW)

    def test_address_is_invited_once(self):
        seat = invited(jury())
        with pytest.raises(Conflict):
            actions.invite(seat.jury, email=seat.email.upper(), name="Again", by=manager(seat.jury), now=NOW)

    def test_accepting_twice_is_once_and_after_declining_it_is_too_late(self):
        made = jury()
        seat = member(made)
        assert actions.accept_invitation(seat, by=seat.person, now=NOW).state == MemberState.ACCEPTED
        other = invited(made, "Jan")
        person = Person.objects.get(email=other.email)
        actions.decline_invitation(other, by=person, now=NOW)
        with pytest.raises(NotAllowed):
            actions.accept_invitation(other, by=person, now=NOW)
        again = actions.invite_again(other, by=manager(made), now=NOW + timedelta(minutes=1))
        assert actions.accept_invitation(again, by=person, now=NOW).state == MemberState.ACCEPTED

    def test_there_is_one_chair(self):
        made = jury()
        first, second = member(made, chair=True), member(made, "Jan")
        with pytest.raises(Conflict):
            invited(made, "Third", chair=True)
        actions.appoint_chair(second, by=manager(made), now=NOW)
        first.refresh_from_db()
        assert (first.is_chair, made.members.filter(is_chair=True).get()) == (False, second)

    def test_outsiders_do_not_invite(self):
        made = jury()
        seat = member(made, chair=True)
        for person in (seat.person, resident(), staff(ideas.process().organisation)):
            with pytest.raises(NotAllowed):
                actions.invite(made, email="x@example.org", name="X", by=person, now=NOW)


class TestScoring:
    def test_draft_is_kept_piece_by_piece_and_taken_back(self):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        first, second = points(made, 1, 2)
        actions.save_draft(seat, candidate, points={first: 4}, comment="Hm", by=seat.person, now=NOW)
        draft = actions.save_draft(seat, candidate, points={first: None, second: 5}, by=seat.person, now=NOW)
        assert (dict(draft.scores.values_list("criterion", "value")), draft.comment) == ({second: 5}, "Hm")
        assert draft.state == AssessmentState.IN_PROGRESS

    def test_submitted_whole_and_then_immutable_for_everybody(self):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        first, _second = points(made, 1, 2)
        with pytest.raises(Unscored) as lacking:
            actions.submit(seat, candidate, points={first: 4}, by=seat.person, now=NOW)
        assert lacking.value.criteria == [_second]
        row = submitted(seat, candidate, 4, 2, comment="Clear")
        with pytest.raises(NotAllowed):
            actions.save_draft(seat, candidate, points={first: 1}, by=seat.person, now=NOW)
        score = row.scores.first()
        assert refuses_in_the_database(lambda: Score.objects.filter(pk=score.pk).update(value=1))
        assert refuses_in_the_database(lambda: Score.objects.filter(pk=score.pk).delete())
        assert refuses_in_the_database(lambda: Assessment.objects.filter(pk=row.pk).update(comment="Other"))
        assert refuses_in_the_database(lambda: Assessment.objects.filter(pk=row.pk).delete())

    def test_database_knows_the_scale_one_score_per_criterion_and_whole_submissions(self):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        first, _second = points(made, 1, 2)
        row = actions.save_draft(seat, candidate, points={first: 4}, by=seat.person, now=NOW)
        foreign = jury().criteria.first()
        create = Score.objects.create
        assert refuses_in_the_database(lambda: create(assessment=row, criterion_id=first, value=3))
        assert refuses_in_the_database(lambda: create(assessment=row, criterion_id=_second, value=6))
        assert refuses_in_the_database(lambda: create(assessment=row, criterion=foreign, value=3))
        rows = Assessment.objects.filter(pk=row.pk)
        assert refuses_in_the_database(lambda: rows.update(state="submitted", submitted_at=NOW))
        assert refuses_in_the_database(lambda: rows.update(state="recused", tie="My sister", comment=""))

    @pytest.mark.parametrize("value", [0, 6, -1])
    def test_points_outside_the_scale_are_refused(self, value):
        made = jury()
        seat = member(made)
        with pytest.raises(Invalid):
            actions.save_draft(
                seat, candidates(made)[0], points={made.criteria.first().pk: value}, by=seat.person, now=NOW
            )

    @pytest.mark.parametrize("moment", [NOW - timedelta(days=3), LATER])
    def test_nobody_scores_outside_the_window(self, moment):
        made = jury()
        seat = member(made)
        with pytest.raises(NotAllowed):
            actions.submit(seat, candidates(made)[0], points=points(made, 1, 1), by=seat.person, now=moment)

    def test_nobody_scores_from_another_seat_nor_in_another_jury(self):
        made, other = jury(), jury()
        seat, mine = member(made), member(other)
        for by, where in ((mine.person, candidates(made)[0]), (seat.person, candidates(other)[0])):
            with pytest.raises(NotAllowed):
                actions.submit(seat, where, points={}, by=by, now=NOW)

    def test_what_was_withdrawn_is_no_longer_scored(self):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        idea_actions.withdraw_idea(candidate.idea, by=candidate.idea.author, now=NOW)
        with pytest.raises(NotAllowed):
            submitted(seat, candidate)
        assert len(queries.standing(made)) == 3

    def test_reopening_needs_somebody_else_and_a_reason_that_stays(self):
        made = jury()
        chair, seat = member(made, chair=True), member(made, "Jan")
        candidate = candidates(made)[0]
        submitted(chair, candidate)
        row = submitted(seat, candidate, 1, 1)
        with pytest.raises(ReasonNeeded):
            actions.unlock(row, reason="  ", by=chair.person, now=NOW)
        for person in (seat.person, resident()):
            with pytest.raises(NotAllowed):
                actions.unlock(row, reason="I changed my mind", by=person, now=NOW)
        actions.unlock(row, reason="He scored the wrong idea", by=chair.person, now=NOW)
        kept = row.unlockings.get()
        assert (kept.reason, kept.seen, kept.unlocked_by) == ("He scored the wrong idea", 1, chair.person)
        assert Entry.objects.filter(event="jury.unlocked", about_id=row.pk).exists()
        assert submitted(seat, candidate, 5, 5).state == AssessmentState.SUBMITTED


class TestConflict:
    def test_recused_member_loses_the_scores_and_the_say(self):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        actions.save_draft(seat, candidate, points=points(made, 5, 5), comment="!", by=seat.person, now=NOW)
        row = actions.recuse(seat, candidate, tie="My sister wrote it", by=seat.person, now=NOW)
        assert (row.state, row.comment, row.scores.count()) == (AssessmentState.RECUSED, "", 0)
        with pytest.raises(NotAllowed):
            submitted(seat, candidate)
        first = made.criteria.first()
        assert refuses_in_the_database(lambda: Score.objects.create(assessment=row, criterion=first, value=1))
        assert refuses_in_the_database(
            lambda: Assessment.objects.create(member=seat, candidate=candidate, begun_at=NOW)
        )
        assert queries.recusals(made) == {candidate.pk: 1}

    def test_needs_words(self):
        made = jury()
        seat = member(made)
        with pytest.raises(Invalid):
            actions.recuse(seat, candidates(made)[0], tie=" ", by=seat.person, now=NOW)

    def test_found_after_submitting_takes_the_scores_out_and_says_so_in_the_record(self):
        made = jury()
        seat, candidate = member(made), candidates(made)[0]
        row = submitted(seat, candidate, 5, 5)
        actions.recuse(seat, candidate, tie="I learnt who wrote it", by=seat.person, now=NOW)
        assert row.unlockings.get().reason == "I learnt who wrote it"
        assert not queries.assessments([candidate])

    def test_is_lifted_by_the_chair_and_not_by_the_member(self):
        made = jury()
        chair, seat = member(made, chair=True), member(made, "Jan")
        row = actions.recuse(seat, candidates(made)[0], tie="A mistake", by=seat.person, now=NOW)
        with pytest.raises(NotAllowed):
            actions.lift_recusal(row, reason="No", by=seat.person, now=NOW)
        actions.lift_recusal(row, reason="Another person of that name", by=chair.person, now=NOW)
        assert submitted(seat, candidates(made)[0]).state == AssessmentState.SUBMITTED


class TestBlindness:
    def readers(self, made, candidate):
        """Who may read others' scores: the chair, another member, a manager, a stranger."""
        people = [seat.person for seat in queries.seated(made)] + [manager(made), resident(), None]
        return [may_read_scores(person, made, candidate) for person in people]

    def test_nobody_reads_before_their_own_is_submitted_and_staff_not_before_the_deliberation(self):
        made = jury()
        chair, seat = member(made, chair=True), member(made, "Jan")
        candidate = candidates(made)[0]
        submitted(seat, candidate, 5, 5)
        assert self.readers(made, candidate) == [False, True, False, False, False]
        assert queries.readable(chair.person, candidate) == []
        submitted(chair, candidate, 1, 1)
        assert self.readers(made, candidate) == [True, True, False, False, False]
        assert [row.member for row in queries.readable(chair.person, candidate)] == [seat]

    def test_stricter_rule_keeps_everybody_blind_until_the_deliberation(self):
        made = jury(blind=Blind.ALL)
        chair, *_others = scored(made, ((5, 5),) * 4, ((1, 1),) * 4)
        candidate = candidates(made)[0]
        assert not any(self.readers(made, candidate))
        actions.open_session(made, present=[chair], by=chair.person, now=NOW)
        assert self.readers(made, candidate) == [True, True, True, False, False]

    def test_recused_member_reads_nothing_before_the_deliberation(self):
        made = jury()
        one, two = member(made), member(made, "Jan")
        candidate = candidates(made)[0]
        submitted(one, candidate)
        actions.recuse(two, candidate, tie="Mine", by=two.person, now=NOW)
        assert not may_read_scores(two.person, made, candidate)


class TestRule:
    def test_frozen_with_criteria_weights_scales_and_number(self):
        made = jury()
        seat = member(made)
        text = made.activity.rule_versions.get().text
        assert seat and '"keep":2' in text and '"weight":3' in text and '"title":{"en":"Need"' in text
        assert '"scale":{"1":{"en":"1 points en"' in text

    def test_change_after_opening_is_public_with_its_reason(self):
        made = jury()
        with pytest.raises(PublicReasonNeeded):
            actions.change_jury(made, values={"keep": 3}, by=manager(made), now=NOW)
        actions.change_jury(made, values={"keep": 3}, reason=WHY, by=manager(made), now=NOW)
        assert made.process.changes.get().after["rule"]["keep"] == 3

    def test_scores_that_were_submitted_keep_their_criteria_and_weights(self):
        made = jury()
        seat, criterion = member(made), made.criteria.first()
        submitted(seat, candidates(made)[0])
        words = {"title": each("Besoin"), "text": each("?")}
        given = {"words": words, "levels": {n: each("x") for n in range(1, 6)}}
        by = {"reason": WHY, "by": manager(made), "now": NOW}
        with pytest.raises(WrongMoment):
            actions.write_criterion(made, criterion=criterion, weight=9, **given, **by)
        with pytest.raises(WrongMoment):
            actions.write_criterion(made, weight=1, **given, **by)
        with pytest.raises(WrongMoment):
            actions.remove_criterion(criterion, **by)
        with pytest.raises(WrongMoment):
            actions.change_jury(made, values={"points": 4}, **by)
        assert actions.write_criterion(made, criterion=criterion, weight=3, **given, **by).title_nl == "Besoin nl"

    def test_shorter_scale_takes_drafts_and_words_off_it(self):
        made = jury()
        seat = member(made)
        actions.save_draft(seat, candidates(made)[0], points=points(made, 5, 2), by=seat.person, now=NOW)
        actions.change_jury(made, values={"points": 3}, reason=WHY, by=manager(made), now=NOW)
        assert list(Score.objects.values_list("value", flat=True)) == [2]
        assert Criterion.objects.get(title="Besoin").levels.count() == 3

    def test_criterion_lacks_no_promised_language(self):
        made = jury()
        with pytest.raises(Invalid):
            actions.write_criterion(
                made,
                weight=1,
                words={"title": each("T"), "text": {"fr": "x"}},
                levels={},
                reason=WHY,
                by=manager(made),
                now=NOW,
            )
        assert made.criteria.count() == 2

    def test_copy_of_a_project_takes_the_rule_and_not_the_people(self):
        made = jury(keep=4, charter_nl="Alles lezen.")
        member(made)
        copied = Activity.objects.create(phase=made.activity.phase, kind="jury", title="Second")
        kinds["jury"].duplicate(made.activity, copied)
        assert kinds["jury"].rule(copied) == kinds["jury"].rule(made.activity)
        assert (copied.jury.charter_nl, copied.jury.members.count(), copied.jury.candidates.count()) == (
            "Alles lezen.",
            0,
            0,
        )

    def test_charter_stands_once_somebody_accepted_it(self):
        made = jury()
        by = {"reason": WHY, "by": manager(made), "now": NOW}
        actions.change_jury(made, values={}, charter={"fr": "Lire tout."}, **by)
        member(made)
        with pytest.raises(WrongMoment):
            actions.change_jury(made, values={}, charter={"fr": "Lire peu."}, **by)


class TestDeliberation:
    def test_begins_with_what_the_scores_alone_would_keep(self, django_capture_on_commit_callbacks):
        made = jury(keep=2)
        chair, _other = scored(made, ((5, 5), (1, 1), (4, 4), (2, 2)), ((5, 5), (1, 1), (4, 4), (2, 2)))
        with django_capture_on_commit_callbacks(execute=True):
            actions.open_session(made, present=[chair], by=chair.person, now=NOW)
        assert [candidate.kept for candidate in candidates(made)] == [True, False, True, False]
        assert stage(made, NOW) == Stage.DELIBERATING
        assert Notification.objects.filter(kind="juries.deliberation").count() == 2

    def test_tie_at_the_edge_is_left_to_the_jury(self):
        made = jury(keep=2)
        chair = scored(made, ((5, 5), (3, 3), (3, 3), (1, 1)))[0]
        actions.open_session(made, present=[chair], by=chair.person, now=NOW)
        assert [candidate.kept for candidate in candidates(made)] == [True, None, None, False]

    def test_needs_a_reason_while_scores_are_missing_and_ends_the_scoring(self):
        made = jury()
        chair, late = member(made, chair=True), member(made, "Late")
        for candidate in candidates(made):
            submitted(chair, candidate)
        with pytest.raises(ReasonNeeded):
            actions.open_session(made, present=[chair], by=chair.person, now=NOW)
        actions.open_session(made, present=[chair], reason="He is ill", by=chair.person, now=NOW)
        assert Session.objects.get().reason == "He is ill"
        with pytest.raises(NotAllowed):
            submitted(late, candidates(made)[0])

    def test_is_led_by_the_chair_or_a_manager_only(self):
        made = jury()
        chair, other = scored(made, ((5, 5),) * 4, ((5, 5),) * 4)
        for person in (other.person, resident(), staff(ideas.process().organisation)):
            with pytest.raises(NotAllowed):
                actions.open_session(made, present=[chair], by=person, now=NOW)

    def test_moves_in_and_out_are_recorded_with_their_reason(self):
        made = jury(keep=1)
        chair = scored(made, ((5, 5), (1, 1), (2, 2), (2, 2)))[0]
        first, second, *_rest = candidates(made)
        with pytest.raises(WrongMoment):
            actions.move(first, kept=False, reason="x", by=chair.person, now=NOW)
        session = actions.open_session(made, present=[chair], by=chair.person, now=NOW)
        with pytest.raises(ReasonNeeded):
            actions.move(first, kept=False, reason="", by=chair.person, now=NOW)
        actions.move(first, kept=False, reason="Built already", by=chair.person, now=NOW)
        actions.move(second, kept=True, reason="More urgent", by=chair.person, now=NOW)
        with pytest.raises(WrongMoment):
            actions.move(second, kept=True, reason="Again", by=chair.person, now=NOW)
        assert [(move.kept, move.reason) for move in queries.moves(made)] == [
            (False, "Built already"),
            (True, "More urgent"),
        ]
        actions.close_session(session, by=chair.person, now=NOW)
        with pytest.raises(WrongMoment):
            actions.move(first, kept=True, reason="x", by=chair.person, now=NOW)

    @pytest.mark.parametrize("first", ["the member", "the idea"])
    def test_member_who_proposed_an_idea_has_no_say_on_it(self, first):
        made, author = jury(entries=1), resident("Nele")
        call = candidates(made)[0].idea.activity
        seat = member(made, person=author) if first == "the member" else None
        idea = ideas.idea(call, author=author)
        actions.take_candidates(made, source=call, by=manager(made), now=NOW)
        seat = seat or member(made, person=author)
        other, mine = candidates(made)
        assert mine.idea == idea and seat.assessments.get().state == "recused"
        with pytest.raises(NotAllowed):
            submitted(seat, mine)
        submitted(seat, other)
        actions.release_candidate(mine, by=manager(made), now=NOW)
        with pytest.raises(WrongMoment):
            actions.release_candidate(other, by=manager(made), now=NOW)

    def test_chair_who_is_recused_does_not_move_that_idea(self):
        made = jury()
        chair, other = member(made, chair=True), member(made, "Jan")
        mine, *rest = candidates(made)
        actions.recuse(chair, mine, tie="Mine", by=chair.person, now=NOW)
        for candidate in rest:
            submitted(chair, candidate)
            submitted(other, candidate)
        submitted(other, mine)
        actions.open_session(made, present=[chair, other], by=chair.person, now=NOW)
        with pytest.raises(NotAllowed):
            actions.move(mine, kept=True, reason="It is good", by=chair.person, now=NOW)
        with pytest.raises(NotAllowed):
            actions.word_reason(mine, reason=WHY, by=chair.person, now=NOW)


class TestAgreement:
    def read(self, made):
        standing, rows = queries.standing(made), queries.criteria(made)
        given = list(queries.assessments(standing))
        with override("en"):
            return wording.agreement(given, rows, made), tallying.outliers(given, rows, made.points)

    def test_members_who_give_the_same_agree_and_nobody_stands_apart(self):
        made = jury()
        scored(made, *[((5, 5), (4, 4), (2, 2), (1, 1))] * 3)
        words, apart = self.read(made)
        assert words[0].startswith("The members agree well. Krippendorff’s alpha is 1.00")
        assert words[1] == "By criterion: Need 1.00 · Feasibility 1.00."
        assert (apart, len(words)) == ([], 3)

    def test_of_three_members_who_agrees_with_one_other_stands_apart_from_neither(self):
        made = jury()
        usual, other = ((5, 5), (4, 4), (3, 3), (3, 3)), ((1, 1), (4, 4), (3, 3), (3, 3))
        *_two, third = scored(made, usual, usual, other)
        _words, apart = self.read(made)
        assert [(each.assessment.member_id, each.own, each.others) for each in apart] == [(third.pk, 1, 5)]

    def test_member_who_scores_the_other_way_round_is_named_with_the_median_of_the_others(self):
        made = jury()
        usual, other = ((5, 5), (4, 4), (2, 2), (1, 1)), ((1, 1), (2, 2), (4, 4), (5, 5))
        scored(made, usual, usual, usual, other)
        words, apart = self.read(made)
        assert words[0].startswith("The members agree little")
        assert {str(one.assessment.member) for one in apart} == {"Membre 4"}
        assert {(one.own, one.others) for one in apart} == {(1, 5), (2, 4), (4, 2), (5, 1)}

    def test_strict_member_is_told_by_how_much(self):
        made = jury()
        scored(made, *[((5, 5), (4, 4), (4, 4), (3, 3))] * 3, ((3, 3), (2, 2), (2, 2), (1, 1)))
        words, _apart = self.read(made)
        assert "Membre 4 scores 2.00 points lower than the others on average." in words

    def test_nothing_to_compare_is_said(self):
        made = jury()
        scored(made, ((5, 5), (4, 4), (2, 2), (1, 1)))
        assert self.read(made)[0][0].startswith("There is nothing to compare")


def ready(made, chair) -> None:
    """Sit, decide the ties, and write everything that is published."""
    actions.open_session(made, present=[chair], by=chair.person, now=NOW)
    for candidate in candidates(made):
        if candidate.kept is None:
            actions.move(candidate, kept=False, reason="Tied", by=chair.person, now=NOW)
        actions.word_reason(candidate, reason=each(f"Raison {candidate.title}"), by=chair.person, now=NOW)
    actions.word_statement(made, statement=each("Merci à toutes et à tous."), by=chair.person, now=NOW)


class TestPublishing:
    def test_leaves_a_selection_moves_the_ideas_and_locks_the_assessments(self):
        made = jury(keep=2)
        chair, _other = scored(made, ((5, 5), (1, 1), (4, 4), (2, 2)), ((4, 5), (1, 1), (4, 4), (2, 1)))
        ready(made, chair)
        selection = actions.publish(made, by=manager(made), now=NOW)
        said = list(Choice.objects.filter(selection=selection).order_by("idea_id"))
        assert [choice.outcome for choice in said] == [
            Outcome.KEPT,
            Outcome.NOT_KEPT,
            Outcome.KEPT,
            Outcome.NOT_KEPT,
        ]
        first = said[0]
        assert (first.rank, first.reason_nl, first.figures[0]["value"]) == (1, "Raison Idée A nl", "37/8")
        assert first.figures[0]["said"]["fr"].startswith("4,63")
        assert Fraction(37, 8) == (Fraction(5) + Fraction(4 * 3 + 5, 4)) / 2
        assert selection.rule_digest == made.activity.rule_versions.order_by("-number").first().digest
        states = [candidate.idea.state for candidate in candidates(made)]
        assert states == [IdeaState.SHORTLISTED, IdeaState.NOT_SHORTLISTED] * 2
        row = Assessment.objects.first()
        assert row.state == AssessmentState.LOCKED
        assert refuses_in_the_database(
            lambda: Assessment.objects.filter(pk=row.pk).update(state="in_progress", submitted_at=None)
        )
        assert stage(made, NOW) == Stage.PUBLISHED
        with pytest.raises(WrongMoment):
            actions.publish(made, by=manager(made), now=NOW)

    def test_says_everything_that_is_missing(self):
        made = jury(keep=1)
        chair = scored(made, ((5, 5), (5, 5), (2, 2), (2, 2)))[0]
        actions.open_session(made, present=[chair], by=chair.person, now=NOW)
        with pytest.raises(Invalid) as lacking:
            actions.publish(made, by=manager(made), now=NOW)
        for words in ("2 ", "4 "):
            assert words in str(lacking.value.message)
        assert not Choice.objects.exists()

    def test_no_more_is_kept_than_the_rule_allows(self):
        made = jury(keep=1)
        chair = scored(made, ((5, 5), (4, 4), (2, 2), (2, 2)))[0]
        ready(made, chair)
        actions.move(candidates(made)[1], kept=True, reason="Also good", by=chair.person, now=NOW)
        with pytest.raises(Invalid):
            actions.publish(made, by=manager(made), now=NOW)

    def test_is_for_a_manager_of_the_organisation(self):
        made = jury()
        chair = scored(made, ((5, 5), (4, 4), (2, 2), (1, 2)))[0]
        ready(made, chair)
        for person in (chair.person, staff(ideas.process().organisation), resident()):
            with pytest.raises(NotAllowed):
                actions.publish(made, by=person, now=NOW)

    def test_what_fell_out_on_the_way_is_set_aside_and_counts_recusals(self):
        made = jury()
        chair, other = member(made, chair=True), member(made, "Jan")
        gone, tied, *rest = candidates(made)
        actions.recuse(other, tied, tie="Mine", by=other.person, now=NOW)
        for candidate in (tied, *rest):
            submitted(chair, candidate, 5, 5) if candidate == tied else submitted(chair, candidate)
            if candidate != tied:
                submitted(other, candidate)
        idea_actions.reject_idea(gone.idea, reason=NO, by=manager(made), now=NOW)
        actions.open_session(made, present=[chair], by=chair.person, now=NOW)
        for candidate in (tied, *rest):
            candidate.refresh_from_db()
            if candidate.kept is None:
                actions.move(candidate, kept=False, reason="Tied", by=chair.person, now=NOW)
            actions.word_reason(candidate, reason=WHY, by=chair.person, now=NOW)
        actions.word_statement(made, statement=WHY, by=chair.person, now=NOW)
        selection = actions.publish(made, by=manager(made), now=NOW)
        outcomes = dict(selection.choices.values_list("idea", "outcome"))
        assert outcomes[gone.idea_id] == Outcome.SET_ASIDE
        figures = {figure["key"]: figure["value"] for figure in selection.choices.get(idea=tied.idea_id).figures}
        assert (figures["recused"], figures["assessments"]) == (1, 1)


class TestChasing:
    def missing(self):
        return Notification.objects.filter(kind="juries.missing").count()

    def test_reminds_at_most_once_in_the_interval(self):
        made = jury(remind_days=3)
        member(made)
        done = member(made, "Done")
        for candidate in candidates(made):
            submitted(done, candidate)
        counts = []
        for days in (1, 3, 4, 5, 6):
            actions.chase(now=NOW + timedelta(days=days))
            counts.append(self.missing())
        assert counts == [0, 1, 1, 1, 2]

    def test_is_silent_outside_the_scoring(self):
        made = jury(remind_days=1)
        chair = member(made, chair=True)
        submitted(chair, candidates(made)[0])
        actions.chase(now=LATER)
        actions.open_session(made, present=[chair], reason="Enough", by=chair.person, now=NOW)
        actions.chase(now=NOW + timedelta(days=3))
        assert self.missing() == 0


class TestCandidates:
    def test_taken_from_a_selection_of_another_jury_which_becomes_its_source(self):
        first = jury(keep=2)
        chair = scored(first, ((5, 5), (4, 4), (2, 2), (1, 1)))[0]
        ready(first, chair)
        kept = actions.publish(first, by=manager(first), now=NOW)
        second = jury(first.process, entries=0)
        actions.take_candidates(second, source=kept, by=manager(second), now=NOW)
        second.refresh_from_db()
        assert [each.title for each in candidates(second)] == ["Idée A", "Idée B"]
        assert second.source == kept

    def test_taken_twice_are_there_once_and_stay_once_begun(self):
        made = jury()
        first, second, *_rest = candidates(made)
        assert actions.take_candidates(made, source=first.idea.activity, by=manager(made), now=NOW) == []
        actions.release_candidate(second, by=manager(made), now=NOW)
        submitted(member(made), first)
        with pytest.raises(WrongMoment):
            actions.release_candidate(first, by=manager(made), now=NOW)
        assert Candidate.objects.filter(jury=made).count() == 3

    def test_of_another_process_are_refused(self):
        made = jury()
        with pytest.raises(Invalid):
            actions.take_candidates(made, source=ideas.call(), by=manager(made), now=NOW)


def test_erased_member_leaves_the_scores_and_no_name():
    made = jury()
    seat = member(made)
    row = submitted(seat, candidates(made)[0])
    actions.recuse(seat, candidates(made)[1], tie="My secret", by=seat.person, now=NOW)
    erase(by=seat.person, now=NOW)
    seat.refresh_from_db()
    assert (seat.person, seat.name, seat.email, seat.state) == (None, "", "", MemberState.RESIGNED)
    assert list(Assessment.objects.values_list("pk", flat=True)) == [row.pk]
