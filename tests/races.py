"""Many at the same instant, on a real PostgreSQL with real threads. For tests with `django_db(transaction=True)`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

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


def refusals(results: list[object]) -> int:
    return sum(isinstance(result, Spoken) for result in results)
