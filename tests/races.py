"""Many at the same instant, on a real PostgreSQL with real threads. For tests with `django_db(transaction=True)`."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from zenne.core.errors import Spoken


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """Each attempt in a thread and a connection of its own, let go together. Gives the results; a refusal is one."""
    gate = Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> object:
        gate.wait()
        try:
            return attempt()
        except Spoken as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def end_of(row: Any, rows: Mapping[int, Any]) -> Any:
    """Where a row that was merged into another, and that one perhaps too, ends; `rows` by key. It never comes round."""
    seen = {row.pk}
    while row.merged_into_id:
        row = rows[row.merged_into_id]
        assert row.pk not in seen, "a circle"
        seen.add(row.pk)
    return row


def refusals(results: list[object]) -> int:
    return sum(isinstance(result, Spoken) for result in results)
