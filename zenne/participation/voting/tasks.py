"""What happens after commit: sealed boxes leave nothing in the files of the database, and are counted."""

import hashlib
import logging

from django.core.files.base import ContentFile
from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zenne.core import clock
from zenne.core.setbacks import LOST_DATABASE

from . import queries
from .counting import tallying
from .counting.explanation import explanation
from .enums import ResultState
from .models import Ballot, CounterPass, Replaced, Result, VoteKey, Voter

logger = logging.getLogger(__name__)
STEPS = 4  # the ballots are read, counted, explained, packed
ATTEMPTS = 3


@app.task(name="voting.sweep_box", queue="default")
def sweep_box() -> None:
    """Names no vote: what is dead is taken out, of whichever vote it was."""
    sweep()


def sweep() -> None:
    """Take what deleted rows leave behind out of the files of the tables: old ballots, marks, keys. Outside every transaction."""
    with connection.cursor() as cursor:
        for model in (VoteKey, Ballot, Voter, Replaced, CounterPass):
            cursor.execute(f"vacuum (full, analyze) {connection.ops.quote_name(model._meta.db_table)}")


@app.task(
    name="voting.count",
    queue="default",
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5, retry_exceptions=LOST_DATABASE),
)
def count_ballots(*, result: int) -> None:
    count(result)


def count(pk: int) -> None:
    """Count a sealed box under its frozen rule. It ends as a whole result or with a reason; a killed worker's count is done again, with the same outcome."""
    result = Result.objects.select_related("vote__activity__phase__process__organisation").get(pk=pk)
    if result.state != ResultState.COUNTING:
        return
    try:
        _count(result)
    except LOST_DATABASE:
        raise
    except Exception as fault:
        logger.exception("count %s failed", pk)  # whatever it is: staff are told, and the log has the rest
        Result.objects.filter(pk=pk, state=ResultState.COUNTING).update(
            state=ResultState.FAILED, failure=f"{type(fault).__name__}: {fault}"[:300]
        )


def _count(result: Result) -> None:
    vote = result.vote
    frozen = vote.activity.rule_versions.get(digest=result.rule_digest)
    counted = tallying.bundle(frozen.text, queries.sealed(vote), tallying.about(vote))
    _step(result, 1)
    result.root, result.size, result.tally = counted.root, len(counted.lines), counted.result["tally"]
    _step(result, 2)
    result.explanation = explanation(counted)
    _step(result, 3)
    content = counted.to_bytes()
    result.bundle_sha256, result.done = hashlib.sha256(content).hexdigest(), STEPS
    result.state, result.made_at = ResultState.DRAFT, clock.now()
    name = f"votes/{vote.pk}-{result.number}-{result.root[:16]}.zip"
    with transaction.atomic():
        held = Result.objects.select_for_update().get(pk=result.pk)
        if held.state != ResultState.COUNTING:
            return
        result.bundle.save(name, ContentFile(content), save=False)
        result.save()


def _step(result: Result, done: int) -> None:
    Result.objects.filter(pk=result.pk).update(done=done)
