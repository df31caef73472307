from datetime import timedelta
from itertools import pairwise

import pytest

from tests.participation.ideas.factories import NO, NOW, call, idea, in_state, on_paper, process, resident, staff
from zenne.core.errors import Conflict, Invalid
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import Channel, IdeaState, Moderation
from zenne.participation.ideas.models import Draft, Idea, StatusChange, Support
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db


def reason_of(refusal: pytest.ExceptionInfo[NotAllowed]) -> Reason:
    return refusal.value.refused.reason


class TestSubmitting:
    def test_post_moderation_publishes_at_once_and_keeps_the_way(self):
        made = idea(call(moderation=Moderation.AFTER))
        assert (made.state, made.published_at) == (IdeaState.PUBLISHED, NOW)
        assert list(made.changes.values_list("before", "after")) == [("", "submitted"), ("submitted", "published")]
        assert made.versions.get().number == 1
        assert Entry.objects.filter(event="idea.submitted", about_id=made.pk, actor=made.author).exists()

    def test_pre_moderation_waits_to_be_read(self):
        made = idea(call(moderation=Moderation.BEFORE))
        assert (made.state, made.published_at) == (IdeaState.SUBMITTED, None)

    @pytest.mark.parametrize(
        ("title", "text"),
        [("", "Text"), ("   ", "Text"), ("Title", ""), ("Title", " \n "), ("x" * 121, "Text"), ("Title", "x" * 10_001)],
    )
    def test_words_that_do_not_fit_are_refused_and_nothing_is_kept(self, title, text):
        with pytest.raises(Invalid):
            idea(title=title, text=text)
        assert not Idea.objects.exists()

    def test_longest_words_are_taken(self):
        assert idea(title="x" * 120, text="y" * 10_000).pk

    def test_closed_call_refuses(self):
        with pytest.raises(NotAllowed) as refusal:
            idea(now=NOW + timedelta(days=60))
        assert reason_of(refusal) == Reason.CLOSED

    def test_limit_per_person_refuses_the_next_and_forgets_the_withdrawn(self):
        activity, person = call(ideas_per_person=1), resident()
        first = idea(activity, author=person)
        with pytest.raises(NotAllowed) as refusal:
            idea(activity, author=person)
        assert reason_of(refusal) == Reason.LIMIT_REACHED
        actions.withdraw_idea(first, by=person, now=NOW)
        assert idea(activity, author=person).pk

    def test_theme_of_another_process_is_refused(self):
        stranger = call().process.themes.first()
        with pytest.raises(Invalid):
            idea(theme=stranger)

    def test_language_is_guessed_when_it_is_not_given(self):
        made = idea(
            title="Meer bomen op het plein",
            text="Het wordt veel te warm in de zomer, en er is nergens schaduw.",
            language="",
        )
        assert made.language == "nl"

    def test_draft_is_used_up(self):
        activity, person = call(), resident()
        draft = actions.save_draft(activity=activity, data={"title": "T"}, by=person, now=NOW - timedelta(hours=2))
        made = idea(activity, author=person, draft=draft)
        assert made.created_at == NOW - timedelta(hours=2)
        assert not Draft.objects.exists()

    def test_place_outside_the_region_is_refused(self):
        with pytest.raises(Invalid):
            idea(place=actions.Place(lon=5.57, lat=50.63, address="Liège"))


class TestOnBehalf:
    def test_staff_key_in_what_came_on_paper_also_after_closing(self):
        activity = call()
        made = on_paper(activity, now=NOW + timedelta(days=60))
        assert (made.channel, made.author, made.author_name) == (Channel.PAPER, None, "Mme Peeters")
        assert made.entered_by is not None
        assert made.byline == "Mme Peeters"

    def test_residents_cannot_write_for_somebody_else(self):
        activity = call()
        with pytest.raises(NotAllowed):
            on_paper(activity, by=resident())

    def test_staff_of_another_organisation_cannot(self):
        with pytest.raises(NotAllowed):
            on_paper(call(), by=staff(process().organisation))

    def test_name_is_asked(self):
        with pytest.raises(Invalid):
            on_paper(call(), name=" ")


class TestEditing:
    def test_author_corrects_and_the_earlier_words_stay(self):
        made = idea(title="Avant")
        actions.edit_idea(made, title="Après", text=made.text, by=made.author, now=NOW)
        assert list(made.versions.values_list("number", "title")) == [(2, "Après"), (1, "Avant")]

    def test_same_words_make_no_version(self):
        made = idea()
        actions.edit_idea(made, title=made.title, text=made.text, by=made.author, now=NOW)
        assert made.versions.count() == 1

    def test_nobody_else_edits(self):
        made = idea()
        for person in (resident("Koen"), staff(made.process.organisation)):
            with pytest.raises(NotAllowed) as refusal:
                actions.edit_idea(made, title="X", text="Y", by=person, now=NOW)
            assert reason_of(refusal) == Reason.NOT_YOURS

    def test_window_closes(self):
        made = idea(call(edit_minutes=30))
        actions.edit_idea(made, title="X", text="Y", by=made.author, now=NOW + timedelta(minutes=29))
        with pytest.raises(NotAllowed) as refusal:
            actions.edit_idea(made, title="Z", text="Y", by=made.author, now=NOW + timedelta(minutes=30))
        assert reason_of(refusal) == Reason.TOO_LATE

    def test_answer_ends_editing(self):
        made = idea()
        actions.answer_idea(made, body=NO, by=staff(made.process.organisation), now=NOW)
        with pytest.raises(NotAllowed):
            actions.edit_idea(made, title="X", text="Y", by=made.author, now=NOW)

    def test_withdrawn_before_the_ballot_only(self):
        made = in_state(IdeaState.SHORTLISTED)
        actions.withdraw_idea(made, reason="Plus d'actualité.", by=made.author, now=NOW)
        last = made.changes.last()
        assert (last.after, last.reason) == (IdeaState.WITHDRAWN, "Plus d'actualité.")
        late = in_state(IdeaState.ON_BALLOT)
        with pytest.raises(NotAllowed) as refusal:
            actions.withdraw_idea(late, by=late.author, now=NOW)
        assert reason_of(refusal) == Reason.WRONG_STATE


class TestStatuses:
    def test_reason_is_needed_to_refuse(self):
        made = idea()
        manager = staff(made.process.organisation)
        with pytest.raises(Invalid):
            actions.reject_idea(made, reason={"fr": "  "}, by=manager, now=NOW)
        made.refresh_from_db()
        assert made.state == IdeaState.PUBLISHED

    def test_reason_is_kept_in_each_language(self):
        made = idea()
        actions.reject_idea(made, reason=NO, by=staff(made.process.organisation), now=NOW)
        last = made.changes.last()
        assert (last.reason_fr, last.reason_nl, last.reason_en) == tuple(NO.values())

    def test_step_outside_the_table_is_refused(self):
        made = idea()
        with pytest.raises(NotAllowed) as refusal:
            actions.change_status(made, to=IdeaState.DONE, by=staff(made.process.organisation), now=NOW)
        assert reason_of(refusal) == Reason.WRONG_STATE

    def test_moderators_judge_admissibility_and_leave_the_rest_to_managers(self):
        made = idea()
        moderator = staff(made.process.organisation, Role.MODERATOR)
        actions.change_status(made, to=IdeaState.ADMISSIBLE, by=moderator, now=NOW)
        with pytest.raises(NotAllowed) as refusal:
            actions.change_status(made, to=IdeaState.SHORTLISTED, by=moderator, now=NOW)
        assert reason_of(refusal) == Reason.NOT_STAFF

    def test_staff_of_another_organisation_are_refused_everywhere(self):
        made, stranger = idea(), staff(process().organisation, Role.ADMIN)
        attempts = [
            lambda: actions.change_status(made, to=IdeaState.ADMISSIBLE, by=stranger, now=NOW),
            lambda: actions.answer_idea(made, body=NO, by=stranger, now=NOW),
            lambda: actions.assign(made, to=stranger, by=stranger, now=NOW),
            lambda: actions.add_note(made, text="x", by=stranger, now=NOW),
            lambda: actions.tag(made, add=["x"], by=stranger, now=NOW),
            lambda: actions.move(made, by=stranger, now=NOW),
            lambda: actions.propose_merge(source=made, target=idea(made.activity), reason=NO, by=stranger, now=NOW),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt()

    def test_many_at_once_say_which_could_not(self):
        activity = call()
        good, bad = idea(activity), idea(activity)
        manager = staff(activity.process.organisation)
        actions.withdraw_idea(bad, by=bad.author, now=NOW)
        outcome = actions.change_statuses([bad, good], to=IdeaState.ADMISSIBLE, by=manager, now=NOW)
        assert outcome.changed == [good]
        assert [one for one, _refusal in outcome.refused] == [bad]

    def test_answer_stops_the_clock_and_a_second_keeps_the_first(self):
        made = idea()
        manager = staff(made.process.organisation)
        actions.answer_idea(made, body={"fr": "Un"}, by=manager, now=NOW)
        actions.answer_idea(made, body={"fr": "Deux"}, by=manager, now=NOW + timedelta(days=1))
        made.refresh_from_db()
        assert made.answered_at == NOW
        assert list(made.answers.values_list("number", "body")) == [(2, "Deux"), (1, "Un")]


class TestDesk:
    def test_assigned_only_to_colleagues(self):
        made = idea()
        colleague = staff(made.process.organisation, Role.EDITOR)
        assert actions.assign(made, to=colleague, by=colleague, now=NOW).assigned_to == colleague
        with pytest.raises(Invalid):
            actions.assign(made, to=resident(), by=colleague, now=NOW)

    def test_tags_are_shared_within_the_organisation(self):
        made = idea()
        one = staff(made.process.organisation)
        actions.tag(made, add=["budget", " vert  foncé "], by=one, now=NOW)
        assert [tag.name for tag in actions.tag(made, remove=["budget"], by=one, now=NOW)] == ["vert foncé"]

    def test_moved_to_another_call_of_the_house_with_its_process(self):
        made = idea()
        goal = call(process(made.process.organisation))
        moved = actions.move(made, activity=goal, by=staff(made.process.organisation), now=NOW)
        assert (moved.activity, moved.process, moved.theme) == (goal, goal.process, None)
        with pytest.raises(Invalid):
            actions.move(made, activity=call(), by=staff(made.process.organisation), now=NOW)


class TestSupporting:
    def test_twice_counts_once(self):
        made, person = idea(), resident()
        for _time in range(2):
            actions.support(made, by=person, now=NOW)
        made.refresh_from_db()
        assert (made.support_count, made.oppose_count) == (1, 0)

    def test_no_becomes_yes_and_back(self):
        made, person = idea(call(oppose=True)), resident()
        actions.oppose(made, by=person, now=NOW)
        actions.support(made, by=person, now=NOW)
        made.refresh_from_db()
        assert (made.support_count, made.oppose_count) == (1, 0)
        actions.withdraw_support(made, by=person, now=NOW)
        made.refresh_from_db()
        assert (made.support_count, made.oppose_count, Support.objects.count()) == (0, 0, 0)

    def test_no_is_not_offered_unless_the_rule_says_so(self):
        with pytest.raises(NotAllowed) as refusal:
            actions.oppose(idea(), by=resident(), now=NOW)
        assert reason_of(refusal) == Reason.SWITCHED_OFF

    def test_limit_per_person(self):
        activity, person = call(supports_per_person=1), resident()
        first, second = idea(activity), idea(activity)
        actions.support(first, by=person, now=NOW)
        with pytest.raises(NotAllowed) as refusal:
            actions.support(second, by=person, now=NOW)
        assert reason_of(refusal) == Reason.LIMIT_REACHED
        actions.support(first, by=person, now=NOW)
        actions.withdraw_support(first, by=person, now=NOW)
        actions.support(second, by=person, now=NOW)

    def test_closed_states_and_unconfirmed_people_are_refused(self):
        from tests.people.organisations.factories import person

        with pytest.raises(NotAllowed) as refusal:
            actions.support(in_state(IdeaState.REJECTED), by=resident(), now=NOW)
        assert reason_of(refusal) == Reason.WRONG_STATE
        with pytest.raises(NotAllowed) as refusal:
            actions.support(idea(), by=person(), now=NOW)
        assert reason_of(refusal) == Reason.EMAIL_UNCONFIRMED


class TestMerging:
    def merge(self, source, target, manager):
        proposed = actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW)
        for consent in proposed.consents.all():
            actions.consent_merge(proposed, agreed=True, by=consent.person, now=NOW)
        return actions.complete_merge(proposed, by=manager, now=NOW)

    def test_supporters_are_carried_once_and_return(self):
        activity = call()
        source, target, manager = idea(activity), idea(activity), staff(activity.process.organisation)
        both, only_source, only_target = resident(), resident(), resident()
        for person, things in ((both, [source, target]), (only_source, [source]), (only_target, [target])):
            for thing in things:
                actions.support(thing, by=person, now=NOW)
        done = self.merge(source, target, manager)
        source.refresh_from_db()
        target.refresh_from_db()
        assert (source.state, source.merged_into, target.support_count) == (IdeaState.MERGED, target, 3)
        actions.undo_merge(done, reason=NO, by=manager, now=NOW)
        source.refresh_from_db()
        target.refresh_from_db()
        assert (source.state, source.merged_into, source.support_count, target.support_count) == (
            IdeaState.PUBLISHED,
            None,
            2,
            2,
        )

    def test_every_author_must_agree(self):
        activity = call()
        source, target, manager = idea(activity), idea(activity), staff(activity.process.organisation)
        proposed = actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW)
        actions.consent_merge(proposed, agreed=True, by=source.author, now=NOW)
        with pytest.raises(Conflict):
            actions.complete_merge(proposed, by=manager, now=NOW)
        with pytest.raises(Conflict):
            actions.propose_merge(source=source, target=idea(activity), reason=NO, by=manager, now=NOW)
        actions.consent_merge(proposed, agreed=False, by=target.author, now=NOW)
        with pytest.raises(NotAllowed):
            actions.complete_merge(proposed, by=manager, now=NOW)
        assert actions.propose_merge(source=source, target=idea(activity), reason=NO, by=manager, now=NOW).pk

    def test_nobody_else_consents(self):
        activity = call()
        manager = staff(activity.process.organisation)
        proposed = actions.propose_merge(source=idea(activity), target=idea(activity), reason=NO, by=manager, now=NOW)
        with pytest.raises(NotAllowed):
            actions.consent_merge(proposed, agreed=True, by=resident(), now=NOW)

    def test_paper_has_nobody_to_ask(self):
        activity = call()
        manager = staff(activity.process.organisation)
        proposed = actions.propose_merge(
            source=on_paper(activity), target=on_paper(activity), reason=NO, by=manager, now=NOW
        )
        assert actions.complete_merge(proposed, by=manager, now=NOW).completed_at == NOW

    def test_supporter_of_two_sources_keeps_the_voice_when_one_is_undone(self):
        activity = call()
        one, two, target = idea(activity), idea(activity), idea(activity)
        manager, person = staff(activity.process.organisation), resident()
        for thing in (one, two):
            actions.support(thing, by=person, now=NOW)
        first = self.merge(one, target, manager)
        self.merge(two, target, manager)
        actions.undo_merge(first, reason=NO, by=manager, now=NOW)
        target.refresh_from_db()
        assert target.support_count == 1

    def test_chain_is_undone_from_its_end(self):
        activity = call()
        a, b, c = idea(activity), idea(activity), idea(activity)
        manager, person = staff(activity.process.organisation), resident()
        actions.support(a, by=person, now=NOW)
        first = self.merge(a, b, manager)
        b.refresh_from_db()
        second = self.merge(b, c, manager)
        c.refresh_from_db()
        assert c.support_count == 1
        with pytest.raises(Conflict):
            actions.undo_merge(first, reason=NO, by=manager, now=NOW)
        actions.undo_merge(second, reason=NO, by=manager, now=NOW)
        actions.undo_merge(first, reason=NO, by=manager, now=NOW)
        assert [(thing.refresh_from_db(), thing.support_count, thing.merged_into)[1:] for thing in (a, b, c)] == [
            (1, None),
            (0, None),
            (0, None),
        ]


def test_each_step_has_its_row_on_the_public_timeline():
    made = in_state(IdeaState.ON_BALLOT)
    ways = list(StatusChange.objects.filter(idea=made).order_by("id").values_list("before", "after"))
    assert all(before[1] == after[0] for before, after in pairwise(ways))


def test_submit_freezes_the_rule_it_is_made_under():
    activity = call()
    made = idea(activity)
    activity.refresh_from_db()
    assert activity.frozen_at == made.submitted_at
    assert activity.rule_versions.count() == 1
