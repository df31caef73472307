"""The past is replayed without a sound: nothing is mailed, and no worker hears of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from zenne.core import errands, mail

MAILING = "mail"
"""The queue of letters: what lands there during a replay is forgotten."""


@contextmanager
def quietly() -> Iterator[Callable[[], None]]:
    """Inside, work that actions leave to the worker is kept in memory; calling what is given does it, in order, letters excepted.

    So messages about the past lie in the inboxes when the loading is done, none of them waits to be mailed, and a worker that runs
    beside the loading has nothing to do with it.
    """
    kept = InMemoryConnector()

    with app.replace_connector(kept), mail.withheld(), errands.kept() as run_errands:

        def catch_up() -> None:
            run_errands()
            waiting = [kept.jobs.pop(number) for number in sorted(kept.jobs)]
            for job in waiting:
                if job["queue_name"] != MAILING:
                    app.tasks[job["task_name"]](**job["args"])

        yield catch_up
