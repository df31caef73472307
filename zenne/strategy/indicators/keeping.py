"""What is kept beside published values: the latest of each indicator and area, and what computed indicators have still to look at."""

from collections.abc import Sequence

from django.db import connection

LATEST = """
insert into indicators_latest (indicator_id, area_id, measurement_id, "end", value)
select distinct on (indicator_id, area_id) indicator_id, area_id, id, "end", value
from indicators_measurement where id = any(%s) and state = 'published'
order by indicator_id, area_id, "end" desc, start desc, id desc
on conflict (indicator_id, area_id) do update
    set measurement_id = excluded.measurement_id, "end" = excluded."end", value = excluded.value
    where excluded."end" >= indicators_latest."end"
"""
# Only what something is computed from has to be looked at again.
TOUCHED = """
insert into indicators_touched (indicator_id, area_id, start, "end")
select indicator_id, area_id, start, "end" from indicators_measurement
where id = any(%s) and indicator_id = any(%s) order by id
"""
FALLEN = """
delete from indicators_latest as held using indicators_measurement as gone
where held.measurement_id = gone.id and gone.state = 'revised' and gone.id = any(%s)
returning held.indicator_id, held.area_id
"""
AGAIN = """
insert into indicators_latest (indicator_id, area_id, measurement_id, "end", value)
select indicator_id, area_id, id, "end", value from indicators_measurement
where indicator_id = %s and area_id is not distinct from %s and state = 'published'
order by "end" desc, start desc, id desc limit 1
"""


def published(ids: Sequence[int], *, used: Sequence[int]) -> None:
    """These values were just published. `used` are the indicators that others are computed from."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [list(ids)])
        if used:
            cursor.execute(TOUCHED, [list(ids), list(used)])


def withdrawn(ids: Sequence[int]) -> None:
    """These values no longer stand, and nothing took their place: the latest is an earlier one, if there is any."""
    with connection.cursor() as cursor:
        cursor.execute(FALLEN, [list(ids)])
        for indicator, area in cursor.fetchall():
            cursor.execute(AGAIN, [indicator, area])
