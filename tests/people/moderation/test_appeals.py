from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from tests.people.moderation import factories as make
from tests.people.organisations import factories as organisations
from zenne.core.errors import Conflict, Invalid
from zenne.participation.comments import actions as comments
from zenne.participation.comments.enums import CommentState
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.moderation import actions
from zenne.people.moderation.enums import Outcome, Verdict
from zenne.people.moderation.models import APPEAL_TERM, Appeal, Decision
from zenne.people.moderation.personal_data import _erase

NOW = make.NOW
pytestmark = pytest.mark.django_db


def in_a_house_with_two():
    decision = make.hidden()
    return decision, make.moderator_of(decision.case.organisation, "Second")


def test_appeal_goes_to_another_moderator_of_the_house():
    decision, second = in_a_house_with_two()
    appeal = make.appealed(decision)
    assert appeal.handled_by == decision.case.organisation
    with pytest.raises(NotAllowed):
        actions.judge(appeal, Outcome.UPHELD, reason="Je maintiens.", by=decision.moderator, now=NOW)
    assert actions.judge(appeal, Outcome.UPHELD, reason="Insulte claire.", by=second, now=NOW).decided_by == second


def test_the_database_refuses_the_first_moderator_for_the_second_look():
    decision, _second = in_a_house_with_two()
    appeal = make.appealed(decision)
    with pytest.raises(IntegrityError, match="appeal_never_the_first"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(
            outcome=Outcome.UPHELD, reason="x", decided_at=NOW, decided_by=decision.moderator
        )


def test_appeal_without_a_second_moderator_goes_to_the_organisation_above():
    region = organisations.organisation("Region")
    above = make.moderator_of(region, "Above")
    commune = organisations.organisation("Jette", parent=region)
    written = comment(ideas.idea(ideas.call(organisation=commune)))
    appeal = make.appealed(make.hidden(written))
    assert appeal.handled_by == region
    assert actions.judge(appeal, Outcome.REVERSED, reason="Admis.", by=above, now=NOW).outcome == Outcome.REVERSED


def test_appeal_with_nobody_else_goes_to_the_platform():
    decision = make.hidden()
    appeal = make.appealed(decision)
    assert appeal.handled_by is None
    late = make.moderator_of(decision.case.organisation, "Late")
    with pytest.raises(NotAllowed):
        actions.judge(appeal, Outcome.UPHELD, reason="Non.", by=late, now=NOW)
    actions.judge(appeal, Outcome.UPHELD, reason="Non.", by=organisations.platform_admin(), now=NOW)


def test_reversal_makes_the_words_visible_and_tells_the_author(mailbox, django_capture_on_commit_callbacks):
    written = comment(by=ideas.resident("Nele", language="nl"))
    decision = make.hidden(written)
    second = make.moderator_of(written, "Second")
    with django_capture_on_commit_callbacks(execute=True):
        actions.judge(make.appealed(decision), Outcome.REVERSED, reason="U had gelijk.", by=second, now=NOW)
    written.refresh_from_db()
    assert (written.state, written.hidden_for) == (CommentState.PUBLISHED, "")
    assert decision.case.decisions.filter(verdict=Verdict.RESTORED, moderator=second).exists()
    letter = mailbox.to(written.author.email)[-1]
    assert letter["Subject"] == "Uw beroep: de beslissing is ingetrokken"
    assert "U had gelijk." in letter.get_body(("plain",)).get_content()


def test_reversal_of_what_its_author_deleted_shows_nothing():
    written = comment()
    appeal = make.appealed(make.hidden(written))
    comments.delete(written, by=written.author, now=NOW)
    actions.judge(appeal, Outcome.REVERSED, reason="Juste.", by=organisations.platform_admin(), now=NOW)
    written.refresh_from_db()
    assert written.state == CommentState.DELETED


def test_appeal_is_for_the_author_once_and_within_the_term():
    decision, _second = in_a_house_with_two()
    with pytest.raises(NotAllowed) as refused:
        actions.appeal(decision, text="Moi !", by=ideas.resident("Bob"), now=NOW)
    assert refused.value.refused.reason == Reason.NOT_YOURS
    with pytest.raises(NotAllowed) as refused:
        make.appealed(decision, now=NOW + APPEAL_TERM)
    assert refused.value.refused.reason == Reason.TOO_LATE
    with pytest.raises(Invalid):
        actions.appeal(decision, text="  ", by=decision.case.author, now=NOW)
    make.appealed(decision, now=NOW + APPEAL_TERM - timedelta(minutes=1))
    with pytest.raises(NotAllowed) as refused:
        make.appealed(decision)
    assert refused.value.refused.reason == Reason.LIMIT_REACHED


def test_judging_needs_reasons_and_happens_once():
    decision, second = in_a_house_with_two()
    appeal = make.appealed(decision)
    with pytest.raises(Invalid):
        actions.judge(appeal, Outcome.UPHELD, reason=" ", by=second, now=NOW)
    actions.judge(appeal, Outcome.UPHELD, reason="Oui.", by=second, now=NOW)
    with pytest.raises(Conflict):
        actions.judge(appeal, Outcome.REVERSED, reason="Non.", by=organisations.platform_admin(), now=NOW)


def test_appeal_of_somebody_who_left_is_still_judged():
    decision, second = in_a_house_with_two()
    appeal = make.appealed(decision)
    _erase(decision.case.author, NOW)
    actions.judge(appeal, Outcome.REVERSED, reason="Juste.", by=second, now=NOW)
    assert Decision.objects.filter(verdict=Verdict.RESTORED).count() == 1
