"""A vote: prepared, filled, sealed, counted and published."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from random import Random

from zenne.participation.ideas.models import Idea
from zenne.participation.selections import queries as selections
from zenne.participation.voting import actions, queries
from zenne.participation.voting.models import Vote

from .. import decided
from ..processes import Staging, texts
from ..visits import Visit, visits
from .paper import PaperVoting


class Voting:
    """Puts a vote on the timeline of its process."""

    def __init__(self, staging: Staging, described: decided.Vote, ideas: Mapping[str, Idea]) -> None:
        self.staging, self.described, self.ideas = staging, described, ideas
        self.activity = staging.activities[described.phase, described.activity]
        self.by = staging.person(described.by)

    @property
    def vote(self) -> Vote:
        return queries.votes().get(pk=self.activity.pk)

    def plan(self) -> None:
        said, add = self.described, self.staging.timeline.add
        self._write(self.staging.described.created_at)
        if said.begins_at:
            add(said.begins_at, self._begin)
        for visit in visits(said.ballots, self.staging.residents):
            add(visit.at, partial(self._cast, visit))
        if said.paper:
            PaperVoting(self.staging, said.paper, said, lambda: self.vote).plan()
        if said.begins_at:
            add(said.ballots.first_at, lambda now: actions.put_on_ballot(now=now))
        if said.sealed_at:
            add(said.sealed_at, lambda now: actions.seal(self.vote, now=now))
        if said.counted_at:
            add(said.counted_at, lambda now: actions.count_now(self.vote, now=now))
        if said.published_at:
            add(said.published_at, self._publish)

    def _write(self, now: datetime) -> None:
        actions.change_vote(self.vote, values=self.described.settings, by=self.by, now=now)
        for option in self.described.options:
            values = {**texts(title=option.title, summary=option.text), "lon": option.lon, "lat": option.lat}
            values["cost_cents"] = option.cost_cents
            actions.add_option(self.vote, values=values, by=self.by, now=now)
        for one in self.described.contributors:
            values = texts(title=one.title) | {"organisation": self.staging.organisations.get(one.organisation)}
            actions.add_contributor(
                self.vote, values=values, brings={None: actions.Brings(one.cents, one.parts)}, by=self.by, now=now
            )

    def _begin(self, now: datetime) -> None:
        """What the jury kept comes on the ballot, with words in every language."""
        source = selections.sources(self.staging.process).first()
        assert source is not None
        keys = {idea.pk: key for key, idea in self.ideas.items()}
        for option in actions.begin_with(self.vote, source, by=self.by, now=now):
            said = self.described.ideas[keys[option.idea_id]]  # type: ignore[index]
            actions.change_option(option, values=texts(title=said.title, summary=said.text), by=self.by, now=now)

    def _cast(self, visit: Visit, now: datetime) -> None:
        blank = visit.number % self.described.ballots.blank == 0
        vote = self.vote
        chosen = None if blank else sorted(self._chosen(vote, visit))
        content = {"kind": vote.method, "choices": chosen}
        actions.cast(vote, content=content, by=self.staging.person(visit.person), now=now)

    def _chosen(self, vote: Vote, visit: Visit) -> list[str]:
        """Options drawn by their pull until the ballot is full, or the basket."""
        random = Random(f"{self.described.ballots.seed}:{visit.person}:{visit.again}")  # noqa: S311
        options = queries.options_of(vote)
        keys = {idea.pk: key for key, idea in self.ideas.items()}
        pulls = {
            option.key: (
                self.described.ideas[keys[option.idea_id]] if option.idea_id else self.described.options[place]
            ).pull
            for place, option in enumerate(options)
        }
        costs = {option.key: option.cost_cents or 0 for option in options}
        left = vote.budget_cents if vote.basket and vote.budget_cents else sum(costs.values())
        chosen: list[str] = []
        wanted = random.randint(vote.min_choices, vote.max_choices or 5)
        while len(chosen) < wanted:
            fitting = [key for key in pulls if key not in chosen and costs[key] <= left]
            if not fitting:
                break
            [key] = random.choices(fitting, weights=[pulls[each] for each in fitting])
            chosen.append(key)
            left -= costs[key]
        return chosen

    def _publish(self, now: datetime) -> None:
        result = queries.results_of(self.vote).first()
        assert result is not None
        actions.publish_result(result, by=self.by, now=now)
