"""What happens after commit: sealed boxes leave nothing in the files of the database."""

from django.db import connection
from procrastinate.contrib.django import app

from .models import Ballot, CounterPass, Replaced, VoteKey, Voter


@app.task(name="voting.sweep_box", queue="default")
def sweep_box() -> None:
    """Names no vote: what is dead is taken out, of whichever vote it was."""
    sweep()


def sweep() -> None:
    """Take what deleted rows leave behind out of the files of the tables: old ballots, marks, keys. Outside every transaction."""
    with connection.cursor() as cursor:
        for model in (VoteKey, Ballot, Voter, Replaced, CounterPass):
            cursor.execute(f"vacuum (full, analyze) {connection.ops.quote_name(model._meta.db_table)}")
