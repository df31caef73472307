import threading

import pytest
from django.db import connection

from tests.participation.ideas.factories import NOW, call, idea, resident, staff
from zenne.participation.comments.actions import comment
from zenne.participation.ideas import actions
from zenne.participation.ideas.models import Idea, Support, Tally
from zenne.participation.ideas.queries import Figures, figures_of

pytestmark = pytest.mark.django_db


def truth(process):
    """The figures, counted one by one."""
    ideas = list(Idea.objects.filter(process=process, listed=True))
    return Figures(
        ideas=len(ideas),
        supports=sum(one.support_count for one in ideas),
        comments=sum(one.comment_count for one in ideas),
        answered=sum(one.answered_at is not None for one in ideas),
    )


def test_figures_follow_every_verb():
    activity = call()
    made = [idea(activity) for _number in range(3)]
    for one in made:
        actions.support(one, by=resident(), now=NOW)
    actions.support(made[0], by=made[1].author, now=NOW)
    actions.withdraw_support(made[0], by=made[1].author, now=NOW)
    comment(made[0], text="Bonne idée", language="fr", by=resident(), now=NOW)
    actions.answer_idea(made[1], body={"fr": "Oui."}, by=staff(activity.process.organisation), now=NOW)
    actions.withdraw_idea(made[2], by=made[2].author, now=NOW)
    assert figures_of(activity.process) == truth(activity.process) == Figures(2, 2, 1, 1)


def test_figures_follow_what_is_written_in_bulk_and_deleted():
    first = idea()
    Idea.objects.bulk_create([_copy_of(first, number) for number in range(5)])
    assert figures_of(first.process) == truth(first.process)
    Idea.objects.filter(process=first.process, support_count__gte=2).delete()
    assert figures_of(first.process) == truth(first.process)


def _copy_of(first, number):
    copy = Idea.objects.get(pk=first.pk)
    copy.pk, copy.support_count = None, number
    return copy


def test_folding_changes_no_figure():
    made = idea()
    for _person in range(3):
        actions.support(made, by=resident(), now=NOW)
    before = figures_of(made.process)
    assert Tally.objects.count() > 1
    actions.fold_tallies()
    assert Tally.objects.count() == 1 and figures_of(made.process) == before == truth(made.process)


@pytest.mark.django_db(transaction=True)
def test_many_who_support_one_idea_at_once_are_all_counted_once():
    made = idea()
    people = [resident(name=f"Personne {number}") for number in range(8)]

    def twice(person):
        for _time in range(2):
            actions.support(Idea.objects.get(pk=made.pk), by=person, now=NOW)
        connection.close()

    threads = [threading.Thread(target=twice, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made.refresh_from_db()
    assert made.support_count == Support.objects.filter(idea=made).count() == 8
    assert figures_of(made.process).supports == 8
