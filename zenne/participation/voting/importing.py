"""A Pabulib file as a vote of ours: what it takes, what it cannot, and by which rule. Nothing is written here (`actions/importing.py`)."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from zenne.core.clock import at_brussels
from zenne.core.numbers import whole_number
from zenne.methods import pabulib
from zenne.methods.ballots import content as contents
from zenne.methods.pabulib import Election, VoteType

from .enums import COUNTS, Channel, Completion, Count, Method

METHODS = {
    VoteType.APPROVAL: Method.APPROVAL,
    VoteType.CHOOSE_1: Method.SINGLE,
    VoteType.CUMULATIVE: Method.POINTS,
    VoteType.SCORING: Method.SCORE,
}
# Rules as META names them that are one of ours; any other is counted by votes, and said to be.
RULES = {
    "greedy": (Count.GREEDY, Completion.NONE),
    "greedy-threshold": (Count.GREEDY, Completion.NONE),
    "equalshares": (Count.EQUAL_SHARES, Completion.NONE),
    "equalshares/add1": (Count.EQUAL_SHARES, Completion.ADD1U),
}
DAY = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.)?(\d{4})")
LARGEST = 32_767  # what a small integer of the database holds
TITLE = 120


class Unsuited(ValueError):
    """Why a file cannot become a vote here, in a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Project:
    title: str
    summary: str
    cost_cents: int


@dataclass(frozen=True)
class Plan:
    """A vote that is over, as a file tells it. `projects` are the options from number 1 on; `imported` is kept on the vote."""

    title: str
    opens_at: datetime
    closes_at: datetime
    settings: dict[str, Any]
    projects: list[Project]
    imported: dict[str, Any]
    election: Election

    def ballots(self) -> Iterator[tuple[dict[str, Any], Channel]]:
        """The content and the channel of each ballot, in the order of the file."""
        numbers = {project.id: str(number) for number, project in enumerate(self.election.projects, start=1)}
        for vote in self.election.votes:
            chosen = [numbers[each] for each in vote.choices]
            paper = vote.extra.get("voting_method", "").strip() == "paper"
            content = _content(self.election.vote_type, chosen, vote.points)
            yield content.plain(), Channel.PAPER if paper else Channel.ONLINE


def plan(data: bytes, *, file: str, now: datetime) -> Plan:
    """Raises `pabulib.Malformed` for what is no Pabulib file, Unsuited for what cannot be a vote here."""
    election = pabulib.read(data)
    method = METHODS.get(election.vote_type)
    if method is None:
        raise Unsuited(
            "Its votes are rankings of projects, and no rule here funds projects by rankings. Approval, choose-1, cumulative and scoring can be imported."
        )
    if election.meta.get("currency", "").strip() != "EUR":
        named = election.meta.get("currency", "").strip() or "no currency"
        raise Unsuited(f"Its amounts are in {named}. Votes here are held in euro: in META, `currency` must be EUR.")
    if election.points_unit != 1:
        raise Unsuited("Its points are not whole numbers.")
    opens_at, closes_at = _window(election, now)
    count, completion, exact = _rule(election, method)
    settings = {
        "method": method,
        "count": count,
        "completion": completion,
        "budget_cents": _cents(election.budget, election),
        "min_votes": _threshold(election, method),
        "random_order": False,
        **_limits(election, method),
    }
    names = [election.meta.get(key, "").strip() for key in ("unit", "instance", "subunit")]
    return Plan(
        title=(" ".join(name for name in names if name) or file)[:80],
        opens_at=opens_at,
        closes_at=closes_at,
        settings=settings,
        projects=[
            Project(
                title=(project.extra.get("name", "").strip() or project.id)[:TITLE],
                summary=project.extra.get("description", "").strip()[:1500],
                cost_cents=_cents(project.cost, election),
            )
            for project in election.projects
        ],
        imported=_imported(election, file, exact) | {"sha256": hashlib.sha256(data).hexdigest()},
        election=election,
    )


def _imported(election: Election, file: str, exact: bool) -> dict[str, Any]:
    official = election.official
    numbers = {project.id: str(number) for number, project in enumerate(election.projects, start=1)}
    return {
        "file": file,
        "rule": election.meta.get("rule", "").strip(),
        "exact": exact,
        "country": election.meta.get("country", "").strip(),
        "unit": election.meta.get("unit", "").strip(),
        "description": election.meta.get("description", "").strip(),
        "official": None if official is None else [numbers[each] for each in numbers if each in official],
        "ids": {number: project for project, number in numbers.items()},
    }


def _content(kind: VoteType, chosen: list[str], points: tuple[int, ...] | None) -> contents.Content:
    match kind:
        case VoteType.APPROVAL:
            return contents.approval(chosen)
        case VoteType.CHOOSE_1:
            return contents.single(chosen[0] if chosen else None)
    given = dict(zip(chosen, points or (), strict=True))
    return contents.points(given) if kind is VoteType.CUMULATIVE else contents.score(given)


def _rule(election: Election, method: Method) -> tuple[Count, Completion, bool]:
    """The way of counting, and whether it is the one that META names."""
    found = RULES.get(election.meta.get("rule", "").strip())
    if found is None or found[0] not in COUNTS[method]:
        return Count.GREEDY, Completion.NONE, False
    by_points = method in (Method.POINTS, Method.SCORE) and _named_threshold(election) > 0
    return *found, not by_points


def _named_threshold(election: Election) -> int:
    return _whole(election, "min_project_score_threshold")


def _threshold(election: Election, method: Method) -> int:
    """Ours counts ballots, so a threshold of points is not ours."""
    return _named_threshold(election) if method in (Method.APPROVAL, Method.SINGLE) else 0


def _limits(election: Election, method: Method) -> dict[str, Any]:
    """What a ballot may hold: what META says, and never less than what stands on one."""
    if method not in (Method.POINTS, Method.SCORE):
        return {}
    given = [vote.points or () for vote in election.votes]
    if any(value < 0 for points in given for value in points):
        raise Unsuited("A vote gives a project less than no points.")
    most = max((value for points in given for value in points), default=1)
    total = max((sum(points) for points in given), default=1)
    limits = {
        "points": {"points": max(total, _whole(election, "max_sum_points"), 1)},
        "score": {"top_score": max(most, _whole(election, "max_points"), 1)},
    }[method.value]
    if max(limits.values()) > LARGEST:
        raise Unsuited(f"Its votes hold more than {LARGEST} points.")
    return limits


def _whole(election: Election, key: str) -> int:
    return whole_number(election.meta.get(key, "").strip()) or 0


def _cents(value: int, election: Election) -> int:
    cents, rest = divmod(value * 100, election.unit)
    if rest:
        raise Unsuited("An amount is not a whole number of cents.")
    return cents


def _window(election: Election, now: datetime) -> tuple[datetime, datetime]:
    """From the first day at midnight in Brussels to the end of the last. A year alone is the whole year."""
    opens_at = at_brussels(_day(election, "date_begin")[0])
    closes_at = at_brussels(_day(election, "date_end")[1])
    if closes_at <= opens_at:
        raise Unsuited("It ends before it begins: see `date_begin` and `date_end` in META.")
    if closes_at > now:
        raise Unsuited("It is not over yet: see `date_end` in META.")
    return opens_at, closes_at


def _day(election: Election, key: str) -> tuple[date, date]:
    """The first day meant, and the day after the last."""
    named = election.meta.get(key, "").strip()
    found = DAY.fullmatch(named)
    try:
        if found and found[1]:
            day = date(int(found[3]), int(found[2]), int(found[1]))
            return day, day + timedelta(days=1)
        if found:
            return date(int(found[3]), 1, 1), date(int(found[3]) + 1, 1, 1)
    except (ValueError, OverflowError):
        pass
    raise Unsuited(f"`{key}` in META is no day: {named!r}. It is written 31.12.2025 or 2025.")
