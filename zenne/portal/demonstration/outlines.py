"""What each idea of the volume will be before its words: where it stands, and how much it draws. The sums are exactly what was asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from zenne.participation.ideas.enums import LISTED, IdeaState

S = IdeaState
#: From sending to where it stands, and how many ideas of a thousand stand there.
WAYS: dict[tuple[IdeaState, ...], int] = {
    (S.SUBMITTED, S.PUBLISHED): 690,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE): 130,
    (S.SUBMITTED, S.PUBLISHED, S.INADMISSIBLE): 40,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.SHORTLISTED): 50,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.NOT_SHORTLISTED): 30,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.SHORTLISTED, S.SELECTED): 10,
    (S.SUBMITTED, S.PUBLISHED, S.ADMISSIBLE, S.SHORTLISTED, S.NOT_SELECTED): 10,
    (S.SUBMITTED, S.PUBLISHED, S.WITHDRAWN): 10,
    (S.SUBMITTED, S.REJECTED): 10,
    (S.SUBMITTED,): 20,
}


@dataclass(frozen=True)
class Outline:
    """What one idea will be, before its words: where it stands and how much of what it draws."""

    way: tuple[IdeaState, ...]
    supports: int
    comments: int


def outlines(ideas: int, supports: int, comments: int, people: int, seed: int) -> Iterator[Outline]:
    """Every idea's outline; few ideas draw much, many draw little, and the sums are exactly what was asked."""
    total_supports = total_comments = 0.0
    for _way, pull, talk in _weighed(ideas, seed):
        total_supports, total_comments = total_supports + pull, total_comments + talk
    backers = shares(supports, (pull for _way, pull, _talk in _weighed(ideas, seed)), total_supports, most=people - 1)
    talkers = shares(comments, (talk for _way, _pull, talk in _weighed(ideas, seed)), total_comments)
    for (way, _pull, _talk), backed, said in zip(_weighed(ideas, seed), backers, talkers, strict=True):
        yield Outline(way, backed, said)


def _weighed(ideas: int, seed: int) -> Iterator[tuple[tuple[IdeaState, ...], float, float]]:
    """The way of each idea and how strongly it draws supports and comments. The first one is public, so that all sums can be reached."""
    random = Random(f"{seed} outlines")  # noqa: S311
    ways, chances = list(WAYS), list(WAYS.values())
    for number in range(ideas):
        way = random.choices(ways, weights=chances)[0] if number else ways[0]
        pull, talk = random.paretovariate(1.3), random.paretovariate(1.6)
        shown = way[-1] in LISTED
        yield way, pull if shown else 0.0, talk if shown else 0.0


def shares(total: int, weights: Iterable[float], sum_of_weights: float, *, most: int | None = None) -> Iterator[int]:
    """`total` divided by weight, in whole numbers that add up. What is above `most` goes to the next ones that have a weight."""
    passed, given = 0.0, 0
    for weight in weights:
        passed += weight
        due = round(total * passed / sum_of_weights) - given if sum_of_weights else 0
        share = 0 if weight == 0.0 else due if most is None else min(due, most)
        given += share
        yield share
