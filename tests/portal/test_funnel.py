"""The City's participatory budget of 2018, replayed: how 105 ideas became 10 funded projects.

Published: 105 ideas, 51 worked out, 36 handed in, 33 analysed by the services, 18 on the ballot, 10 funded for 134,070 EUR by 2,045 voters. Not
published and invented here: which ones, their prices, and every ballot.
"""

import secrets
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse

from tests.participation.ideas import factories as ideas
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.processes.models import Activity, Phase
from zenne.participation.selections import actions as selections
from zenne.participation.selections import queries as left
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Selection
from zenne.participation.voting import actions, marks, queries
from zenne.participation.voting.enums import Channel, Count, ResultState
from zenne.participation.voting.models import Vote

pytestmark = pytest.mark.django_db
NOW = ideas.NOW
OPENS, CLOSES = NOW + timedelta(days=2), NOW + timedelta(days=12)
STAGES = {"worked out": 51, "handed in": 36, "analysed": 33, "on the ballot": 18}
FUNDED = (1_950_000, 1_870_000, 1_764_000, 1_640_000, 1_512_000, 1_275_000, 1_098_000, 960_000, 788_000, 550_000)
OTHERS = (1_990_000, 1_985_000, 1_940_000, 1_900_000, 1_880_000, 1_860_000, 1_830_000, 1_800_000)
VOTERS, SPENT = 2_045, 13_407_000


def words(text: str) -> dict[str, str]:
    return {language: f"{text} ({language})" for language in ("fr", "nl", "en")}


def narrowed(before: list[Idea], to: int, name: str, source: Selection | None, by) -> Selection:
    """A decision that keeps the first `to`, as the services took them one after the other."""
    process = before[0].process
    made = selections.open(process, title=words(name), source=source, by=by, now=NOW)
    for place, idea in enumerate(before):
        kept = place < to
        cost = (*FUNDED, *OTHERS)[place] if kept and to == STAGES["on the ballot"] else None
        selections.choose(
            made,
            idea,
            outcome=Outcome.KEPT if kept else Outcome.NOT_KEPT,
            reason=words(name),
            rank=place + 1,
            cost_cents=cost,
            by=by,
        )
    last = to == STAGES["on the ballot"]
    moves = {Outcome.NOT_KEPT: (IdeaState.INADMISSIBLE, IdeaState.NOT_SHORTLISTED)}
    kept_to = {Outcome.KEPT: IdeaState.SHORTLISTED if last else IdeaState.ADMISSIBLE}
    return selections.publish(made, move=moves | kept_to, by=by, now=NOW)


def vote_on(source: Selection, by) -> Vote:
    phase = Phase.objects.create(process=source.process, position=2, title="Vote", opens_at=OPENS, closes_at=CLOSES)
    activity = Activity.objects.create(phase=phase, kind="vote", title="Le vote", title_nl="Stem", title_en="The vote")
    made = Vote.objects.create(activity=activity)
    marks.make_key(made)
    rule = {"method": "approval", "count": Count.GREEDY, "budget_cents": SPENT}
    actions.change_vote(made, values=rule, by=by, now=NOW)
    actions.begin_with(queries.votes().get(pk=made.pk), source, by=by, now=NOW)
    ensure_frozen(activity, now=OPENS)
    actions.put_on_ballot(now=OPENS)
    return queries.votes().get(pk=made.pk)


def fill_the_box(vote: Vote) -> None:
    """Each voter under marks of their own, by the verb that every channel ends in; the funded ones are wanted most, the first the most."""
    random = Random(2018)  # noqa: S311 - invented ballots
    wanted = [20 - number for number in range(1, 11)] + [4] * 8
    for _voter in range(VOTERS):
        drawn = {str(number) for number in random.choices(range(1, 19), weights=wanted, k=3)}
        claims = marks.Claims((secrets.token_hex(32),))
        actions.put(vote, claims, {"kind": "approval", "choices": sorted(drawn)}, channel=Channel.ONLINE)


@pytest.mark.slow
def test_budget_of_2018_goes_through_every_stage_and_closes_to_the_cent(client, clock_shows):
    call = ideas.call()
    by, author = ideas.staff(call.process.organisation), ideas.resident()
    standing = [ideas.idea(call, author=author) for _number in range(105)]
    source = None
    for name, number in STAGES.items():
        source = narrowed(standing, number, name, source, by)
        standing = [choice.idea for choice in left.kept(source)]
        assert len(standing) == number
    vote = vote_on(source, by)
    assert [option.cost_cents for option in queries.options_of(vote)] == [*FUNDED, *OTHERS]

    fill_the_box(vote)
    actions.seal(vote, now=CLOSES + timedelta(minutes=1))
    result = actions.count_now(queries.votes().get(pk=vote.pk), now=CLOSES + timedelta(hours=1))
    assert result.state == ResultState.DRAFT, result.failure
    actions.publish_result(result, by=by, now=CLOSES + timedelta(hours=2))

    vote = queries.votes().get(pk=vote.pk)
    final = left.sources(vote.process).first()
    funded = list(left.kept(final))
    assert (vote.size, result.size) == (VOTERS, VOTERS)
    assert (len(funded), sum(choice.cost_cents for choice in funded)) == (10, SPENT)
    states = Counter(Idea.objects.filter(process=call.process).values_list("state", flat=True))
    assert states[IdeaState.SELECTED] == 10 and states[IdeaState.NOT_SELECTED] == 8 and sum(states.values()) == 105
    assert [choice.selection.number for choice in left.way(funded[0].idea)] in ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])

    clock_shows(CLOSES + timedelta(days=1))
    page = client.get(reverse("voting:result", args=[vote.process.slug, vote.pk]))
    text = page.content.decode()
    assert page.status_code == 200 and "134" in text and "070" in text
