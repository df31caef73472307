"""The last hour of a vote: ballots cast through HTTP over 32 connections, mixed with pages that others read, and whether each person has exactly one.

python -m bench.ballots [--people N] [--ideas N] [--seconds S]

Everybody votes twice, in a random order, so that half of the ballots replace an earlier one; for every ballot two pages are asked: that of the vote by a visitor,
and the ballot by somebody signed in. What must hold: more than 100 ballots a second on two cores, 95 of 100 in under 300 ms.
"""

import argparse
import random
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from . import installation, pages
from .load import Measured, Request, drive

PORT = 8191
CONNECTIONS = 32
OPTIONS = 24
COSTS = range(1_000_000, 1_000_000 + OPTIONS * 150_000, 150_000)
BUDGET = 20_000_000
LEAST_PER_SECOND, LATEST_MS = 100, 300
TAKEN = frozenset({200, 302})


@dataclass(frozen=True)
class Held:
    """What was measured of one vote, and what its box held afterwards."""

    measured: Measured
    people: int
    ballots: int
    voters: int
    replaced: int

    @property
    def exact(self) -> bool:
        sent = len(self.measured.seconds)
        return self.ballots == self.voters <= self.people and self.ballots + self.replaced == sent

    @property
    def met(self) -> bool:
        quick = self.measured.per_second > LEAST_PER_SECOND and self.measured.percentile(0.95) < LATEST_MS
        return self.exact and quick and not self.measured.wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.ballots")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--ideas", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=120.0, help="at most")
    options = parser.parse_args()
    environ = installation.prepare(installation.Volume(options.ideas), PORT)
    with installation.serving(environ):
        held = hold(PORT, pages.sessions(options.people), seconds=options.seconds)
    measured = held.measured
    print("| ballots | a second | p50 ms | p95 ms | p99 ms | exactly one each |\n|--:|--:|--:|--:|--:|---|")
    print(
        f"| {len(measured.seconds)} by {held.voters} people | {measured.per_second:.0f} | {measured.percentile(0.5):.1f} "
        f"| {measured.percentile(0.95):.1f} | {measured.percentile(0.99):.1f} | {'yes' if held.exact else 'NO'} "
        f"({held.ballots} in the box, {held.replaced} replaced{f', refused: {measured.wrong}' if measured.wrong else ''}) |"
    )
    return 0 if held.met else 1


def hold(port: int, sessions: list[str], *, seconds: float) -> Held:
    """Open a budget vote, let everybody vote in it, and look into the box: how many rows, never what they say."""
    from zenne.participation.voting.models import Ballot, Replaced, Voter

    vote = _vote()
    print(f"bench: {len(sessions)} people vote ...", file=sys.stderr, flush=True)
    measured = drive(port, _sent(vote, sessions), seconds=seconds, expected=TAKEN, connections=CONNECTIONS)
    count = [model._default_manager.filter(vote=vote).count() for model in (Ballot, Voter, Replaced)]
    return Held(measured, len(sessions), *count)


def _vote() -> Any:
    from datetime import timedelta

    from zenne.core import clock
    from zenne.participation.processes.models import Activity, Phase, Process
    from zenne.participation.voting import marks
    from zenne.participation.voting.enums import Count
    from zenne.participation.voting.models import Option, Vote

    now = clock.now()
    process = Process.objects.filter(slug__startswith="volume-").order_by("id").first()
    assert process is not None
    position = process.phases.count() + 1
    window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=1)}
    phase = Phase.objects.create(process=process, position=position, title="Vote", **window)
    activity = Activity.objects.create(phase=phase, kind="vote", title="Budget")
    vote = Vote.objects.create(activity=activity, count=Count.EQUAL_SHARES, basket=True, budget_cents=BUDGET)
    marks.make_key(vote)
    Option.objects.bulk_create(
        Option(vote=vote, number=number, title=f"Option {number}", cost_cents=cost)
        for number, cost in enumerate(COSTS, 1)
    )
    return vote


def _sent(vote: Any, sessions: list[str]) -> Iterator[Request]:
    draw = random.Random(vote.pk)  # noqa: S311 - repeatable
    base = f"/fr/processes/{vote.process.slug}/votes/{vote.pk}/"
    turns = [*sessions, *sessions]
    draw.shuffle(turns)
    for session in turns:
        token = secrets.token_hex(16)
        signed_in = {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
        yield Request(base, counted=False)
        yield Request(f"{base}ballot/", signed_in, counted=False)
        chosen = draw.sample(range(1, OPTIONS + 1), 3)
        yield Request(f"{base}ballot/cast/", signed_in, "POST", urlencode({f"o{number}": "1" for number in chosen}))


if __name__ == "__main__":
    sys.exit(main())
