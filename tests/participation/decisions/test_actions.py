from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import zenne.participation.decisions as app
from tests.participation.ideas import factories as ideas
from tests.participation.selections import factories as selected
from zenne.core.errors import Invalid
from zenne.messaging.notifications.models import Notification
from zenne.participation.decisions import actions, tasks
from zenne.participation.decisions.enums import NEEDS_REASON, TRANSITIONS, CommitmentState
from zenne.participation.decisions.models import Commitment, Decision
from zenne.participation.ideas.actions import support
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.selections import actions as selections
from zenne.participation.selections import queries as selection_queries
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def staff(decision):
    return ideas.staff(decision.process.organisation)


class TestDeciding:
    def test_a_decision_says_of_each_idea_whether_and_why_and_promises_what_it_accepts(self):
        call = ideas.call()
        yes, no = ideas.idea(call), ideas.idea(call)
        decision = make.published([yes], [no])
        assert [one.idea for one in decision.commitments.all()] == [yes]
        states = {idea: Idea.objects.get(pk=idea.pk).state for idea in (yes, no)}
        assert states == {yes: IdeaState.SELECTED, no: IdeaState.NOT_SELECTED}
        choices = {choice.idea: choice for choice in decision.selection.choices.all()}
        assert choices[no].reason_nl == make.NO["nl"]
        assert choices[yes].cost_cents == 100_000, "the cost goes along from what it decides about"
        assert decision.selection.source == decision.source
        assert decision.selection.decided_at.date() == make.TODAY
        assert [choice.selection for choice in selection_queries.way(yes)] == [decision.source, decision.selection]

    def test_a_body_may_refuse_what_a_vote_selected(self):
        idea = ideas.idea()
        won = selected.with_choices([idea])
        won = selections.publish(won, move={"kept": IdeaState.SELECTED}, by=None, now=make.NOW)
        decision = make.prepared(won)
        actions.rule(decision.rulings.get(), accepted=False, reason=make.NO, by=staff(decision))
        actions.publish(decision, by=staff(decision), now=make.LATER)
        assert Idea.objects.get().state == IdeaState.NOT_SELECTED
        assert not Commitment.objects.exists()

    def test_nothing_is_published_while_an_idea_is_open_or_has_no_reason(self):
        decision = make.prepared()
        with pytest.raises(Invalid, match="Nothing is decided yet"):
            actions.publish(decision, by=staff(decision), now=make.LATER)
        actions.rule(decision.rulings.get(), accepted=False, reason={}, by=staff(decision))
        with pytest.raises(Invalid, match="reason"):
            actions.publish(decision, by=staff(decision), now=make.LATER)
        decision.refresh_from_db()
        assert decision.selection is None and decision.process.selections.count() == 1

    def test_only_a_published_selection_is_decided_about_by_a_body_of_the_same_organisation(self):
        draft = selected.with_choices([ideas.idea()])
        with pytest.raises(Invalid):
            make.prepared(draft)
        with pytest.raises(Invalid):
            make.prepared(body=make.body(ideas.process().organisation))

    def test_a_decision_is_never_taken_tomorrow(self):
        with pytest.raises(Invalid):
            make.prepared(decided_on=make.TODAY + timedelta(days=1))

    def test_editors_prepare_and_managers_publish_and_then_nobody_changes_it(self):
        source = selected.published([ideas.idea()])
        editor = ideas.staff(source.process.organisation, Role.EDITOR)
        decision = make.prepared(source, by=editor)
        ruling = actions.rule(decision.rulings.get(), accepted=True, reason=make.YES, by=editor)
        with pytest.raises(NotAllowed):
            actions.publish(decision, by=editor, now=make.LATER)
        decision = actions.publish(decision, by=staff(decision), now=make.LATER)
        for verb in (
            lambda: actions.rule(ruling, accepted=False, reason=make.NO, by=editor),
            lambda: actions.edit_decision(decision, values={"reference": "x"}, by=editor, now=make.LATER),
            lambda: actions.discard(decision, by=editor, now=make.LATER),
            lambda: actions.publish(decision, by=staff(decision), now=make.LATER),
        ):
            with pytest.raises(NotAllowed):
                verb()

    def test_what_was_never_published_can_be_thrown_away(self):
        decision = make.prepared()
        actions.discard(decision, by=staff(decision), now=make.LATER)
        assert not Decision.objects.exists()


class TestFollowing:
    def test_the_idea_moves_along(self):
        commitment = make.commitment()
        by = staff(commitment.decision)
        for to, state in (("under_way", IdeaState.IN_DELIVERY), ("done", IdeaState.DONE)):
            actions.set_state(commitment, to=CommitmentState(to), by=by, now=make.LATER)
            assert Idea.objects.get().state == state

    @pytest.mark.parametrize("to", list(CommitmentState))
    @pytest.mark.parametrize("before", list(CommitmentState))
    def test_no_step_outside_the_table_and_none_that_needs_a_reason_without(self, before, to):
        if before == to:
            return
        commitment = make.commitment()
        by = staff(commitment.decision)
        ways = {"planned": [], "under_way": ["under_way"], "done": ["under_way", "done"], "stopped": ["stopped"]}
        for step in ways[before]:
            actions.set_state(commitment, to=CommitmentState(step), reason=make.NO, by=by, now=make.LATER)
        if to not in TRANSITIONS[before]:
            with pytest.raises(NotAllowed):
                actions.set_state(commitment, to=to, reason=make.NO, by=by, now=make.LATER)
        elif (before, to) in NEEDS_REASON:
            with pytest.raises(Invalid):
                actions.set_state(commitment, to=to, by=by, now=make.LATER)
        else:
            assert actions.set_state(commitment, to=to, by=by, now=make.LATER).state == to

    def test_the_database_keeps_nothing_that_stopped_without_a_reason(self):
        commitment = make.commitment()
        with pytest.raises(IntegrityError, match="commitment_stopped_says_why"), transaction.atomic():
            Commitment.objects.filter(pk=commitment.pk).update(state="stopped", i18n={"reason_nl": ""})
        Commitment.objects.filter(pk=commitment.pk).update(state="stopped", i18n={"reason_nl": "Geen geld."})

    def test_a_moved_day_is_seen_and_a_late_step_is_late_until_done(self):
        commitment = make.commitment()
        by, due = staff(commitment.decision), date(2026, 7, 1)
        step = actions.add_milestone(commitment, title={"fr": "Plan"}, due_on=due, by=by, now=make.LATER)
        step = actions.change_milestone(
            step, title={"fr": "Plan"}, due_on=due + timedelta(days=9), by=by, now=make.LATER
        )
        assert (step.first_due_on, step.due_on) == (due, date(2026, 7, 10))
        assert not step.late(date(2026, 7, 10)) and step.late(date(2026, 7, 11))
        after = make.LATER + timedelta(days=60)
        with pytest.raises(Invalid):
            actions.finish_milestone(step, done_on=after.date() + timedelta(days=1), by=by, now=after)
        step = actions.finish_milestone(step, by=by, now=after)
        assert step.done_on == after.date() and not step.late(date(2027, 1, 1))
        with pytest.raises(NotAllowed):
            actions.finish_milestone(step, by=by, now=after)

    def test_a_milestone_has_a_name(self):
        commitment = make.commitment()
        with pytest.raises(Invalid):
            actions.add_milestone(
                commitment, title={"fr": " "}, due_on=make.TODAY, by=staff(commitment.decision), now=make.LATER
            )

    def test_nothing_is_said_of_promises_once_the_decision_is_annulled(self):
        commitment = make.commitment()
        by = staff(commitment.decision)
        selections.annul(commitment.decision.selection, reason=make.NO, by=by, now=make.LATER)
        with pytest.raises(NotAllowed):
            actions.set_state(commitment, to=CommitmentState.UNDER_WAY, by=by, now=make.LATER)

    def test_authors_supporters_and_followers_hear_once_each(self):
        commitment = make.commitment()
        idea, by = commitment.idea, staff(commitment.decision)
        supporter, follower, both = (ideas.resident(name) for name in ("Sam", "Fay", "Bo"))
        Idea.objects.filter(pk=idea.pk).update(state=IdeaState.SHORTLISTED)
        for person in (supporter, both):
            support(Idea.objects.get(), by=person, now=make.NOW)
        Idea.objects.filter(pk=idea.pk).update(state=IdeaState.SELECTED)
        for person in (follower, both):
            idea.process.follows.create(person=person, since=make.NOW)
        at = make.LATER.isoformat()
        tasks.tell(kind="state", commitment=commitment.pk, at=at, only_followers=True)
        assert {note.person.name for note in Notification.objects.filter(kind="decisions.state")} == {"Fay"}
        step = actions.add_milestone(commitment, title=make.YES, due_on=make.TODAY, by=by, now=make.LATER)
        tasks.tell(kind="milestone", commitment=commitment.pk, at=at, milestone=step.pk)
        told = [note.person.name for note in Notification.objects.filter(kind="decisions.milestone")]
        assert sorted(told) == sorted(["Bo", "Fay", "Sam", idea.author.name])


def test_a_member_of_staff_who_leaves_is_taken_off_promises():
    commitment = make.commitment()
    person = commitment.changed_by
    assert personal_data["decisions"].export(person)
    personal_data["decisions"].erase(person, make.LATER)
    commitment.refresh_from_db()
    assert commitment.changed_by is None


def test_the_readme_shows_the_table():
    readme = Path(app.__file__).with_name("README.md").read_text()
    for before, afters in TRANSITIONS.items():
        words = [after.value + ("!" if (before, after) in NEEDS_REASON else "") for after in afters]
        assert f"    {before.value:<10} -> {', '.join(words) or '(the end)'}\n" in readme
