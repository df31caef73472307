"""The clock's entrance: carriers who left are noticed at night."""

from procrastinate.contrib.django import app

from zenne.core import clock

from . import actions


@app.periodic(cron="23 3 * * *")
@app.task(name="portfolio.carriers", queueing_lock="portfolio.carriers", lock="portfolio.carriers")
def carriers(timestamp: int) -> None:
    """Every night: a project that nobody carries is seen the next morning."""
    actions.notice_carriers(now=clock.now())
