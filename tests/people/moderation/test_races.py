"""Two moderators on one case, and many residents on one comment, on a real PostgreSQL with real threads."""

import pytest

from tests.participation.comments.factories import comment
from tests.participation.ideas.factories import NOW, resident
from tests.people.moderation import factories as make
from tests.races import at_once
from zenne.core.errors import Conflict
from zenne.participation.comments.models import Comment
from zenne.people.moderation import actions
from zenne.people.moderation.enums import CaseState, Ground, Outcome, Verdict
from zenne.people.moderation.models import Case, Decision, Report

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_moderators_decide_at_once_and_one_decides(mailbox):
    written = comment()
    case = make.reported(written)
    first, second = (make.moderator_of(written, name) for name in ("Eva", "Jan"))

    def decide(by, verdict, ground):
        return lambda: actions.decide(
            Comment.objects.get(pk=written.pk), verdict, ground=ground, version=case.version, by=by, now=NOW
        )

    results = at_once(decide(first, Verdict.HIDDEN, Ground.HATE), decide(second, Verdict.KEPT, None))
    [made] = Decision.objects.all()
    [refused] = [one for one in results if isinstance(one, Conflict)]
    assert str(made.moderator) in str(refused.message)
    assert made.get_verdict_display() in str(refused.message)
    assert Case.objects.get().state == CaseState.DECIDED
    written.refresh_from_db()
    written.about.refresh_from_db()
    assert written.about.comment_count == (0 if made.verdict == Verdict.HIDDEN else 1)
    assert len(mailbox.to(written.author.email)) == (1 if made.verdict == Verdict.HIDDEN else 0)


def test_many_report_at_once_and_it_is_one_case():
    written = comment()
    people = [resident(f"R{number}") for number in range(6)]
    results = at_once(
        *(
            lambda by=by: actions.report(Comment.objects.get(pk=written.pk), ground=Ground.HATE, by=by, now=NOW)
            for by in people
        )
    )
    assert all(isinstance(one, Report) for one in results)
    assert (Case.objects.count(), Report.objects.count()) == (1, 6)


def test_one_person_reporting_thirty_two_times_at_once_reports_once():
    written, person = comment(), resident("Bob")
    answers = at_once(*[lambda: actions.report(written, ground=Ground.HATE, by=person, now=NOW)] * 32)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 31
    assert (Case.objects.count(), Report.objects.count()) == (1, 1)


def test_two_judge_one_appeal_at_once_and_one_judges():
    appeal = make.appealed()
    judges = [make.moderator_of(appeal.organisation, name) for name in ("Eva", "Jan")]
    appeal.refresh_from_db()
    appeal.handled_by = appeal.organisation
    appeal.save()
    results = at_once(
        *(lambda by=by: actions.judge(appeal, Outcome.REVERSED, reason="Juste.", by=by, now=NOW) for by in judges)
    )
    assert sum(isinstance(one, Conflict) for one in results) == 1
    assert Decision.objects.filter(verdict=Verdict.RESTORED).count() == 1
