"""A body is called, meets and resolves; a plan changes by that, and by nothing else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.strategy.portfolio import factories as plans
from zenne.core.errors import Conflict, Invalid
from zenne.messaging.notifications.models import Notification
from zenne.participation.decisions.models import Decision
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role
from zenne.strategy.governance import actions
from zenne.strategy.governance.enums import ItemKind, Outcome
from zenne.strategy.governance.models import Resolution, Sitting
from zenne.strategy.portfolio import actions as portfolio
from zenne.strategy.portfolio.enums import PlanState, ProjectState, RevisionState
from zenne.strategy.portfolio.models import Plan, Project, Revision

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def proposed():
    """A revision that waits for a decision, with a project on the shortlist."""
    plan = plans.plan(make.house())
    plans.project(plan, state=ProjectState.SHORTLISTED)
    return portfolio.propose(plan, reason=make.WHY, by=None, now=make.NOW)


class TestAPlanChanges:
    def test_adopting_a_revision_gives_it_force_and_leaves_a_decision_that_everyone_reads(self, client, proposed):
        body = make.college(proposed.plan.organisation)
        resolution = make.resolved(make.held(body, revision=proposed).items.get())
        revision = Revision.objects.get()
        assert (revision.state, revision.body, revision.decision) == (RevisionState.VALID, body, resolution.decision)
        assert Plan.objects.get().state == PlanState.VALID
        assert Project.objects.get().state == ProjectState.VALIDATED
        said = client.get(f"/api/v1/decisions/{resolution.decision_id}").json()
        assert (said["reference"], said["decided_on"], said["role"]) == ("2026/0618/3", "2026-06-18", "college")

    def test_refusing_it_leaves_the_plan_as_it_was_with_the_reason(self, proposed):
        body = make.college(proposed.plan.organisation)
        resolution = make.resolved(make.held(body, revision=proposed).items.get(), Outcome.REFUSED)
        revision = Revision.objects.get()
        assert (revision.state, revision.answer_en) == (RevisionState.REFUSED, make.WHY["en"])
        assert Plan.objects.get().state == PlanState.DRAFT
        assert resolution.decision.title_en == "Refused: The budget"

    def test_postponing_it_decides_nothing(self, proposed):
        body = make.college(proposed.plan.organisation)
        make.resolved(make.held(body, revision=proposed).items.get(), Outcome.POSTPONED)
        assert Revision.objects.get().state == RevisionState.PROPOSED
        assert not Decision.objects.exists()

    def test_directors_discuss_a_revision_and_do_not_decide_it(self, proposed):
        meeting = make.sitting(make.directors(proposed.plan.organisation))
        with pytest.raises(Invalid, match="Only a College or a council"):
            make.item(meeting, revision=proposed)
        assert make.item(meeting, revision=proposed, kind=ItemKind.DISCUSSION).revision == proposed

    def test_it_is_never_decided_behind_closed_doors(self, proposed):
        meeting = make.sitting(make.college(proposed.plan.organisation))
        with pytest.raises(Invalid):
            make.item(meeting, revision=proposed, confidential=True)
        review = make.review(proposed.plan, body=meeting.body)
        with pytest.raises(Invalid, match="changes in public"):
            make.item(meeting, review=review, confidential=True)
        item = make.item(meeting, revision=proposed)
        with pytest.raises(IntegrityError), transaction.atomic():
            type(item).objects.filter(pk=item.pk).update(confidential=True)

    def test_all_of_it_happens_or_nothing(self, proposed):
        body = make.college(proposed.plan.organisation)
        item = make.held(body, revision=proposed).items.get()
        portfolio.refuse(
            proposed, body=body, reference="1", decided_on=make.TODAY, answer=make.WHY, by=None, now=make.NOW
        )
        with pytest.raises(NotAllowed):
            make.resolved(item)
        assert not Decision.objects.exists() and not Resolution.objects.exists()

    def test_a_revision_of_another_organisation_stands_on_no_agenda(self, proposed):
        with pytest.raises(Invalid):
            make.item(make.sitting(make.college()), revision=proposed)


class TestResolving:
    def test_a_decision_needs_its_reference_and_a_refusal_its_reason(self):
        item = make.held().items.get()
        by = make.manager(item.sitting.body.organisation)
        with pytest.raises(Invalid):
            actions.resolve(item, outcome=Outcome.ADOPTED, reference=" ", by=by, now=make.AFTER)
        with pytest.raises(Invalid):
            actions.resolve(item, outcome=Outcome.REFUSED, reference="1", by=by, now=make.AFTER)

    def test_an_outcome_is_entered_once_and_stands(self):
        resolution = make.resolved(make.held().items.get())
        with pytest.raises(NotAllowed):
            make.resolved(resolution.item)
        with pytest.raises(IntegrityError), transaction.atomic():
            Resolution.objects.update(reference="other")
        Resolution.objects.update(entered_by=None)

    def test_nothing_is_resolved_before_the_sitting_is_held(self):
        with pytest.raises(NotAllowed):
            make.resolved(make.called().items.get())

    def test_a_confidential_item_leaves_no_public_decision(self):
        resolution = make.resolved(make.held(confidential=True).items.get())
        assert resolution.decision is None and not Decision.objects.exists()

    def test_an_editor_enters_no_outcome(self):
        item = make.held().items.get()
        editor = make.ideas.staff(item.sitting.body.organisation, Role.EDITOR)
        with pytest.raises(NotAllowed):
            actions.resolve(item, outcome=Outcome.ADOPTED, reference="1", by=editor, now=make.AFTER)


class TestASitting:
    def test_members_are_called_once_and_hear_of_another_moment(self, django_capture_on_commit_callbacks):
        body = make.college()
        member = make.organisations.person("Member")
        make.seat(body, person=member)
        make.seat(body, name="Former", person=make.organisations.person("Former"), until=make.TODAY - timedelta(days=9))
        with django_capture_on_commit_callbacks(execute=True):
            meeting = make.called(body)
        assert [n.person for n in Notification.objects.filter(kind="governance.called")] == [member]
        meeting.starts_at += timedelta(days=1)
        with django_capture_on_commit_callbacks(execute=True):
            actions.save_sitting(sitting=meeting, by=None, now=make.NOW)
        assert Notification.objects.filter(kind="governance.moved").count() == 1

    def test_an_empty_agenda_calls_nobody(self):
        with pytest.raises(Invalid):
            actions.call_sitting(make.sitting(), by=None, now=make.NOW)

    def test_it_is_not_held_before_it_began(self):
        with pytest.raises(Invalid):
            actions.hold_sitting(make.called(), by=None, now=make.NOW)

    def test_what_is_put_on_a_public_agenda_is_written_in_every_promised_language(self):
        meeting = make.called()
        with pytest.raises(Invalid, match="each language"):
            make.item(meeting, title_nl="")
        assert make.item(meeting, title_nl="", confidential=True).position == 2

    def test_who_is_no_member_is_not_present(self):
        with pytest.raises(Invalid):
            actions.hold_sitting(make.called(), present=[make.seat()], by=None, now=make.AFTER)

    def test_minutes_are_public_once_every_item_has_its_outcome(self):
        meeting = make.held()
        with pytest.raises(Invalid, match="1"):
            actions.publish_minutes(meeting, by=None, now=make.AFTER)
        make.resolved(meeting.items.get())
        with pytest.raises(Invalid, match="Write the minutes first"):
            actions.publish_minutes(meeting, by=None, now=make.AFTER)
        actions.write_minutes(meeting, minutes=make.WHY, by=None, now=make.AFTER)
        assert actions.publish_minutes(meeting, by=None, now=make.AFTER).published_at == make.AFTER

    def test_what_was_called_is_cancelled_with_a_reason_and_stays(self):
        meeting = make.called()
        with pytest.raises(Conflict):
            actions.discard_sitting(meeting, by=None, now=make.NOW)
        with pytest.raises(Invalid):
            actions.cancel_sitting(meeting, reason={}, by=None, now=make.NOW)
        assert actions.cancel_sitting(meeting, reason=make.WHY, by=None, now=make.NOW).is_public

    def test_items_move_and_the_places_close_up(self):
        meeting = make.sitting()
        first, second, third = (make.item(meeting) for _ in range(3))
        actions.move_item(third, up=True, by=None, now=make.NOW)
        actions.drop_item(first, by=None, now=make.NOW)
        assert [(i.pk, i.position) for i in meeting.items.order_by("position")] == [(third.pk, 1), (second.pk, 2)]

    def test_what_was_discarded_is_gone(self):
        actions.discard_sitting(make.sitting(), by=None, now=make.NOW)
        assert not Sitting.objects.exists()


def test_a_term_that_ended_stays(client):
    seat = make.seat(until=make.TODAY - timedelta(days=1))
    text = client.get(f"/en/governance/bodies/{seat.body_id}/").text
    assert "Who sat in it before" in text and "Camille Peeters" in text
    with pytest.raises(Invalid, match="A period ends after it begins"):
        make.seat(until=make.TODAY - timedelta(days=5000))


def test_a_term_that_has_not_begun_is_not_called_a_former_one(client):
    body = make.college()
    make.seat(body, since=make.TODAY + timedelta(days=9000))
    text = client.get(f"/en/governance/bodies/{body.pk}/").text
    assert "Who will sit in it" in text and "Who sat in it before" not in text


@pytest.mark.parametrize("again", [{}, {"name": "camille peeters"}, {"since": make.TODAY, "until": make.TODAY}])
def test_nobody_sits_twice_in_a_body_at_one_time(again):
    seat = make.seat(until=make.TODAY)
    with pytest.raises(Conflict, match="Camille Peeters"):
        make.seat(seat.body, **again)
    later = make.seat(seat.body, since=make.TODAY + timedelta(days=1))
    assert actions.save_seat(seat=later, by=None, now=make.NOW) == later
