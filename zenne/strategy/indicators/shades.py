"""The lights of very many indicators, as a plan of ten thousand projects shows them: only how many stand where, so a light is worked out once for each
value and kept in the memory of this process, with the day on which it turns grey. A published value never changes; whatever else a light depends on
changes the indicator's version or state. Both are read each time."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from zenne.core.clock import in_brussels
from zenne.core.memory import Memory

from . import queries
from .enums import Light

MOST = 50_000

NOW = """
select held.id, held.version, held.state, latest.measurement_id
from unnest(%s::bigint[]) as wanted (id) join indicators_indicator as held on held.id = wanted.id
left join indicators_latest as latest on latest.indicator_id = held.id and latest.area_id is null
"""

_kept: Memory[tuple[Light, date | None]] = Memory(MOST)  # each weighs 1: the bound is on their number


def lights(indicators: Sequence[int], *, now: datetime) -> dict[int, Light]:
    """The light of each, by its number: one question, and one more for those that are new since they were asked of last."""
    with connection.cursor() as cursor:
        cursor.execute(NOW, [list(indicators)])
        keys = {row[0]: row for row in cursor.fetchall()}
    found = {pk: _kept.get(key) for pk, key in keys.items()}
    new = [pk for pk, known in found.items() if known is None]
    for pk, standing in queries.lights(new, now=now).items() if new else ():
        found[pk] = Light(standing.light), standing.due
        if not connection.in_atomic_block:  # what is not committed must not be remembered
            _kept.put(keys[pk], (Light(standing.light), standing.due), 1)
    today = in_brussels(now).date()
    return {pk: _today(*known, today) for pk in indicators if (known := found.get(pk)) is not None}


def _today(light: Light, due: date | None, today: date) -> Light:
    return Light.GREY if due is not None and today >= due else light
