"""Somebody advises, a body answers recommendation by recommendation, and what it takes up is followed up like any promise."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import zenne.participation.advices as app
from tests.messaging.notifications.telling import told
from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from zenne.core.errors import Invalid
from zenne.core.languages import attribute
from zenne.participation.advices import actions
from zenne.participation.advices.enums import TRANSITIONS, AdviceState, Verdict
from zenne.participation.advices.models import Advice, Answer, Recommendation
from zenne.participation.decisions import actions as following
from zenne.participation.decisions.enums import CommitmentState
from zenne.participation.decisions.models import Commitment
from zenne.participation.processes.models import Follow
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATE = make.NOW + timedelta(days=63)


def staff(advice, role=Role.MANAGER):
    return ideas.staff(advice.process.organisation, role)


class TestIssuing:
    def test_an_advice_is_public_at_once_with_its_recommendations_and_the_next_number(self):
        process = ideas.process()
        first, second = make.issued(process), make.issued(process)
        assert (first.number, second.number, first.state) == (1, 2, AdviceState.ISSUED)
        assert [(each.position, each.title_nl) for each in first.recommendations.all()] == [
            (1, "Vraag 1"),
            (2, "Vraag 2"),
        ]
        assert (first.issuer_nl, first.issued_at) == ("De wijkraad", make.NOW)

    def test_those_who_advise_write_in_the_languages_they_have(self):
        made = make.issued(title={"nl": "Schaduw"}, text={}, issuer={"nl": "De wijkraad"})
        assert str(made) == "Schaduw"

    def test_an_upper_app_that_asked_its_own_rule_issues_and_withdraws_for_those_who_advise(self):
        process = ideas.process()
        words = {"issuer": make.ISSUER, "title": make.TITLE, "text": make.TEXT}
        body = decisions.body(process.organisation)
        made = actions.issue(
            process, **words, body=body, recommendations=[make.asked()], due_on=make.DUE, by=None, now=make.NOW
        )
        assert made.issued_by is None
        assert actions.withdraw(made, reason=make.NO, by=None, now=make.NOW).state == AdviceState.WITHDRAWN

    @pytest.mark.parametrize(
        "given",
        [
            {"asks": []},
            {"title": {}},
            {"issuer": {"fr": "  "}},
            {"due_on": make.TODAY},
            {"asks": [actions.Asked(title={"fr": " "})]},
        ],
    )
    def test_nothing_is_issued_without_words_a_recommendation_and_a_day_to_come(self, given):
        with pytest.raises(Invalid):
            make.issued(**given)
        assert not Advice.objects.exists()

    def test_it_is_addressed_to_a_body_of_the_same_organisation(self):
        with pytest.raises(Invalid):
            make.issued(body=decisions.body(ideas.process().organisation))

    def test_nothing_is_issued_in_a_process_that_nobody_reads(self):
        with pytest.raises(NotAllowed):
            make.issued(ideas.process(state="draft", published_at=None))

    def test_editors_prepare_and_managers_issue_and_then_nobody_changes_it(self):
        process = ideas.process()
        editor = ideas.staff(process.organisation, Role.EDITOR)
        body = decisions.body(process.organisation)
        values = {"body": body, "due_on": make.DUE, "title_fr": "Ombre", "issuer_fr": "Le jury"}
        made = actions.prepare(process, values=values, by=editor, now=make.NOW)
        one = actions.recommend(made, title={"fr": "Un"}, text={}, by=editor)
        two = actions.recommend(made, title={"fr": "Deux"}, text={}, by=editor)
        actions.recommend(made, title={"fr": "Deux fois"}, text={}, which=two, by=editor)
        actions.drop(one, by=editor)
        assert [(each.position, each.title) for each in made.recommendations.all()] == [(1, "Deux fois")]
        with pytest.raises(NotAllowed):
            actions.issue_draft(made, by=editor, now=make.NOW)
        made = actions.issue_draft(made, by=staff(made), now=make.NOW)
        for verb in (
            lambda: actions.edit(made, values={"title_fr": "Autre"}, by=editor, now=make.NOW),
            lambda: actions.recommend(made, title={"fr": "Trois"}, text={}, by=editor),
            lambda: actions.recommend(made, title={"fr": "Trois"}, text={}, by=None),
            lambda: actions.drop(two, by=editor),
            lambda: actions.discard(made, by=editor, now=make.NOW),
            lambda: actions.issue_draft(made, by=staff(made), now=make.NOW),
        ):
            with pytest.raises(NotAllowed):
                verb()

    def test_what_was_never_issued_can_be_thrown_away(self):
        process = ideas.process()
        values = {"body": decisions.body(process.organisation), "due_on": make.DUE}
        made = actions.prepare(process, values=values, by=ideas.staff(process.organisation), now=make.NOW)
        actions.recommend(made, title={"fr": "Un"}, text={}, by=None)
        actions.discard(made, by=staff(made), now=make.NOW)
        assert not Recommendation.objects.exists()


class TestAnswering:
    def test_what_is_taken_up_even_in_part_is_promised_and_what_is_refused_is_not(self):
        advice = make.issued(recommendations=3)
        by = staff(advice)
        for each, verdict in zip(advice.recommendations.all(), Verdict, strict=True):
            actions.answer(each, verdict=verdict, reason=make.WHY, by=by)
        assert not Commitment.objects.exists(), "a draft promises nothing"
        advice = actions.publish_answer(advice, by=by, now=make.NOW)
        assert (advice.state, advice.decided_on) == (AdviceState.ANSWERED, make.TODAY)
        promised = Commitment.objects.order_by("pk")
        assert [each.title_nl for each in promised] == ["Vraag 1", "Vraag 2"]
        assert {each.process for each in promised} == {advice.process}

    def test_a_promise_to_those_who_advised_is_followed_up_like_any(self):
        advice = make.answered()
        by, commitment = staff(advice), Commitment.objects.get()
        step = following.add_milestone(commitment, title={"fr": "Plan"}, due_on=make.DUE, by=by, now=make.NOW)
        following.finish_milestone(step, by=by, now=make.NOW)
        for to in (CommitmentState.UNDER_WAY, CommitmentState.DONE):
            following.set_state(commitment, to=to, by=by, now=make.NOW)
        commitment.refresh_from_db()
        assert commitment.state == "done"

    def test_no_answer_is_published_while_a_recommendation_or_a_promised_language_is_missing(self):
        advice = make.issued()
        by, (one, two) = staff(advice), advice.recommendations.all()
        organisation = advice.process.organisation
        organisation.languages = ["fr", "nl"]
        organisation.save()
        actions.answer(one, verdict=Verdict.TAKEN, reason=make.WHY, by=by)
        actions.answer(two, verdict=Verdict.REFUSED, reason={"fr": "Non."}, by=by)
        with pytest.raises(Invalid, match=": 2"):
            actions.publish_answer(advice, by=by, now=make.NOW)
        actions.answer(two, verdict=None, reason=make.NO, by=by)
        with pytest.raises(Invalid, match=": 2"):
            actions.publish_answer(advice, by=by, now=make.NOW)
        actions.answer(two, verdict=Verdict.REFUSED, reason=make.NO, by=by)
        actions.edit_answer(advice, values={"statement_fr": "Merci."}, by=by)
        with pytest.raises(Invalid, match="statement"):
            actions.publish_answer(advice, by=by, now=make.NOW)
        assert not Commitment.objects.exists()
        actions.edit_answer(advice, values={"statement_nl": "Bedankt."}, by=by)
        assert actions.publish_answer(advice, by=by, now=make.NOW).state == AdviceState.ANSWERED

    def test_the_database_keeps_no_answer_without_a_reason_in_every_promised_language(self):
        advice = make.issued(recommendations=1)
        each = advice.recommendations.get()
        organisation = advice.process.organisation
        organisation.languages = ["fr", "nl"]
        organisation.save()
        said = Answer.objects.create(recommendation=each, verdict="refused", reason="Non.")
        answered = {"state": "answered", "answered_at": make.NOW, "decided_on": make.TODAY}
        with pytest.raises(IntegrityError, match="reason in every promised language"), transaction.atomic():
            Advice.objects.filter(pk=advice.pk).update(**answered)
        said.reason_nl = "Neen."
        said.save()
        Advice.objects.filter(pk=advice.pk).update(**answered)

    def test_an_answer_is_never_given_tomorrow(self):
        advice = make.issued(recommendations=1)
        by = staff(advice)
        actions.answer(advice.recommendations.get(), verdict=Verdict.TAKEN, reason=make.WHY, by=by)
        actions.edit_answer(advice, values={"decided_on": make.TODAY + timedelta(days=1)}, by=by)
        with pytest.raises(Invalid):
            actions.publish_answer(advice, by=by, now=make.NOW)

    def test_editors_draft_and_managers_publish_and_then_nobody_changes_it(self):
        advice = make.issued(recommendations=1)
        editor, each = staff(advice, Role.EDITOR), advice.recommendations.get()
        actions.answer(each, verdict=Verdict.TAKEN, reason=make.WHY, by=editor)
        with pytest.raises(NotAllowed):
            actions.publish_answer(advice, by=editor, now=make.NOW)
        advice = actions.publish_answer(advice, by=staff(advice), now=make.NOW)
        for verb in (
            lambda: actions.answer(each, verdict=Verdict.REFUSED, reason=make.NO, by=editor),
            lambda: actions.edit_answer(advice, values={"reference": "x"}, by=editor),
            lambda: actions.publish_answer(advice, by=staff(advice), now=make.NOW),
            lambda: actions.withdraw(advice, reason=make.NO, by=staff(advice), now=make.NOW),
        ):
            with pytest.raises(NotAllowed):
                verb()

    def test_somebody_elses_staff_answers_nothing(self):
        advice = make.issued()
        stranger = ideas.staff(ideas.process().organisation)
        with pytest.raises(NotAllowed):
            actions.answer(advice.recommendations.first(), verdict=Verdict.TAKEN, reason=make.WHY, by=stranger)


class TestWhatStays:
    """The database holds it, whoever writes."""

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "Autre"},
            {"i18n": {"title_nl": "Anders"}},
            {"due_on": make.DUE + timedelta(days=30)},
            {"state": "draft", "number": None, "issued_at": None},
        ],
    )
    def test_what_an_issued_advice_asks_never_changes(self, change):
        advice = make.issued()
        with pytest.raises(IntegrityError), transaction.atomic():
            Advice.objects.filter(pk=advice.pk).update(**change)

    def test_neither_do_its_recommendations_nor_what_was_answered(self):
        advice = make.answered()
        for rows, change in (
            (Recommendation.objects.filter(advice=advice), {"title": "Autre"}),
            (Answer.objects.all(), {"reason": "Autre"}),
            (Advice.objects.filter(pk=advice.pk), {"reference": "x"}),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            advice.delete()


def test_a_withdrawal_needs_a_reason_and_leaves_everything_readable():
    advice = make.issued()
    by = staff(advice)
    with pytest.raises(Invalid):
        actions.withdraw(advice, reason={"fr": " "}, by=by, now=make.NOW)
    advice = actions.withdraw(advice, reason=make.NO, by=by, now=make.NOW)
    assert (advice.state, advice.withdrawal_nl) == (AdviceState.WITHDRAWN, make.NO["nl"])
    assert advice.days_late(make.DUE + timedelta(days=9)) == 0
    with pytest.raises(NotAllowed):
        actions.answer(advice.recommendations.first(), verdict=Verdict.TAKEN, reason=make.WHY, by=by)


def test_days_are_counted_from_the_day_after_and_stand_still_at_the_answer():
    advice = make.issued()
    assert [advice.days_late(make.DUE + timedelta(days=n)) for n in (-1, 0, 1, 30)] == [0, 0, 1, 30]
    assert [advice.days_left(make.DUE - timedelta(days=n)) for n in (3, 0, -2)] == [3, 0, 0]
    advice = make.answered(advice, now=LATE)
    assert advice.days_late(make.DUE + timedelta(days=400)) == 3


class TestTelling:
    def test_the_bodys_staff_and_followers_hear_of_it(self, django_capture_on_commit_callbacks):
        process = ideas.process()
        follower, editor = ideas.resident(), ideas.staff(process.organisation, Role.EDITOR)
        moderator = ideas.staff(process.organisation, Role.MODERATOR)
        Follow.objects.create(process=process, person=follower, since=make.NOW)
        with django_capture_on_commit_callbacks(execute=True):
            advice = make.issued(process, by=None)
        assert told(editor) == ["advices.to_answer"] and told(follower) == ["advices.issued"]
        assert told(moderator) == []
        with django_capture_on_commit_callbacks(execute=True):
            make.answered(advice)
        assert told(follower) == ["advices.issued", "advices.answered"]

    def test_reminders_come_once_at_each_stage_before_and_after_the_day(self):
        process = ideas.process()
        follower, editor = ideas.resident(), ideas.staff(process.organisation, Role.EDITOR)
        Follow.objects.create(process=process, person=follower, since=make.NOW)
        make.issued(process)
        heard = {}
        for days in range(-40, 31):
            for _twice in range(2):
                moment = make.NOW + timedelta(days=60 + days)
                actions.remind_due(now=moment)
            if (count := len(told(editor))) not in heard:
                heard[count] = days
        assert heard == {0: -40, 1: -30, 2: -7, 3: -1, 4: 1, 5: 15, 6: 29}
        assert told(editor) == ["advices.due"] * 3 + ["advices.overdue"] * 3
        assert told(follower) == ["advices.late"]

    def test_nobody_is_reminded_of_what_is_answered(self):
        advice = make.answered()
        editor = staff(advice, Role.EDITOR)
        actions.remind_due(now=LATE)
        assert told(editor) == []


def test_every_step_is_in_the_history():
    advice = make.answered()
    found = Entry.objects.filter(event__startswith="advice.").order_by("pk").values_list("event", flat=True)
    assert list(found) == ["advice.prepared", "advice.issued", "advice.answered"]
    assert advice.is_public


def test_whoever_leaves_takes_their_name_along():
    advice = make.answered()
    person = advice.answered_by
    assert personal_data["advices"].export(person)["advices_answered_by_me"]
    personal_data["advices"].erase(person, make.NOW)
    advice.refresh_from_db()
    assert advice.answered_by is None


def test_the_words_of_an_answer_are_those_of_the_languages():
    assert {attribute("statement", code) for code in ("fr", "nl", "en")} <= actions.ANSWER_FIELDS


def test_the_readme_shows_the_table():
    readme = Path(app.__file__).with_name("README.md").read_text()
    for before, afters in TRANSITIONS.items():
        words = [after.value for after in afters]
        assert f"    {before.value:<10} -> {', '.join(words) or '(the end)'}\n" in readme
