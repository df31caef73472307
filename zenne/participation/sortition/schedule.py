"""The clock's entrance: pools close, seats lapse and are offered on, reminders leave, and what has served is destroyed."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="12 6 * * *")
@app.task(name="sortition.remind", queueing_lock="sortition.remind", lock="sortition.remind")
def remind(timestamp: int) -> None:
    """Every morning."""
    actions.remind_due(now=clock.now())


@app.periodic(cron="42 * * * *")
@app.task(name="sortition.sweep_printings", queueing_lock="sortition.sweep_printings", lock="sortition.sweep_printings")
def sweep_printings(timestamp: int) -> None:
    """Every hour."""
    actions.sweep_printings(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="sortition.close_due", queueing_lock="sortition.close_due", lock="sortition.close_due")
def close(timestamp: int) -> None:
    """Every minute. Nobody can answer after the end in any case: the moment is checked with every answer."""
    actions.close_due(now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="sortition.fill_seats", queueing_lock="sortition.fill_seats", lock="sortition.fill_seats")
def fill_seats(timestamp: int) -> None:
    """Seats that nobody confirmed in time, and those that came free in the panel: each goes to the next in reserve. Who has not answered is reminded."""
    actions.lapse_due(now=clock.now())
    actions.follow_vacancies(now=clock.now())
    actions.remind_seats(now=clock.now())


@app.periodic(cron="17 3 * * *")
@app.task(name="sortition.destroy_due", queueing_lock="sortition.destroy_due", lock="sortition.destroy_due")
def destroy(timestamp: int) -> None:
    """Every night."""
    actions.destroy_due(now=clock.now())
    actions.discard_forgotten(now=clock.now())
