"""Casting a ballot: who may, where it goes, and what it leaves."""

from datetime import timedelta

import pytest

from tests.people.organisations import factories as organisations
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Permission
from zenne.participation.voting import actions, marks, queries
from zenne.participation.voting.enums import Channel, Count, Districts, Method
from zenne.participation.voting.errors import HasPaperBallot, NotReady, Unfit
from zenne.participation.voting.models import Ballot, Replaced, Voter
from zenne.participation.voting.rules import may_vote
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.access.enums import Level
from zenne.people.history.models import Entry
from zenne.places.areas.models import Area, Residence

from .factories import AFTER, CLOSES, NOW, cast, content, district, option, resident, sealed, staff, verified, vote

pytestmark = pytest.mark.django_db


def reason_of(attempt) -> Reason:
    with pytest.raises(NotAllowed) as refusal:
        attempt()
    return refusal.value.refused.reason


def test_a_ballot_is_in_the_box_under_a_mark_and_not_a_name():
    open_vote, person = vote(), resident()
    done = cast(open_vote, person, 2)
    voter = Voter.objects.get()
    assert (done.replaced, done.ballot.content) == (False, {"kind": "approval", "choices": ["2"]})
    assert done.ballot.mark == voter.mark == marks.account_mark(marks.key_of(open_vote), person.pk)
    assert done.ballot.leaf != done.ballot.nonce


def test_a_second_ballot_takes_the_place_of_the_first_and_makes_its_receipt_void():
    open_vote, person = vote(), resident()
    first = cast(open_vote, person, 1).ballot.leaf
    second = cast(open_vote, person, 2, 3)
    assert second.replaced
    assert (Ballot.objects.count(), Voter.objects.count()) == (1, 1)
    assert queries.ballot_of(open_vote, person).content["choices"] == ["2", "3"]
    assert queries.receipt(open_vote, first).state == "replaced"
    assert queries.receipt(open_vote, second.ballot.leaf).state == "in-the-box"


def test_the_same_choice_has_another_code_for_every_voter_and_every_time():
    open_vote, person = vote(), resident()
    codes = {cast(open_vote, who, 1).ballot.leaf for who in (person, person, resident(), resident())}
    assert len(codes) == 4


def test_voting_is_written_in_nobodys_history():
    open_vote, person = vote(), resident()
    before = set(Entry.objects.values_list("pk", flat=True))
    cast(open_vote, person)
    assert {entry.event for entry in Entry.objects.exclude(pk__in=before)} <= {"activity.frozen"}


def test_the_rule_is_frozen_before_the_first_ballot():
    open_vote = vote()
    cast(open_vote)
    rule = queries.frozen_rule(open_vote)
    assert rule.number == 1 and '"options":[{' in rule.text


def test_a_blank_ballot_is_a_choice_unless_the_rule_says_no():
    person = resident()
    open_vote = vote()
    done = actions.cast(open_vote, content={"kind": "approval", "choices": None}, by=person, now=NOW)
    assert done.ballot.content == {"kind": "approval", "choices": None}
    strict = vote(blank_allowed=False)
    with pytest.raises(Unfit, match="not offered"):
        actions.cast(strict, content={"kind": "approval", "choices": None}, by=person, now=NOW)


@pytest.mark.parametrize(
    ("settings", "chosen", "fault"),
    [
        ({"max_choices": 2}, (1, 2, 3), "at most 2"),
        ({"min_choices": 2}, (1,), "at least 2"),
        ({"method": Method.SINGLE}, (1, 2), "at most 1"),
    ],
)
def test_a_ballot_outside_the_rule_is_refused_with_what_is_wrong(settings, chosen, fault):
    with pytest.raises(Unfit, match=fault):
        cast(vote(**settings), resident(), *chosen)
    assert not Ballot.objects.exists()


def test_a_basket_holds_no_more_than_the_budget():
    open_vote = vote(costs=(6_000_000, 4_000_000, 1))
    cast(open_vote, resident(), 1, 2)
    with pytest.raises(Unfit, match="budget is €100,000"):
        cast(open_vote, resident(), 1, 2, 3)


def test_an_option_of_another_vote_is_refused():
    open_vote = vote()
    with pytest.raises(Unfit, match="not on this ballot"):
        actions.cast(open_vote, content={"kind": "approval", "choices": ["9"]}, by=resident(), now=NOW)


def test_a_vote_without_options_takes_no_ballot():
    with pytest.raises(NotReady):
        cast(vote(options=1))


def test_before_opening_and_after_the_end_ballots_are_refused():
    later = vote(opens_at=NOW + timedelta(days=1))
    assert reason_of(lambda: cast(later)) == Reason.NOT_YET_OPEN
    assert reason_of(lambda: cast(vote(), now=CLOSES)) == Reason.CLOSED
    assert reason_of(lambda: cast(sealed(vote()), now=AFTER)) == Reason.CLOSED


def test_the_clock_is_read_when_it_is_ones_turn():
    open_vote = vote()
    in_time, too_late = CLOSES - timedelta(seconds=1), CLOSES
    said = content(open_vote, 1)
    refused = lambda: actions.cast(open_vote, content=said, by=resident(), now=in_time, clock=lambda: too_late)  # noqa: E731
    assert reason_of(refused) == Reason.CLOSED
    actions.cast(open_vote, content=said, by=resident(), now=in_time, clock=lambda: in_time)


def test_whoever_is_not_signed_in_or_not_confirmed_is_told_the_next_step():
    open_vote = vote()
    said = content(open_vote, 1)
    assert reason_of(lambda: actions.cast(open_vote, content=said, by=None, now=NOW)) == Reason.NOT_SIGNED_IN
    unconfirmed = organisations.person("Léa")
    assert reason_of(lambda: cast(open_vote, unconfirmed)) == Reason.EMAIL_UNCONFIRMED


def test_staff_pass_no_door_that_residents_do_not_pass():
    open_vote = vote()
    Permission.objects.create(activity=open_vote.activity, action=Action.VOTE, level=Level.VERIFIED)
    clerk = staff(open_vote.process.organisation)
    assert reason_of(lambda: cast(open_vote, clerk)) == Reason.NOT_VERIFIED
    cast(open_vote, verified(clerk))


def test_whoever_is_verified_during_the_vote_keeps_one_ballot():
    open_vote, person = vote(), resident()
    cast(open_vote, person, 1)
    verified(person)
    assert cast(open_vote, person, 2).replaced
    assert (Voter.objects.count(), Ballot.objects.count()) == (1, 1)


def test_one_identity_has_one_ballot_across_accounts():
    """An account that was erased and made anew proves the same identity: it finds the ballot cast before."""
    open_vote, first = vote(), verified(resident(), mark="a" * 64)
    cast(open_vote, first, 1)
    first.identities.all().delete()
    again = verified(resident("Amina again"), mark="a" * 64)
    assert cast(open_vote, again, 2).replaced
    assert Ballot.objects.count() == 1


def test_a_paper_ballot_blocks_the_one_online():
    open_vote, person = vote(), verified(resident(), mark="b" * 64)
    claims = marks.of_identity(marks.key_of(open_vote), "b" * 64)
    Voter.objects.create(vote=open_vote, mark=claims.strongest, channel=Channel.PAPER)
    with pytest.raises(HasPaperBallot):
        cast(open_vote, person)
    assert not Ballot.objects.exists()


def test_somebody_with_an_account_is_found_by_their_identity_at_a_counter():
    open_vote, person = vote(), verified(resident(), mark="c" * 64)
    key = marks.key_of(open_vote)
    assert set(marks.of_identity(key, "c" * 64).marks) == set(marks.of_person(key, person).marks)
    assert marks.of_identity(key, "d" * 64).marks == (marks.identity_mark(key, "d" * 64),)


def test_in_ones_own_district_only_its_options_are_offered(area_of_residence):
    person, area = area_of_residence
    open_vote = vote(districts_mode=Districts.OWN, options=0)
    here, there = district(open_vote, 1, area=area), district(open_vote, 2)
    there.area = area.parent
    there.save()
    for number, where in ((1, here), (2, here), (3, there)):
        option(open_vote, number, district=where)
    assert cast(open_vote, person, 1).ballot.district == here
    with pytest.raises(Unfit):
        cast(open_vote, person, 3)
    assert reason_of(lambda: cast(open_vote, resident())) == Reason.MISSING_ANSWERS


def test_who_named_only_a_commune_is_asked_for_the_district_where_one_of_its_districts_votes(area_of_residence):
    person, area = area_of_residence
    other = Area.objects.create(kind="district", code="q2x", name_fr="Woeste", name_nl="Woeste", parent=area.parent)
    open_vote = vote(districts_mode=Districts.OWN, options=0)
    here = district(open_vote, 1, area=area)
    for number in (1, 2):
        option(open_vote, number, district=here)
    Residence.objects.filter(person=person).update(district=None)
    assert may_vote(person, open_vote, NOW).details == (("questions", ("district",)),)
    Residence.objects.filter(person=person).update(district=other)
    assert may_vote(person, open_vote, NOW).reason == Reason.OUTSIDE_AREA


def test_where_voters_choose_their_district_one_is_asked():
    open_vote = vote(districts_mode=Districts.ONE, options=0)
    one, two = district(open_vote, 1), district(open_vote, 2)
    for number, where in ((1, one), (2, two)):
        option(open_vote, number, district=where)
    person = resident()
    with pytest.raises(Unfit, match="where you vote"):
        cast(open_vote, person, 1)
    cast(open_vote, person, 1, district=one)
    cast(open_vote, person, 2, district=two)
    assert Ballot.objects.get().district == two
    assert queries._turnout(open_vote).by_district == {2: 1}


def test_in_all_districts_each_has_its_own_budget():
    open_vote = vote(districts_mode=Districts.ALL, count=Count.GREEDY, basket=True, options=0)
    one, two = (district(open_vote, number, budget_cents=100) for number in (1, 2))
    for number, where in ((1, one), (2, one), (3, two)):
        option(open_vote, number, district=where, cost_cents=60)
    cast(open_vote, resident(), 1, 3)
    with pytest.raises(Unfit, match="District 1"):
        cast(open_vote, resident(), 1, 2)


def test_turnout_counts_voters_by_channel():
    open_vote = vote()
    for _time in range(3):
        cast(open_vote)
    assert queries._turnout(open_vote).by_channel == {"online": 3, "paper": 0, "counter": 0}
    assert Replaced.objects.count() == 0
