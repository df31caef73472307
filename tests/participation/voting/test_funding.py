"""Several institutions bring the money of one vote: what each brings closes to the budget, what each pays to the cent."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from zenne.participation.voting import actions, explaining, minutes, queries, showing
from zenne.participation.voting.actions import Brings
from zenne.participation.voting.counting import funding
from zenne.participation.voting.enums import Channel, Count, Districts
from zenne.participation.voting.errors import NotReady, RuleIsFrozen
from zenne.participation.voting.models import Contribution, Contributor, District, Vote, Voter
from zenne.participation.voting.rules import gaps
from zenne.participation.voting.telling import Told
from zenne.people.history.models import Entry

from .factories import NOW, cast, district, option, published, resident, staff, vote

pytestmark = pytest.mark.django_db
BUDGET = 100_000_00


def brought(of, *parts, district=None):
    """Contributors who bring so many cents, or with a text so many parts."""
    for part in parts:
        number = of.contributors.count() + 1
        words = {"title": f"Institution {number}", "title_nl": f"Instelling {number}", "title_en": f"Body {number}"}
        made = Contributor.objects.create(vote=of, number=number, **words)
        given = {"parts": int(part)} if isinstance(part, str) else {"cents": part}
        Contribution.objects.create(contributor=made, district=district, **given)


@pytest.fixture
def coming():
    made = vote(costs=(30_000_01, 20_000_00), opens_at=NOW + timedelta(days=1))
    return made, staff(made.process.organisation)


def test_who_brings_what_is_said_before_opening_and_in_the_history(coming):
    made, manager = coming
    half, rest = {None: Brings(cents=BUDGET // 2)}, {None: Brings(parts=1)}
    one = actions.add_contributor(made, values={"title_fr": "Région"}, brings=half, by=manager, now=NOW)
    two = actions.add_contributor(made, values={"title_fr": "Ville"}, brings=rest, by=manager, now=NOW)
    assert funding.to((None, BUDGET), queries.contributors_of(made)) == {"1": BUDGET // 2, "2": BUDGET // 2}
    actions.change_contributor(two, values={"title_fr": "Commune"}, brings=rest, by=manager, now=NOW)
    actions.remove_contributor(one, by=manager, now=NOW)
    [left] = queries.contributors_of(made)
    assert (left.number, str(left.title)) == (1, "Commune")
    told = Entry.objects.filter(event__startswith="vote.contributor").values_list("event", flat=True)
    assert sorted(told) == [
        "vote.contributor_added",
        "vote.contributor_added",
        "vote.contributor_changed",
        "vote.contributor_removed",
    ]


@pytest.mark.parametrize(
    ("parts", "closes"),
    [
        ((), True),
        ((BUDGET,), True),
        ((BUDGET - 1,), False),
        ((BUDGET - 1, 1), True),
        ((BUDGET - 1, 2), False),
        (("5", "3", "2"), True),
        ((BUDGET // 2, "3", "2"), True),
        ((BUDGET, "1"), False),
        ((BUDGET + 1, "1"), False),
    ],
)
def test_nobody_can_vote_while_what_they_bring_is_not_the_budget(parts, closes):
    made = vote(costs=(100, 200))
    brought(made, *parts)
    assert gaps(made) == ([] if closes else ["contributors"])
    if not closes:
        with pytest.raises(NotReady):
            cast(made)


def test_parts_that_do_not_divide_are_closed_by_the_largest_remainders():
    made = vote(costs=(100, 200), budget_cents=100_01)
    brought(made, "1", "1", "1")
    found = funding.to((None, 100_01), queries.contributors_of(made))
    assert found == {"1": 33_34, "2": 33_34, "3": 33_33}


def test_each_group_of_options_is_closed_by_itself():
    made = vote(options=0, count=Count.GREEDY, districts_mode=Districts.ALL)
    north, south = (district(made, number, budget_cents=50_00 * number) for number in (1, 2))
    for number, where in ((1, north), (2, south)):
        option(made, number, cost_cents=10_00, district=where)
    brought(made, 20_00, 30_00, district=north)
    assert gaps(made) == []
    brought(made, 99_99, district=south)
    assert gaps(made) == ["contributors"]


def test_the_rule_names_who_pays_and_does_not_change_once_it_is_open():
    made = vote(costs=(30_000_01, 20_000_00))
    brought(made, 60_000_00, "1")
    cast(made)
    rule = queries.frozen_rule(made).text
    assert '"contributors":[{"brings":[{"cents":6000000,"group":null,"parts":null}]' in rule
    assert '"payers":[{"amounts":[{"amount":6000000,"district":null}],"id":"1"' in rule
    manager = staff(made.process.organisation)
    with pytest.raises(RuleIsFrozen):
        actions.remove_contributor(made.contributors.first(), by=manager, now=NOW)


def test_what_is_funded_is_paid_to_the_cent_on_the_result_page_and_in_the_minutes(client):
    made = vote(costs=(30_000_01, 20_000_02, 90_000_00))
    brought(made, 33_333_33, 33_333_33, 33_333_34)
    for person in (resident(), resident()):
        cast(made, person, 1, 2)
    made = published(made)
    told = Told(made, queries.published_result(made))
    paid = showing.payments(told, "")
    assert [sum(cells) == cost for _title, cost, cells in paid.rows] == [True, True]
    assert [column.total for column in paid.columns] == [16_666_68, 16_666_67, 16_666_68]
    assert sum(column.left for column in paid.columns) == paid.left == BUDGET - 50_000_03
    page = client.get(f"/en/processes/{made.process.slug}/votes/{made.pk}/result/").content.decode()
    assert "Who pays" in page and "Body 3" in page and "€16,666.68" in page
    rule = client.get(f"/nl/processes/{made.process.slug}/votes/{made.pk}/rule/").content.decode()
    assert "Instelling 2" in rule
    served = client.get(f"/api/v1/votes/{made.pk}").json()
    assert served["contributors"][2]["brings"] == [{"group": None, "cents": 33_333_34}]
    payments = served["result"]["payments"]
    assert sum(each["cents"] for each in payments if each["option"] == 1) == 30_000_01


@pytest.mark.parametrize("given", [{}, {"cents": 0}, {"parts": 0}, {"cents": 5, "parts": 1}])
def test_the_database_takes_an_amount_or_parts_and_never_both(given):
    made = Contributor.objects.create(vote=vote(costs=(1, 2)), number=1, title="Région")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(contributor=made, **given)


def test_a_contributor_brings_one_thing_to_a_budget():
    made = Contributor.objects.create(vote=vote(costs=(1, 2)), number=1, title="Région")
    Contribution.objects.create(contributor=made, cents=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(contributor=made, cents=6)


def test_a_vote_that_one_institution_pays_says_nothing_of_it(client):
    made = published(cast_in(vote(costs=(100, 200))))
    assert queries.published_result(made).tally[""].get("payments") is None
    page = client.get(f"/en/processes/{made.process.slug}/votes/{made.pk}/result/").content.decode()
    assert "Who pays" not in page


def cast_in(made):
    cast(made)
    return made


def test_an_outcome_of_equal_shares_is_compared_with_the_most_votes_first(client):
    """The example of the rule page, voted: six for playground and trees, four for benches."""
    made = vote(
        costs=(60_000_00, 40_000_00, 40_000_00), count=Count.EQUAL_SHARES, comparison=True, basket=False
    )  # fmt: skip
    for _n in range(6):
        cast(made, None, 1, 2)
    for _n in range(4):
        cast(made, None, 3)
    made = published(made)
    outcome = queries.published_result(made).tally[""]
    assert (outcome["winners"], outcome["preferred"]) == (["1", "2"], [4, 6])
    assert explaining.example(made).outcome.startswith("Playground and trees")
    page = client.get(f"/en/processes/{made.process.slug}/votes/{made.pk}/result/").content.decode()
    assert "The comparison: 6 voters have more money" in page
    assert "By the rule “equal shares” other options would have been funded" in page
    rule = client.get(f"/fr/processes/{made.process.slug}/votes/{made.pk}/rule/")
    assert rule.status_code == 200
    with override("en"):
        said = str(minutes.chapters(Told(made, queries.published_result(made))))
    assert "6 voters have more money" in said and "nobody voted" not in said


def test_the_database_takes_no_voter_while_what_is_brought_is_not_the_budget():
    made = vote(costs=(100, 200))
    brought(made, BUDGET - 1)
    with pytest.raises(IntegrityError, match="is not its budget"), checked_at_once():
        Voter.objects.create(vote=made, mark="1" * 64, channel=Channel.ONLINE)


@pytest.mark.parametrize("parts", [(BUDGET,), ("5", "3", "2"), (BUDGET // 2, "1"), ()])
def test_the_database_takes_voters_where_it_closes(parts):
    made = vote(costs=(100, 200))
    brought(made, *parts)
    with checked_at_once():
        Voter.objects.create(vote=made, mark="1" * 64, channel=Channel.ONLINE)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: Contribution.objects.filter(contributor__vote=made, parts=1).delete(),
        lambda made: Contribution.objects.filter(contributor__vote=made, parts=None).update(cents=BUDGET),
        lambda made: Contributor.objects.filter(vote=made, number=2).delete(),
        lambda made: Vote.objects.filter(pk=made.pk).update(budget_cents=50_000_00),
        lambda made: Contribution.objects.filter(contributor__vote=made).update(cents=BUDGET, parts=None),
    ],
)
def test_once_somebody_voted_the_database_lets_the_money_change_only_so_that_it_closes(spoil):
    made = vote(costs=(30_000_00, 20_000_00))
    brought(made, 60_000_00, "1")
    cast(made)
    with checked_at_once():
        Contribution.objects.filter(contributor__vote=made, parts=None).update(cents=50_000_00)
    with pytest.raises(IntegrityError, match="is not its budget"), checked_at_once():
        spoil(made)


def test_the_database_closes_each_group_of_options_by_itself():
    made = vote(options=0, count=Count.GREEDY, districts_mode=Districts.ALL)
    north, south = (district(made, number, budget_cents=50_00) for number in (1, 2))
    for number, where in ((1, north), (2, south)):
        option(made, number, cost_cents=10_00, district=where)
    brought(made, 20_00, 30_00, district=north)
    cast(made)
    with pytest.raises(IntegrityError, match="is not its budget"), checked_at_once():
        District.objects.filter(pk=north.pk).update(budget_cents=50_01)
    with checked_at_once():
        District.objects.filter(pk=south.pk).update(budget_cents=70_00)


@contextmanager
def checked_at_once():
    """What a commit would check is checked at the end of the block."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
