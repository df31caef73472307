from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.participation.ideas import factories as ideas
from tests.participation.selections import factories as make
from zenne.core.errors import Conflict, Invalid
from zenne.messaging.notifications.models import Notification
from zenne.participation.ideas.actions import withdraw_idea
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.processes.enums import ProcessState
from zenne.participation.selections import actions, queries
from zenne.participation.selections.enums import Outcome, SelectionState
from zenne.participation.selections.models import Choice, Selection
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


# printf 'Un banc\n\nLà où il fait trop chaud en été.' | sha256sum
OF_A_BENCH = "f80f0afd0201064420a1ac2cb675983c65ec1ddcdb69aedf8972cee5a23895e7"  # pragma: allowlist secret


def test_a_published_selection_moves_its_ideas_with_the_reason_given_for_each():
    call = ideas.call()
    good, bad = ideas.idea(call), ideas.idea(call)
    selection = make.published([good], [bad])
    for idea, state in ((good, IdeaState.SHORTLISTED), (bad, IdeaState.NOT_SHORTLISTED)):
        idea.refresh_from_db()
        assert idea.state == state
    assert [str(change.after) for change in good.changes.all()][-2:] == ["admissible", "shortlisted"]
    assert bad.changes.last().reason_nl == make.NO["nl"]
    assert (selection.number, selection.state) == (1, SelectionState.PUBLISHED)
    assert selection.published_at == selection.decided_at == make.LATER
    assert Entry.objects.filter(event="selection.published", about_id=selection.pk).count() == 1


def test_a_published_selection_keeps_the_fingerprints_of_its_rule_and_of_the_words_decided_about():
    idea = ideas.idea(title="Un banc", text="Là où il fait trop chaud en été.")
    selection = make.published([idea])
    assert selection.rule_digest == idea.activity.rule_versions.get().digest
    choice = selection.choices.get()
    assert choice.version == 1
    assert choice.text_digest == OF_A_BENCH
    assert choice.figures == [make.SCORE.plain()]


def test_selections_of_a_process_are_numbered_without_a_gap_when_they_are_published():
    call = ideas.call()
    first, never, second = (make.with_choices([ideas.idea(call)]) for _ in range(3))
    staff = ideas.staff(call.process.organisation)
    second = actions.publish(second, move={}, by=staff, now=make.LATER)
    actions.discard(never, by=staff, now=make.LATER)
    first = actions.publish(first, move={}, by=staff, now=make.LATER)
    assert (second.number, first.number) == (1, 2)


def test_nothing_is_published_without_a_reason_for_every_idea():
    idea = ideas.idea(title="Sans raison")
    selection, staff = make.begun(idea.activity), ideas.staff(idea.process.organisation)
    actions.choose(selection, idea, outcome=Outcome.NOT_KEPT, by=staff)
    with pytest.raises(Invalid, match="Sans raison"):
        actions.publish(selection, move=make.SHORTLIST, by=staff, now=make.LATER)
    with pytest.raises(IntegrityError, match="every choice has a reason"), transaction.atomic():
        Choice.objects.update(text_digest="0" * 64)
        Selection.objects.filter(pk=selection.pk).update(
            state="published", number=1, published_at=make.LATER, decided_at=make.LATER
        )


def test_nothing_is_published_empty_or_in_one_language_where_three_are_promised():
    idea = ideas.idea()
    Organisation.objects.update(languages=["fr", "nl", "en"])
    staff = ideas.staff(idea.process.organisation)
    with pytest.raises(Invalid, match="no idea"):
        actions.publish(make.begun(idea.activity), move={}, by=staff, now=make.LATER)
    selection = make.with_choices([idea], title={"fr": "Seulement en français"})
    with pytest.raises(Invalid, match="every language"):
        actions.publish(selection, move={}, by=staff, now=make.LATER)


def test_a_kept_idea_that_was_withdrawn_stops_the_publication_and_nothing_moves():
    call = ideas.call()
    other, gone = ideas.idea(call), ideas.idea(call, title="Reprise")
    selection, staff = make.with_choices([other, gone]), ideas.staff(call.process.organisation)
    withdraw_idea(gone, by=gone.author, now=make.LATER)
    with pytest.raises(Conflict, match="Reprise"):
        actions.publish(selection, move=make.SHORTLIST, by=staff, now=make.LATER)
    other.refresh_from_db()
    assert other.state == IdeaState.PUBLISHED
    actions.choose(selection, gone, outcome=Outcome.SET_ASIDE, reason=make.NO, by=staff)
    actions.publish(selection, move=make.SHORTLIST, by=staff, now=make.LATER)
    gone.refresh_from_db()
    assert gone.state == IdeaState.WITHDRAWN


def test_what_was_refused_before_stays_refused_when_it_is_not_kept():
    idea = ideas.in_state(IdeaState.INADMISSIBLE)
    make.published([], [idea])
    idea.refresh_from_db()
    assert idea.state == IdeaState.INADMISSIBLE


@pytest.mark.parametrize(
    "change",
    [
        lambda one: Selection.objects.filter(pk=one.pk).update(title="Autre chose"),
        lambda one: Selection.objects.filter(pk=one.pk).update(i18n={"statement_nl": "Iets anders"}),
        lambda one: Selection.objects.filter(pk=one.pk).update(state="draft", number=None, published_at=None),
        lambda one: one.choices.update(outcome="not_kept"),
        lambda one: one.choices.update(cost_cents=1),
        lambda one: one.choices.all().delete(),
        lambda one: one.delete(),
        lambda one: Choice.objects.create(selection=one, idea=ideas.idea(one.activity), outcome="kept"),
    ],
    ids=["title", "other language", "back to draft", "outcome", "cost", "choices", "itself", "one more"],
)
def test_the_database_lets_nobody_change_what_is_published(change):
    selection = make.published([ideas.idea()])
    with pytest.raises(IntegrityError), transaction.atomic():
        change(selection)


def test_only_managers_publish_and_nobody_elsewhere_prepares():
    idea = ideas.idea()
    selection = make.with_choices([idea])
    for person in (
        ideas.staff(idea.process.organisation, Role.EDITOR),
        ideas.staff(ideas.call().process.organisation),
        ideas.resident(),
    ):
        with pytest.raises(NotAllowed):
            actions.publish(selection, move={}, by=person, now=make.LATER)
    with pytest.raises(NotAllowed):
        actions.choose(selection, idea, outcome=Outcome.KEPT, by=ideas.staff(ideas.call().process.organisation))


def test_the_clock_may_publish_but_not_twice():
    selection = actions.publish(make.with_choices([ideas.idea()]), move={}, by=None, now=make.LATER)
    with pytest.raises(NotAllowed):
        actions.publish(selection, move={}, by=None, now=make.LATER)


def test_a_draft_process_has_no_selections():
    call = ideas.call(ideas.process(state=ProcessState.DRAFT, published_at=None))
    with pytest.raises(NotAllowed):
        make.begun(call)


def test_a_selection_is_not_published_before_its_activity_opened():
    idea = ideas.idea()
    early = idea.activity.phase.opens_at - timedelta(days=1)
    selection = make.with_choices([idea])
    with pytest.raises(Conflict, match="not opened"):
        actions.publish(selection, move={}, by=None, now=early)


def test_a_selection_feeds_the_next_until_it_is_annulled():
    call = ideas.call()
    kept, dropped = ideas.idea(call), ideas.idea(call)
    jury = make.published([kept], [dropped])
    staff = ideas.staff(call.process.organisation)
    assert list(queries.sources(call.process)) == [jury]
    assert list(queries.candidates(jury)) == [kept]
    assert list(queries.candidates(call)) == [kept]  # the other has ended
    vote = actions.publish(
        make.with_choices([kept], source=jury), move={Outcome.KEPT: IdeaState.SELECTED}, by=staff, now=make.LATER
    )
    assert [choice.selection for choice in queries.way(kept)] == [jury, vote]
    with pytest.raises(Conflict, match="later selection"):
        actions.annul(jury, reason=make.NO, by=staff, now=make.LATER)
    actions.annul(vote, reason=make.NO, by=staff, now=make.LATER)
    jury = actions.annul(jury, reason=make.NO, by=staff, now=make.LATER)
    assert jury.annulment_en == make.NO["en"]
    assert not queries.sources(call.process).exists()
    assert queries.way(kept).count() == 2, "what was annulled stays readable"


def test_a_selection_begins_only_with_a_published_one_of_its_process():
    call, other = ideas.call(), make.published([ideas.idea()])
    for source in (other, make.with_choices([ideas.idea(call)])):
        with pytest.raises(Invalid):
            make.begun(call, source=source)


def test_an_annulment_needs_its_reason():
    selection = make.published([ideas.idea()])
    with pytest.raises(Invalid):
        actions.annul(selection, reason={"fr": " "}, by=ideas.staff(selection.process.organisation), now=make.LATER)


def test_authors_hear_once_and_followers_hear_of_the_whole(django_capture_on_commit_callbacks):
    call = ideas.call()
    moved, still = ideas.idea(call), ideas.idea(call)
    follower = ideas.resident("Nora")
    for person in (follower, moved.author):
        call.process.follows.create(person=person, since=make.NOW)
    staff = ideas.staff(call.process.organisation)
    selection = make.with_choices([moved], by=staff)
    actions.choose(selection, still, outcome=Outcome.SET_ASIDE, reason=make.NO, by=staff)
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(selection, move=make.SHORTLIST, by=staff, now=make.LATER)
    told = set(Notification.objects.filter(created_at=make.LATER).values_list("person__name", "kind"))
    assert told == {
        (moved.author.name, "ideas.status"),
        (still.author.name, "selections.mine"),
        (follower.name, "selections.published"),
    }
    assert Notification.objects.filter(person=moved.author, created_at=make.LATER).count() == 1


def test_an_author_who_leaves_is_erased_and_the_selection_stands():
    idea = ideas.idea()
    selection = make.with_choices([idea])
    withdraw_idea(idea, by=idea.author, now=make.LATER)
    actions.choose(selection, idea, outcome=Outcome.SET_ASIDE, reason=make.NO, by=None)
    selection = actions.publish(selection, move={}, by=ideas.staff(idea.process.organisation), now=make.LATER)
    personal_data["ideas"].erase(idea.author, make.LATER)
    personal_data["selections"].erase(selection.decided_by, make.LATER)
    idea.refresh_from_db()
    selection.refresh_from_db()
    assert idea.author is None and selection.decided_by is None


@pytest.mark.django_db(transaction=True)
def test_a_choice_that_comes_while_the_selection_is_published_waits_and_is_refused():
    from threading import Thread

    idea = ideas.idea()
    selection = make.with_choices([idea])
    late, refused = ideas.idea(idea.activity), []

    def add():
        try:
            actions.choose(selection, late, outcome=Outcome.KEPT, by=None)
        except NotAllowed as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    with transaction.atomic():
        actions.publish(selection, move={}, by=None, now=make.LATER)
        other = Thread(target=add)
        other.start()
        other.join(timeout=0.2)
        assert other.is_alive(), "it waits for the publication"
    other.join(timeout=10)
    assert refused and selection.choices.count() == 1
