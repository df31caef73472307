"""Draws that are committed or drawn, made with the real methods from a handful of panels: no solver is asked."""

import json
from datetime import datetime, timedelta
from itertools import combinations

from django.core.files.base import ContentFile

from zenne.methods.lottery.bundle import Bundle
from zenne.methods.lottery.commitment import Commitment
from zenne.methods.lottery.distribution import Distribution
from zenne.methods.lottery.randomness import Dice
from zenne.participation.sortition import actions, drawing, queries
from zenne.participation.sortition.enums import DrawState, LotteryState, Source
from zenne.participation.sortition.models import Answer, Draw, Lottery

from .factories import AFTER, lottery, pool

DUE = AFTER + timedelta(days=3)
THROWS = "12345612345612345612"


def closed(of: Lottery | None = None, people: int = 12) -> Lottery:
    """A lottery whose answers are closed and numbered."""
    of = of or lottery(source=Source.DICE)
    answers = list(pool(of, people))
    for number, answer in enumerate(answers, start=1):
        Answer.objects.filter(pk=answer.pk).update(number=number)
    Lottery.objects.filter(pk=of.pk).update(state=LotteryState.CHECKED, closed_at=AFTER)
    return queries.lotteries().get(pk=of.pk)


def committed(of: Lottery | None = None, *, due_at: datetime = DUE, number: int = 1) -> Draw:
    of = of or closed()
    instance = drawing.instance_of(of)
    panels = [
        panel
        for panel in combinations((entry.id for entry in instance.pool), of.size)
        if not instance.broken(frozenset(panel))
    ]
    distribution = Distribution.of(panels[:20], range(1, len(panels[:20]) + 1))
    commitment = Commitment.of(
        instance,
        distribution,
        algorithm=of.algorithm,
        source=Dice(20, due_at.strftime("%Y-%m-%dT%H:%M:%SZ")),
        number=number,
        about={"lottery": of.pk},
    )
    made = Draw(
        lottery=of,
        number=number,
        state=DrawState.COMMITTED,
        algorithm=of.algorithm,
        size=of.size,
        instance_digest=instance.digest,
        pool_size=len(instance.pool),
        distribution_digest=distribution.digest,
        panels=len(distribution.panels),
        odds={entry.id: distribution.held.get(entry.id, 0) for entry in instance.pool},
        certified=True,
        source=Source.DICE,
        due_at=due_at,
        place="Salle du conseil",
        commitment=json.loads(commitment.text),
        commitment_digest=commitment.digest,
        made_at=AFTER,
        published_at=AFTER + timedelta(days=1),
    )
    made.instance.save(f"draws/{of.pk}-{number}.json", ContentFile(instance.canonical.encode()), save=False)
    made.distribution.save(f"draws/{of.pk}-{number}.csv", ContentFile(distribution.text.encode()), save=False)
    made.save()
    Lottery.objects.filter(pk=of.pk).update(state=LotteryState.COMMITTED)
    return _fresh(made)


def drawn(of: Draw | None = None) -> Draw:
    """The panel of a committed draw, its seats offered."""
    made = of or committed()
    with made.distribution.open("rb") as file:
        distribution = Distribution.read(file.read().decode())
    commitment = Commitment.of(
        drawing.committed(made),
        distribution,
        algorithm=made.algorithm,
        source=Dice(20, made.commitment["source"]["announced"]),
        number=made.number,
        about=made.commitment["about"],
    )
    outcome = commitment.draw(THROWS)
    made.state, made.drawn_at = DrawState.DRAWN, made.due_at + timedelta(minutes=2)
    made.randomness, made.signature, made.seed = THROWS, THROWS, outcome.outcome.seed
    made.panel = sorted(int(number) for number in outcome.outcome.selected)
    made.reserve = [int(number) for number in outcome.outcome.reserve]
    content = Bundle(outcome).to_bytes()
    made.bundle.save(f"draws/{made.lottery_id}-{made.number}.zip", ContentFile(content), save=False)
    made.bundle_sha256 = "a" * 64
    made.save()
    Lottery.objects.filter(pk=made.lottery_id).update(state=LotteryState.DRAWN)
    made = _fresh(made)
    actions.offer_all(made, now=made.drawn_at)
    return made


def _fresh(draw: Draw) -> Draw:
    found = Draw.objects.get(pk=draw.pk)
    found.lottery = queries.lotteries().get(pk=draw.lottery_id)
    return found
