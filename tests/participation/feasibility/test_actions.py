from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.messaging.notifications.telling import told
from tests.participation.ideas import factories as ideas
from zenne.core.errors import Conflict, Invalid
from zenne.messaging.notifications.models import Notification
from zenne.participation.feasibility import actions, queries
from zenne.participation.feasibility.actions import Finding
from zenne.participation.feasibility.enums import TRANSITIONS, Obstacle, StudyState
from zenne.participation.feasibility.models import Feasibility, Study
from zenne.participation.ideas.actions import withdraw_idea
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.processes.models import Phase
from zenne.participation.selections import actions as selections
from zenne.participation.selections.enums import Outcome
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


class TestSending:
    def test_an_idea_goes_to_a_service_with_a_day_its_answer_is_due(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            study = make.study(question="Is the ground free?")
        assert study.state == StudyState.REQUESTED
        assert study.due_on == date(2026, 7, 16)  # thirty days after 16 June
        assert told(study.service.members.get()) == ["feasibility.requested"]
        assert Entry.objects.filter(event="study.sent", about_id=study.pk).exists()

    def test_sending_twice_to_a_service_leaves_the_first_study(self):
        study = make.study()
        again = actions.send(
            study.feasibility, ideas=[study.idea], service=study.service, by=study.requested_by, now=make.LATER
        )
        assert again == [] and Study.objects.count() == 1

    def test_only_ideas_of_the_call_and_services_of_the_organisation_are_taken(self):
        study = make.study()
        staff, stranger = study.requested_by, ideas.idea()
        elsewhere = make.service(stranger.process.organisation)
        for given in (
            {"ideas": [stranger], "service": study.service},
            {"ideas": [study.idea], "service": elsewhere},
            {"ideas": [], "service": study.service},
        ):
            with pytest.raises(Invalid):
                actions.send(study.feasibility, by=staff, now=make.LATER, **given)

    def test_an_answer_is_never_due_in_the_past(self):
        with pytest.raises(Invalid):
            make.study(due_on=date(2026, 6, 15))

    def test_nothing_is_sent_before_the_activity_opens_and_then_its_rule_is_frozen(self):
        idea = ideas.idea()
        of = make.activity(idea.activity)
        early = idea.activity.phase.opens_at - timedelta(hours=1)
        service, staff = make.service(idea.process.organisation), ideas.staff(idea.process.organisation)
        with pytest.raises(NotAllowed):
            actions.send(of, ideas=[idea], service=service, by=staff, now=early)
        actions.send(of, ideas=[idea], service=service, by=staff, now=make.LATER)
        assert of.activity.rule_versions.count() == 1

    def test_only_managers_send(self):
        study = make.study()
        for person in (study.service.members.get(), ideas.resident(), study.idea.author):
            with pytest.raises(NotAllowed):
                actions.send(study.feasibility, ideas=[study.idea], service=study.service, by=person, now=make.LATER)

    def test_what_was_not_answered_can_be_taken_back(self):
        study, answered = make.study(), make.answered()
        actions.recall(study, by=study.requested_by, now=make.LATER)
        with pytest.raises(NotAllowed):
            actions.recall(answered, by=answered.requested_by, now=make.LATER)
        assert list(Study.objects.all()) == [answered]

    def test_the_ideas_of_a_decision_are_studied_too(self):
        from tests.participation.selections import factories as selected

        call = ideas.call()
        kept, dropped = ideas.idea(call), ideas.idea(call)
        jury = selected.published([kept], [dropped])
        of = make.activity(call, call=None, source=jury)
        assert list(queries.waiting(of)) == [kept]
        make.study(kept, of=of)
        assert not queries.waiting(of).exists()


class TestAnswering:
    def test_the_author_hears_what_a_service_found(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            study = make.answered(finding=make.REFUSED)
        assert (study.state, study.answered_at) == (StudyState.REFUSED, make.LATER)
        assert told(study.idea.author) == ["feasibility.answered"]

    @pytest.mark.parametrize(
        "finding",
        [
            Finding(to=StudyState.REFUSED, obstacle=Obstacle.LAW),
            Finding(to=StudyState.REFUSED, obstacle=Obstacle.LAW, reason={"fr": "  "}),
            Finding(to=StudyState.REFUSED, reason=make.WHY),
            Finding(to=StudyState.ADAPTATION),
            Finding(to=StudyState.FEASIBLE, cost_cents=100),
            Finding(to=StudyState.FEASIBLE, delay_months=1),
        ],
        ids=["no reason", "blank reason", "no obstacle", "nothing asked", "no months", "no cost"],
    )
    def test_an_answer_that_lacks_something_is_refused(self, finding):
        with pytest.raises(Invalid):
            make.answered(finding=finding)

    @pytest.mark.parametrize("words", [{"reason": ""}, {"reason": "", "i18n": {"reason_nl": ""}}])
    @pytest.mark.parametrize("state", ["refused", "adaptation"])
    def test_the_database_keeps_no_refusal_without_a_reason(self, words, state):
        study = make.study()
        obstacle = "law" if state == "refused" else ""
        change = {"state": state, "obstacle": obstacle, "answered_at": make.LATER}
        with pytest.raises(IntegrityError, match="study_says_why"), transaction.atomic():
            Study.objects.filter(pk=study.pk).update(**change, **words)
        Study.objects.filter(pk=study.pk).update(**change, reason="", i18n={"reason_nl": "Daarom niet."})

    def test_only_the_service_and_managers_answer(self):
        study = make.study()
        colleague = ideas.staff(study.idea.process.organisation, Role.EDITOR)
        for person in (colleague, ideas.resident(), study.idea.author, ideas.staff(ideas.call().process.organisation)):
            with pytest.raises(NotAllowed):
                actions.answer(study, make.FEASIBLE, by=person, now=make.LATER)
        assert actions.answer(study, make.FEASIBLE, by=study.requested_by, now=make.LATER).cost_cents == 1_250_050

    def test_a_member_who_left_the_organisation_answers_no_more(self):
        study = make.study()
        member = study.service.members.get()
        member.memberships.all().delete()
        with pytest.raises(NotAllowed):
            actions.answer(study, make.FEASIBLE, by=member, now=make.LATER)

    @pytest.mark.parametrize("state", list(StudyState))
    def test_no_answer_jumps_where_the_table_has_no_step(self, state):
        study = make.study()
        person = study.service.members.get()
        findings = {"adaptation": make.ADAPT, "feasible": make.FEASIBLE, "refused": make.REFUSED}
        if state in findings:
            study = actions.answer(study, findings[state], by=person, now=make.LATER)
        elif state == StudyState.IN_PROGRESS:
            study = actions.begin(study, by=person, now=make.LATER)
        for to, finding in findings.items():
            if to in TRANSITIONS[state]:
                continue
            with pytest.raises(NotAllowed):
                actions.answer(study, finding, by=person, now=make.LATER)

    def test_what_is_studied_again_waits_for_its_answer_again(self):
        study = make.answered(finding=make.REFUSED)
        study = actions.begin(study, by=study.requested_by, now=make.LATER)
        assert (study.state, study.answered_at, study.obstacle) == (StudyState.IN_PROGRESS, None, "")


class TestAdapting:
    def test_the_author_adapts_and_the_service_studies_again(self, django_capture_on_commit_callbacks):
        study = make.answered(finding=make.ADAPT)
        idea, member = study.idea, study.service.members.get()
        with django_capture_on_commit_callbacks(execute=True):
            study = actions.adapt(
                study, title=idea.title, text="Deux mètres plus loin.", by=idea.author, now=make.LATER
            )
        idea.refresh_from_db()
        assert (idea.text, idea.versions.count()) == ("Deux mètres plus loin.", 2)
        assert (study.state, study.adapted_at) == (StudyState.IN_PROGRESS, make.LATER)
        assert told(member) == ["feasibility.adapted"]

    def test_the_same_words_are_no_adaptation(self):
        study = make.answered(finding=make.ADAPT)
        with pytest.raises(Invalid):
            actions.adapt(study, title=study.idea.title, text=study.idea.text, by=study.idea.author, now=make.LATER)

    def test_nobody_else_adapts_and_nobody_unasked(self):
        study = make.answered(finding=make.ADAPT)
        with pytest.raises(NotAllowed):
            actions.adapt(study, title="Autre", text="Autre", by=study.requested_by, now=make.LATER)
        refused = make.answered(finding=make.REFUSED)
        with pytest.raises(NotAllowed):
            actions.adapt(refused, title="Autre", text="Autre", by=refused.idea.author, now=make.LATER)


class TestDueDates:
    def test_services_hear_of_what_is_due_and_of_what_is_late_each_once(self):
        study = make.study(due_on=date(2026, 6, 20))
        person = study.service.members.get()
        for day in (16, 17, 18, 20, 21, 22):
            actions.remind_due(now=make.NOW.replace(day=day))
        assert told(person) == ["feasibility.due", "feasibility.due"]
        assert [note.created_at.day for note in Notification.objects.filter(person=person).order_by("pk")] == [17, 21]

    def test_nobody_is_late_while_an_author_adapts(self):
        study = make.answered(finding=make.ADAPT, due_on=date(2026, 6, 20))
        assert not study.late(date(2026, 8, 1))
        assert actions.remind_due(now=make.NOW.replace(month=8)) == 0

    def test_nobody_waits_for_what_is_found_of_an_idea_that_is_gone(self):
        study = make.study(due_on=date(2026, 6, 20))
        withdraw_idea(study.idea, by=study.idea.author, now=make.LATER)
        gone = Study.objects.select_related("idea__process").get()
        assert gone.set_aside and not gone.late(date(2026, 8, 1))
        assert actions.remind_due(now=make.LATER + timedelta(days=60)) == 0
        assert not queries.wanted(Study.objects.all(), {"due": "late"}, person=None, today=date(2026, 8, 1))

    def test_late_ones_are_found(self):
        late, early = make.study(due_on=date(2026, 6, 20)), make.study(due_on=date(2026, 9, 1))
        found = queries.wanted(Study.objects.all(), {"due": "late"}, person=None, today=date(2026, 6, 21))
        assert list(found) == [late] and early.pk


class TestList:
    def publish(self, of: Feasibility, **given):
        staff = ideas.staff(of.activity.process.organisation)
        return actions.publish_list(of, title=make.TITLE, statement={}, by=staff, now=make.LATER, **given)

    def test_the_list_freezes_costs_and_reasons(self):
        call = ideas.call()
        good, bad, gone = (ideas.idea(call) for _ in range(3))
        parks = make.service(call.process.organisation, name="Parcs")
        make.answered(good, to=parks)
        roads = make.service(call.process.organisation)
        make.answered(good, Finding(to=StudyState.FEASIBLE, cost_cents=49_950, delay_months=9), to=roads)
        make.answered(bad, make.REFUSED)
        make.study(gone)
        withdraw_idea(gone, by=gone.author, now=make.LATER)
        made = self.publish(Feasibility.objects.get())
        found = {choice.idea: choice for choice in made.choices.all()}
        assert {idea: choice.outcome for idea, choice in found.items()} == {
            good: Outcome.KEPT,
            bad: Outcome.NOT_KEPT,
            gone: Outcome.SET_ASIDE,
        }
        assert found[good].cost_cents == 1_300_000
        assert "13,000" in found[good].reason_en and "9 months" in found[good].reason_en
        assert make.WHY["nl"] in found[bad].reason_nl and len(found[bad].text_digest) == 64
        states = {idea: type(idea).objects.get(pk=idea.pk).state for idea in found}
        assert states == {good: IdeaState.COSTED, bad: IdeaState.INADMISSIBLE, gone: IdeaState.WITHDRAWN}

    def test_ideas_that_a_jury_kept_stay_shortlisted_or_are_not_selected(self):
        from tests.participation.selections import factories as selected

        call = ideas.call()
        good, bad = ideas.idea(call), ideas.idea(call)
        of = make.activity(call, call=None, source=selected.published([good, bad]))
        make.answered(good, of=of)
        make.answered(bad, make.REFUSED, of=of)
        made = self.publish(of)
        assert made.source == of.source
        states = [type(idea).objects.get(pk=idea.pk).state for idea in (good, bad)]
        assert states == [IdeaState.SHORTLISTED, IdeaState.NOT_SELECTED]

    def test_no_list_while_an_idea_waits_or_went_to_no_service(self):
        study = make.study(ideas.idea(title="Waiting"))
        with pytest.raises(Conflict, match="Waiting"):
            self.publish(study.feasibility)
        actions.answer(study, make.FEASIBLE, by=study.requested_by, now=make.LATER)
        unsent = ideas.idea(study.idea.activity, title="Unsent")
        with pytest.raises(Conflict, match="Unsent"):
            self.publish(study.feasibility)
        withdraw_idea(unsent, by=unsent.author, now=make.LATER)
        assert self.publish(study.feasibility).number == 1

    def test_one_refusal_among_several_services_keeps_an_idea_off_the_list(self):
        idea = ideas.idea()
        organisation = idea.process.organisation
        make.answered(idea, to=make.service(organisation, name="Parcs"))
        make.answered(idea, make.REFUSED, to=make.service(organisation))
        choice = self.publish(Feasibility.objects.get()).choices.get()
        assert (choice.outcome, choice.cost_cents) == (Outcome.NOT_KEPT, None)
        assert "Parcs" not in choice.reason

    def test_after_the_list_no_answer_changes_until_it_is_annulled(self):
        study = make.answered(finding=make.REFUSED)
        staff = study.requested_by
        made = self.publish(study.feasibility)
        with pytest.raises(NotAllowed):
            actions.answer(study, make.FEASIBLE, by=staff, now=make.LATER)
        with pytest.raises(NotAllowed):
            self.publish(study.feasibility)
        selections.annul(made, reason=make.WHY, by=staff, now=make.LATER)
        assert actions.answer(study, make.FEASIBLE, by=staff, now=make.LATER).state == StudyState.FEASIBLE

    def test_no_list_of_an_activity_that_has_not_opened(self):
        study = make.answered()
        Phase.objects.filter(pk=study.feasibility.activity.phase_id).update(opens_at=make.LATER + timedelta(days=1))
        of = Feasibility.objects.get()
        with pytest.raises(NotAllowed):
            self.publish(of)
        assert not of.activity.selections.exists()


def test_settings_take_a_call_or_a_decision_of_the_same_process():
    of, other = make.activity(), ideas.call()
    staff = ideas.staff(of.activity.process.organisation)
    with pytest.raises(Invalid):
        actions.change_feasibility(of, values={"call": other}, by=staff, now=make.LATER)
    changed = actions.change_feasibility(
        of, values={"call": None, "days": 10}, reason=make.WHY, by=staff, now=make.LATER
    )
    assert (changed.call, changed.days) == (None, 10)


def test_a_person_who_leaves_is_taken_off_studies():
    study = make.answered()
    member = study.answered_by
    assert personal_data["feasibility"].export(member)["studies_answered_as_staff"]
    personal_data["feasibility"].erase(member, make.LATER)
    study.refresh_from_db()
    assert study.answered_by is None and not study.service.members.exists()


def test_the_readme_shows_the_table():
    from pathlib import Path

    import zenne.participation.feasibility as app

    readme = Path(app.__file__).with_name("README.md").read_text()
    for before, afters in TRANSITIONS.items():
        assert f"    {before.value:<12} -> {', '.join(after.value for after in afters)}\n" in readme
