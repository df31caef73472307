"""A sealed box is counted as its frozen rule says, published once, and can be counted again by anybody."""

from datetime import timedelta

import pytest

from zenne.core.errors import Conflict, Invalid
from zenne.methods.proofs.verdict import Reason, verify
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Selection
from zenne.participation.voting import actions, queries, tasks
from zenne.participation.voting.enums import Completion, Count, Method, ResultState, VoteState
from zenne.participation.voting.models import Result, Vote
from zenne.places.areas.models import Area

from .factories import AFTER, NOW, Districts, cast, district, option, published, resident, sealed, staff, vote

pytestmark = pytest.mark.django_db
LATER = AFTER + timedelta(hours=1)


def counted(of: Vote) -> Result:
    """The draft result of a closed vote, counted by the worker's own function."""
    result = actions.begin_count(of, by=manager(of), now=AFTER)
    tasks.count(result.pk)
    result.refresh_from_db()
    assert result.state == ResultState.DRAFT, result.failure
    return result


def manager(of: Vote):
    return staff(of.process.organisation)


def closed(*ballots: tuple[int, ...], **settings: object) -> Vote:
    """A sealed vote in which so many people chose so."""
    made = vote(**settings)
    ensure_frozen(made.activity, now=NOW)
    for ballot in ballots:
        cast(made, None, *ballot)
    return sealed(made)


def test_the_most_chosen_option_wins():
    result = counted(closed((1,), (2,), (2,), (2, 3)))
    assert result.tally[""]["winners"] == ["2"] and result.size == 4
    assert result.tally[""]["support"] == {"1": 1, "2": 3, "3": 1}


@pytest.mark.parametrize(
    ("method", "count", "filled", "winners"),
    [
        (Method.SINGLE, Count.MOST, [{"1": "1"}, {"3": "1"}, {"3": "1"}], ["3"]),
        (Method.POINTS, Count.MOST, [{"1": "4", "2": "6"}, {"1": "4"}], ["1"]),
        (Method.SCORE, Count.MOST, [{"1": "1", "2": "5"}, {"1": "2"}], ["2"]),
        (
            Method.RANKING,
            Count.INSTANT_RUNOFF,
            [{"1": "1"}, {"1": "1"}, {"2": "1", "3": "2"}, {"3": "1", "2": "2"}],
            ["1"],
        ),
        (Method.RANKING, Count.SCHULZE, [{"1": "1", "2": "2"}, {"2": "1", "3": "2"}, {"2": "1", "1": "2"}], ["2"]),
        (Method.RANKING, Count.BORDA, [{"1": "1", "2": "2"}, {"2": "1", "3": "2"}], ["2"]),
        (Method.YES_NO, Count.MAJORITY, [{"1": "yes", "2": "no"}, {"1": "yes", "2": "yes"}, {"2": "no"}], ["1"]),
    ],
)
def test_each_way_of_counting_gives_its_winner(method, count, filled, winners):
    made = vote(method=method, count=count)
    ensure_frozen(made.activity, now=NOW)
    for ballot in filled:
        actions.cast(made, content=_content(made, ballot), district=None, by=resident(), now=NOW)
    assert counted(sealed(made)).tally[""]["winners"] == winners


def _content(of: Vote, said: dict[str, str]):
    from zenne.participation.voting import filling

    return filling.content(of, queries.options_of(of), said)


@pytest.mark.parametrize(
    ("count", "winners"),
    [
        (Count.GREEDY, ["1", "2"]),
        (Count.GREEDY_COST, ["2", "1"]),
        (Count.EQUAL_SHARES, ["1", "3"]),
        (Count.PHRAGMEN, ["2", "3"]),
    ],
)
def test_each_rule_for_budgets_gives_its_winners(count, winners):
    """Six people want the playground and the trees, four the benches: the example on the page of the rule."""
    costs = (6_000_000, 4_000_000, 4_000_000)
    settings = {"costs": costs, "count": count, "basket": False, "completion": Completion.NONE}
    result = counted(closed(*[(1, 2)] * 6, *[(3,)] * 4, **settings))
    assert result.tally[""]["winners"] == winners
    others = {each["rule"]: each["winners"] for each in result.explanation[""]["also"]}
    assert count.value not in others and set(others) <= {"greedy", "equal-shares"}


def test_counting_twice_gives_the_same_bytes():
    made = closed((1,), (2,), (2,), costs=(6_000_000, 4_000_000, 4_000_000))
    first, second = counted(made), counted(made)
    assert first.number + 1 == second.number and first.bundle_sha256 == second.bundle_sha256
    assert first.bundle.read() == second.bundle.read()


def test_the_bundle_of_a_result_holds(tmp_path):
    result = counted(closed((1,), (2,), (2, 3)))
    path = tmp_path / "bundle.zip"
    path.write_bytes(result.bundle.read())
    assert verify(path, root=result.root, rule=result.rule_digest).reason is Reason.HOLDS


def test_an_open_vote_is_not_counted():
    made = vote()
    with pytest.raises(Conflict):
        actions.begin_count(made, by=manager(made), now=NOW)


def test_a_killed_count_is_done_again_with_the_same_outcome():
    made = closed((1,), (2,), (2,))
    result = actions.begin_count(made, by=manager(made), now=AFTER)
    tasks.count(result.pk)
    before = Result.objects.get(pk=result.pk)
    Result.objects.filter(pk=result.pk).update(state=ResultState.COUNTING, tally={}, root="")
    tasks.count(result.pk)
    again = Result.objects.get(pk=result.pk)
    assert (again.root, again.tally, again.bundle_sha256) == (before.root, before.tally, before.bundle_sha256)


def test_a_count_that_cannot_work_says_so():
    made = closed((1,))
    result = actions.begin_count(made, by=manager(made), now=AFTER)
    Result.objects.filter(pk=result.pk).update(rule_digest="0" * 64)
    tasks.count(result.pk)
    result.refresh_from_db()
    assert result.state == ResultState.FAILED and "RuleVersion" in result.failure


def test_a_published_result_moves_ideas_and_leaves_a_selection(ideas_to_vote_on):
    made, ideas = ideas_to_vote_on
    ensure_frozen(made.activity, now=NOW)
    for number in (1, 2, 2):
        cast(made, None, number)
    made = sealed(made)
    result = actions.publish_result(counted(made), by=manager(made), now=LATER)
    states = [Idea.objects.get(pk=idea.pk).state for idea in ideas]
    assert states == [IdeaState.NOT_SELECTED, IdeaState.SELECTED, IdeaState.NOT_SELECTED]
    selection = Selection.objects.get()
    assert selection.choices.get(outcome=Outcome.KEPT).idea == ideas[1] and selection.rule_digest == result.rule_digest
    assert all(choice.reason and choice.reason_nl and choice.reason_en for choice in selection.choices.all())
    assert queries.votes().get(pk=made.pk).state(LATER) == VoteState.COUNTED


def test_only_one_count_is_ever_public():
    made = closed((1,), (2,), (2,))
    first, second = counted(made), counted(made)
    actions.publish_result(first, by=manager(made), now=LATER)
    with pytest.raises(Conflict):
        actions.publish_result(second, by=manager(made), now=LATER)


def test_an_annulled_vote_keeps_everything_and_says_why(client, clock_shows):
    made = closed((1,), (2,))
    actions.publish_result(counted(made), by=manager(made), now=LATER)
    reason = {"fr": "Une option manquait.", "nl": "Een keuze ontbrak.", "en": "An option was missing."}
    actions.annul(made, reason=reason, by=manager(made), now=LATER)
    made = queries.votes().get(pk=made.pk)
    assert made.state(LATER) == VoteState.ANNULLED and made.annulment == reason
    assert made.results.get().state == ResultState.ANNULLED and queries.sealed(made).count() == 2
    clock_shows(LATER)
    page = client.get(made.get_absolute_url().replace("/fr/", "/en/")).text
    assert "An option was missing." in page and "stays readable" in page and "The result is there" not in page


def test_annulling_takes_a_reason_in_every_promised_language():
    made = closed((1,))
    with pytest.raises(Invalid):
        actions.annul(made, reason={"en": "A mistake.", "fr": " "}, by=manager(made), now=LATER)


def test_below_the_quorum_nothing_is_decided():
    result = counted(closed((1,), quorum=2))
    assert result.tally[""]["winners"] == [] and result.tally[""]["quorum"] == {"needed": 2, "reached": False}


def test_nothing_of_a_result_is_public_before_its_publication(client):
    made = closed((1,), (2,), (2,))
    result = counted(made)
    for page in ("result", "result/report.pdf", "result/bundle.zip"):
        assert (
            client.get(
                f"/fr/processes/{made.process.slug}/votes/{made.pk}/{page}{'' if '.' in page else '/'}"
            ).status_code
            == 404
        )
    actions.publish_result(result, by=manager(made), now=LATER)
    page = client.get(f"/en/processes/{made.process.slug}/votes/{made.pk}/result/")
    assert page.status_code == 200 and "One option won: Choice 2." in page.text and result.root in page.text


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_official_report_is_a_pdf_in_every_language(client, language):
    made = closed((1, 2), (3,), costs=(6_000_000, 4_000_000, 4_000_000), basket=False)
    actions.publish_result(counted(made), by=manager(made), now=LATER)
    answer = client.get(f"/{language}/processes/{made.process.slug}/votes/{made.pk}/result/report.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_districts_that_are_places_are_drawn_with_what_came_out_in_each(client):
    made = vote(options=0, districts_mode=Districts.ALL)
    for number in (1, 2):
        square = [[4.3 + number / 100, 50.8], [4.31 + number / 100, 50.8], [4.31 + number / 100, 50.81]]
        area = Area.objects.create(
            kind="commune",
            code=f"2100{number}",
            name_fr=f"Lieu {number}",
            name_nl=f"Plek {number}",
            outline={"type": "MultiPolygon", "coordinates": [[[*square, square[0]]]]},
            outlined_at=NOW,
            west=4.3,
            east=4.4,
            south=50.8,
            north=50.9,
        )
        option(made, number, district=district(made, number, area=area))
    cast(made, None, 1)
    made = published(made)
    page = client.get(f"/en/processes/{made.process.slug}/votes/{made.pk}/result/").text
    assert page.count('class="map-area is-on') == 2 and page.count('class="map-pin') == 2
    assert 'href="#list-2"' in page and 'id="list-2"' in page
    assert "<title>1. District 1: " in page
    assert "1 ballot · Choice 1</span>" in page and "1 ballot · No option won.</span>" in page
