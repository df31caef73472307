"""The clock's entrance: work that a killed worker left in its hands is taken up again, errands that nobody runs are run; counters that passed are forgotten."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from . import errands
from .counting import sweep

SILENT_SECONDS = 60


@app.periodic(cron="* * * * *")
@app.task(name="core.take_up", queueing_lock="core.take_up", queue="mail")
async def take_up_what_stalled(timestamp: int) -> None:
    """Without this, a task that runs one at a time would wait for ever behind the one that nobody works on any more.

    Where the same work waits already (its queueing lock is taken), the stalled job makes room for it.
    """
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="* * * * *")
@app.task(name="core.run_errands", queueing_lock="core.run_errands")
def run_errands(timestamp: int) -> None:
    """Those whose writer was killed before it could wake the worker, and those whose second try is due."""
    if errands.waiting().exists():
        errands.wake()


@app.periodic(cron="23 * * * *")
@app.task(name="core.sweep_counters", queueing_lock="core.sweep_counters")
def sweep_counters(timestamp: int) -> None:
    sweep()
