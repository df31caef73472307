import pytest

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from zenne.core.errors import Conflict, Invalid
from zenne.participation.comments.enums import CommentState
from zenne.people.access.answers import NotAllowed
from zenne.people.moderation import actions
from zenne.people.moderation.enums import CaseState, Ground, Verdict
from zenne.people.moderation.models import Report
from zenne.people.organisations.enums import Role

NOW = ideas.NOW
pytestmark = pytest.mark.django_db


def moderator_of(written):
    return ideas.staff(written.activity.process.organisation, Role.MODERATOR)


def test_report_waits_in_the_queue_of_the_organisation():
    written = comment()
    made = actions.report(written, ground=Ground.HATE, text=" Lisez la fin ", by=ideas.resident("Bob"), now=NOW)
    assert (made.case.organisation, made.text, made.case.state) == (
        written.activity.process.organisation,
        "Lisez la fin",
        CaseState.OPEN,
    )


def test_report_twice_by_one_person_is_a_conflict():
    written, somebody = comment(), ideas.resident("Bob")
    actions.report(written, ground=Ground.HATE, by=somebody, now=NOW)
    with pytest.raises(Conflict):
        actions.report(written, ground=Ground.OTHER, by=somebody, now=NOW)


def test_report_of_ones_own_words_is_refused():
    written = comment()
    with pytest.raises(NotAllowed):
        actions.report(written, ground=Ground.OTHER, by=written.author, now=NOW)


def test_decide_to_hide_answers_every_report_and_tells_the_author(mailbox, django_capture_on_commit_callbacks):
    written = comment(text="Des mots qui blessent.")
    for name in ("Bob", "Carla"):
        actions.report(written, ground=Ground.HATE, by=ideas.resident(name), now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        decision = actions.decide(written, Verdict.HIDDEN, ground=Ground.HATE, by=moderator_of(written), now=NOW)
    written.refresh_from_db()
    written.about.refresh_from_db()
    assert (written.state, written.about.comment_count) == (CommentState.HIDDEN, 0)
    assert Report.objects.filter(case=decision.case).count() == 2
    [letter] = mailbox.to(written.author.email)
    assert "Des mots qui blessent." in letter.get_body(("plain",)).get_content()


def test_decide_to_hide_without_a_ground_is_invalid():
    written = comment()
    with pytest.raises(Invalid):
        actions.decide(written, Verdict.HIDDEN, by=moderator_of(written), now=NOW)


def test_decide_to_hide_what_a_colleague_hid_is_a_conflict():
    written = comment()
    actions.decide(written, Verdict.HIDDEN, ground=Ground.HATE, by=moderator_of(written), now=NOW)
    with pytest.raises(Conflict):
        actions.decide(written, Verdict.HIDDEN, ground=Ground.OTHER, by=moderator_of(written), now=NOW)


def test_decide_to_restore_shows_the_words_again():
    written, moderator = comment(), None
    moderator = moderator_of(written)
    actions.decide(written, Verdict.HIDDEN, ground=Ground.HATE, by=moderator, now=NOW)
    written.refresh_from_db()
    actions.decide(written, Verdict.RESTORED, by=moderator, now=NOW)
    written.refresh_from_db()
    written.about.refresh_from_db()
    assert (written.state, written.about.comment_count) == (CommentState.PUBLISHED, 1)


def test_decide_about_ones_own_words_is_refused():
    idea = ideas.idea()
    moderator = ideas.staff(idea.process.organisation, Role.MODERATOR)
    with pytest.raises(NotAllowed):
        actions.decide(comment(idea, by=moderator), Verdict.HIDDEN, ground=Ground.OTHER, by=moderator, now=NOW)


@pytest.mark.parametrize("role", [Role.EDITOR])
def test_decide_in_another_role_or_another_house_is_refused(role):
    written = comment()
    for person in (ideas.staff(written.activity.process.organisation, role), moderator_of(comment())):
        with pytest.raises(NotAllowed):
            actions.decide(written, Verdict.KEPT, by=person, now=NOW)
