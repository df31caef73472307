"""What happens after commit: letters to many guests, one job each."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from zenne.core import clock

from .guests import What, write
from .models import Registration


@app.task(name="meetings.write_to_guest", queue="mail", pass_context=True)
def write_to_guest(context: JobContext | None = None, *, registration: int, what: str) -> None:
    """A worker that was killed at it may have handed the letter over: the job that comes back from it writes none."""
    if context is not None and context.job.attempts:
        return
    rows = Registration.objects.select_related("meeting__process__organisation", "meeting__activity")
    if found := rows.filter(pk=registration).first():
        write(found, What(what), clock.now())
