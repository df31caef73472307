"""Setting a vote up: what is voted on, before it opens; what may still change afterwards."""

from datetime import timedelta

import pytest

from tests.participation.ideas.factories import call, in_state
from tests.participation.selections.factories import published
from zenne.core.errors import Invalid
from zenne.participation.ideas.actions import withdraw_idea
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.processes.errors import ReasonNeeded
from zenne.participation.selections import actions as selections
from zenne.participation.selections.enums import Outcome
from zenne.participation.voting import actions, queries
from zenne.participation.voting.enums import Count, Districts, Method
from zenne.participation.voting.errors import RuleIsFrozen
from zenne.participation.voting.models import Option
from zenne.participation.voting.rules import gaps
from zenne.people.access.answers import NotAllowed
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

from .factories import NOW, cast, district, option, resident, staff, vote

pytestmark = pytest.mark.django_db
WHY = {"fr": "Parce que.", "nl": "Daarom.", "en": "Because."}


@pytest.fixture
def coming():
    """A vote that opens tomorrow, and who manages it."""
    made = vote(opens_at=NOW + timedelta(days=1))
    return made, staff(made.process.organisation)


def test_options_are_numbered_in_the_order_they_are_added_and_move_up(coming):
    made, manager = coming
    added = actions.add_option(made, values={"title_fr": "Une fontaine", "cost_cents": 500}, by=manager, now=NOW)
    assert added.number == 4
    actions.remove_option(made.options.get(number=2), by=manager, now=NOW)
    assert list(made.options.order_by("number").values_list("number", "title")) == [
        (1, "Option 1"),
        (2, "Option 3"),
        (3, "Une fontaine"),
    ]


def test_every_step_of_setting_up_is_in_the_history(coming):
    made, manager = coming
    one, two = made.options.order_by("number")[:2]
    actions.change_vote(made, values={"max_choices": 2}, by=manager, now=NOW)
    actions.change_option(one, values={"cost_cents": 100}, by=manager, now=NOW)
    pair = actions.exclude(two, one, by=manager, now=NOW)
    actions.allow_together(pair, by=manager, now=NOW)
    group = actions.add_district(made, values={"title_fr": "Nord"}, by=manager, now=NOW)
    actions.change_district(group, values={"budget_cents": 5}, by=manager, now=NOW)
    actions.remove_district(group, by=manager, now=NOW)
    told = set(Entry.objects.filter(event__startswith="vote.").values_list("event", flat=True))
    assert told == {
        "vote.changed",
        "vote.option_changed",
        "vote.options_excluded",
        "vote.options_allowed",
        "vote.district_added",
        "vote.district_changed",
        "vote.district_removed",
    }


def test_only_managers_set_a_vote_up(coming):
    made, _manager = coming
    for person in (resident(), staff(made.process.organisation, Role.EDITOR)):
        with pytest.raises(NotAllowed):
            actions.add_option(made, values={"title_fr": "À moi"}, by=person, now=NOW)


def test_once_people_vote_only_what_leaves_their_ballots_alone_changes_and_with_a_reason():
    open_vote = vote()
    manager = staff(open_vote.process.organisation)
    cast(open_vote)
    with pytest.raises(RuleIsFrozen):
        actions.change_vote(open_vote, values={"count": Count.GREEDY}, reason=WHY, by=manager, now=NOW)
    with pytest.raises(ReasonNeeded):
        actions.change_vote(open_vote, values={"quorum": 50}, by=manager, now=NOW)
    actions.change_vote(open_vote, values={"quorum": 50}, reason=WHY, by=manager, now=NOW)
    assert queries.frozen_rule(open_vote).number == 2


def test_a_vote_begins_with_what_a_selection_kept_at_the_costs_it_was_decided_with():
    collected = call()
    ideas = [in_state(IdeaState.SHORTLISTED, collected) for _n in range(2)]
    manager = staff(collected.process.organisation)
    made = vote(collected.process, options=0, opens_at=NOW + timedelta(days=1))
    left = selections.open(collected.process, title=WHY, statement=WHY, rule=WHY, by=manager, now=NOW)
    for rank, idea in enumerate(reversed(ideas), 1):
        selections.choose(left, idea, outcome=Outcome.KEPT, reason=WHY, rank=rank, cost_cents=rank * 100, by=manager)
    with pytest.raises(Invalid):
        actions.begin_with(made, left, by=manager, now=NOW)
    left = selections.publish(left, move={Outcome.KEPT: IdeaState.SHORTLISTED}, by=manager, now=NOW)
    added = actions.begin_with(made, left, by=manager, now=NOW)
    assert [(each.number, each.idea, each.cost_cents) for each in added] == [(1, ideas[1], 100), (2, ideas[0], 200)]
    made.refresh_from_db()
    assert made.source == left
    assert not actions.add_ideas(made, ideas, by=manager, now=NOW)
    actions.change_option(added[0], values={"cost_cents": None}, by=manager, now=NOW)
    actions.change_option(added[1], values={"cost_cents": 900}, by=manager, now=NOW)
    actions.begin_with(made, left, by=manager, now=NOW)
    assert [option.cost_cents for option in queries.options_of(made)] == [100, 900]


def test_an_idea_that_was_taken_back_since_stays_off_the_ballot(client_for):
    collected = call()
    ideas = [in_state(IdeaState.SHORTLISTED, collected) for _n in range(3)]
    left = published(ideas)
    withdraw_idea(ideas[0], by=ideas[0].author, now=NOW)
    manager = staff(collected.process.organisation)
    made = vote(collected.process, options=0, opens_at=NOW + timedelta(days=1))
    assert {option.idea for option in actions.begin_with(made, left, by=manager, now=NOW)} == set(ideas[1:])
    page = f"/manage/votes/{made.pk}/options/"
    assert "zenne-late" not in client_for(manager).get(page).text
    withdraw_idea(ideas[1], by=ideas[1].author, now=NOW)
    assert client_for(manager).get(page).text.count("zenne-late") == 1


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({}, []),
        ({"options": 1}, ["options"]),
        ({"options": 1, "method": Method.YES_NO, "count": Count.MAJORITY}, []),
        ({"method": Method.RANKING, "count": Count.MOST}, ["count"]),
        ({"count": Count.EQUAL_SHARES}, ["costs", "budget"]),
        ({"count": Count.EQUAL_SHARES, "budget_cents": 5}, ["costs"]),
        ({"districts_mode": Districts.ONE}, ["districts"]),
    ],
)
def test_what_a_vote_still_lacks_is_named(settings, missing):
    assert gaps(vote(**settings)) == missing


def test_voting_in_ones_own_district_needs_areas():
    made = vote(districts_mode=Districts.OWN, options=0)
    for number in (1, 2):
        option(made, number, district=district(made, number))
    assert gaps(made) == ["area"]


def test_a_copy_of_a_process_copies_the_way_of_voting_and_not_the_ballot():
    from zenne.participation.processes.models import Activity
    from zenne.participation.voting.activity import duplicate
    from zenne.participation.voting.models import VoteKey

    made = vote(method=Method.POINTS, points=7)
    new = Activity.objects.create(phase=made.activity.phase, kind="vote", title="Encore")
    duplicate(made.activity, new)
    assert (new.vote.method, new.vote.points, Option.objects.filter(vote=new.vote).count()) == (Method.POINTS, 7, 0)
    assert bytes(new.vote.key.secret) != bytes(VoteKey.objects.get(vote=made).secret)
