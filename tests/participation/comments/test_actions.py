from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.messaging.notifications.telling import post_leaves
from tests.participation.ideas import factories as ideas
from zenne.core.errors import Invalid
from zenne.messaging.notifications import actions as messages
from zenne.messaging.notifications.enums import Frequency
from zenne.messaging.notifications.models import Notification
from zenne.messaging.notifications.tasks import open_rounds
from zenne.participation.comments import actions, tasks
from zenne.participation.comments.enums import CommentState, ReactionKind, Stance
from zenne.participation.comments.models import Comment, Reaction
from zenne.participation.comments.notifications import comment_written
from zenne.participation.comments.rules import EDIT_WINDOW
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.history.models import Entry
from zenne.people.moderation.enums import Ground
from zenne.people.moderation.kinds import contributions
from zenne.people.moderation.models import Decision

from .factories import NOW, comment

pytestmark = pytest.mark.django_db


def refusal(error: pytest.ExceptionInfo[NotAllowed]) -> Reason:
    return error.value.refused.reason


def test_comment_on_an_open_idea_is_published_counted_and_remembered():
    idea = ideas.idea()
    made = comment(idea, text="  Et l'hiver ?  ")
    idea.refresh_from_db()
    assert (made.text, made.state, idea.comment_count) == ("Et l'hiver ?", CommentState.PUBLISHED, 1)
    assert Entry.objects.filter(event="comment.written", about_id=made.pk).count() == 1


def test_comment_of_staff_carries_the_badge_of_their_organisation():
    idea = ideas.idea()
    made = comment(idea, by=ideas.staff(idea.process.organisation))
    assert made.staff_of == idea.process.organisation


def test_comment_after_closing_is_refused_to_residents_and_open_to_staff():
    idea = ideas.idea()
    later = NOW + timedelta(days=31)
    with pytest.raises(NotAllowed) as error:
        comment(idea, now=later)
    assert refusal(error) == Reason.CLOSED
    assert comment(idea, by=ideas.staff(idea.process.organisation), now=later).staff_of is not None


def test_comment_where_the_call_has_none_is_refused():
    idea = ideas.idea(ideas.call(comments=False))
    with pytest.raises(NotAllowed) as error:
        comment(idea)
    assert refusal(error) == Reason.SWITCHED_OFF


def test_comment_without_words_is_invalid():
    with pytest.raises(Invalid):
        comment(text=" \n ")


def test_reply_to_a_reply_joins_the_same_thread():
    idea = ideas.idea()
    first = comment(idea)
    second = comment(idea, parent=first)
    third = comment(idea, parent=second)
    assert (second.parent, third.parent) == (first, first)


def test_reply_to_a_comment_about_something_else_is_invalid():
    with pytest.raises(Invalid):
        comment(ideas.idea(), parent=comment())


def test_reply_to_a_deleted_comment_is_refused():
    idea = ideas.idea()
    first = comment(idea)
    actions.delete(first, by=first.author, now=NOW)
    first.refresh_from_db()
    with pytest.raises(NotAllowed) as error:
        comment(idea, parent=first)
    assert refusal(error) == Reason.WRONG_STATE


def test_stance_is_kept_only_where_the_call_asks_for_it():
    asked = comment(ideas.idea(ideas.call(stance=True)), stance=Stance.FOR)
    assert (asked.stance, comment(stance=Stance.FOR).stance) == (Stance.FOR, "")


def test_stance_of_a_reply_is_not_kept():
    idea = ideas.idea(ideas.call(stance=True))
    assert comment(idea, parent=comment(idea), stance=Stance.AGAINST).stance == ""


def test_edit_within_the_window_changes_the_words_and_says_so():
    made = comment()
    moment = NOW + EDIT_WINDOW - timedelta(seconds=1)
    edited = actions.edit(made, text="Mieux dit.", language="fr", by=made.author, now=moment)
    assert (edited.text, edited.edited_at) == ("Mieux dit.", moment)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)])
def test_edit_after_the_window_is_too_late(late):
    made = comment()
    with pytest.raises(NotAllowed) as error:
        actions.edit(made, text="Trop tard", language="fr", by=made.author, now=NOW + EDIT_WINDOW + late)
    assert refusal(error) == Reason.TOO_LATE


def test_edit_by_somebody_else_is_refused():
    with pytest.raises(NotAllowed) as error:
        actions.edit(comment(), text="Pas moi", language="fr", by=ideas.resident("Bob"), now=NOW)
    assert refusal(error) == Reason.NOT_YOURS


def test_delete_takes_the_words_and_keeps_the_place():
    idea = ideas.idea()
    made = comment(idea)
    actions.delete(made, by=made.author, now=NOW)
    made.refresh_from_db()
    idea.refresh_from_db()
    assert (made.state, made.text, idea.comment_count) == (CommentState.DELETED, "", 0)


def hidden(made: Comment) -> None:
    contributions["comments.comment"].hide(made, Decision(decided_at=NOW, ground=Ground.PERSONAL))


def deleted(made: Comment) -> None:
    actions.delete(made, by=made.author, now=NOW)


@pytest.mark.parametrize("gone", [hidden, deleted])
def test_words_that_are_gone_are_repeated_by_no_message(gone):
    idea = ideas.idea(author=ideas.resident("Amina"))
    made = comment(idea, text="Quelle sottise.")
    comment_written(made, idea, NOW)
    gone(made)
    told = Notification.objects.get(key=f"comment:{made.pk}")
    assert (told.person, told.excerpt) == (idea.author, "")


def its_idea_refused(made: Comment) -> None:
    contributions["ideas.idea"].hide(made.about, Decision(decided_at=NOW, ground=Ground.PERSONAL))


@pytest.mark.parametrize("frequency", [Frequency.IMMEDIATE, Frequency.DAILY])
@pytest.mark.parametrize("gone", [hidden, deleted, its_idea_refused])
def test_what_is_gone_is_told_by_no_letter_and_no_overview(gone, frequency, mailbox, clock_shows):
    idea = ideas.idea(author=ideas.resident("Amina"))
    messages.prefer(idea.author, "comments.on-mine", frequency)
    for text in ("Quelle sottise.", "Bravo."):
        comment_written(comment(idea, text=text, now=NOW), idea, NOW)
    gone(Comment.objects.get(text="Quelle sottise."))
    overview_and_letters_leave(clock_shows)
    left = 0 if gone is its_idea_refused else 1
    assert len(mailbox) == left
    assert all("sottise" not in mailbox.text(at) and "Bravo." in mailbox.text(at) for at in range(left))
    overview_and_letters_leave(clock_shows, timedelta(days=1))
    assert len(mailbox) == left


def overview_and_letters_leave(clock_shows, later: timedelta = timedelta(0)) -> None:
    at = NOW + timedelta(days=1) + later
    open_rounds(at)
    post_leaves(clock_shows, at)


def test_delete_twice_is_refused_and_counted_once():
    idea = ideas.idea()
    made = comment(idea)
    actions.delete(made, by=made.author, now=NOW)
    with pytest.raises(NotAllowed):
        actions.delete(made, by=made.author, now=NOW)
    idea.refresh_from_db()
    assert idea.comment_count == 0


def test_reaction_is_one_a_person_and_can_change_and_go():
    made, somebody = comment(), ideas.resident("Bob")
    counts = [
        actions.react(made, kind, by=somebody, now=NOW)
        for kind in (ReactionKind.HEART, ReactionKind.THANKS, None, None)
    ]
    assert counts == [1, 1, 0, 0]
    assert not Reaction.objects.exists()


def test_reaction_to_ones_own_comment_is_refused():
    made = comment()
    with pytest.raises(NotAllowed):
        actions.react(made, ReactionKind.HEART, by=made.author, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_reactions_of_one_person_at_the_same_moment_leave_one():
    made, somebody = comment(), ideas.resident("Bob")

    def react(_try: int) -> None:
        try:
            actions.react(made, ReactionKind.HEART, by=somebody, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(react, range(16)))
    assert Reaction.objects.count() == 1
    assert Comment.objects.get(pk=made.pk).reaction_count == 1


@pytest.mark.django_db(transaction=True)
def test_comments_of_many_at_the_same_moment_are_all_counted():
    idea = ideas.idea()
    people = [ideas.resident(f"P{number}") for number in range(8)]

    def say(person: object) -> None:
        try:
            comment(idea, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(say, people))
    idea.refresh_from_db()
    assert idea.comment_count == Comment.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_eight_times_at_once_is_one_comment():
    idea, person = ideas.idea(), ideas.resident("Nele")

    def say(_number: int) -> int:
        try:
            return comment(idea, by=person, text="Un même mot.").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(say, range(8)))) == 1
    idea.refresh_from_db()
    assert (idea.comment_count, Comment.objects.count()) == (1, 1)


def test_the_same_words_said_again_later_are_a_comment_of_their_own():
    idea, person = ideas.idea(), ideas.resident("Nele")
    first = comment(idea, by=person, text="Toujours d'accord.")
    again = comment(idea, by=person, text="Toujours d'accord.", now=NOW + timedelta(minutes=2))
    assert first.pk != again.pk


def test_who_an_idea_belongs_to_is_told_of_a_comment_once_the_worker_gets_to_it():
    author = ideas.resident("Amina")
    made = comment(ideas.idea(author=author))
    assert not author.notifications.exists()
    for _turn in range(2):
        tasks.tell(pk=made.pk, at=NOW.isoformat())
    assert [told.kind for told in author.notifications.all()] == ["comments.on-mine"]


def test_a_comment_that_was_taken_back_before_the_worker_got_to_it_is_told_to_nobody():
    author = ideas.resident("Amina")
    made = comment(ideas.idea(author=author))
    actions.delete(made, by=made.author, now=NOW)
    tasks.tell(pk=made.pk, at=NOW.isoformat())
    assert not author.notifications.exists()
