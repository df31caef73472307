from django.db import connection

FOLD = """
with gone as (delete from ideas_tally returning process_id, ideas, supports, comments, answered)
insert into ideas_tally (process_id, ideas, supports, comments, answered)
select process_id, sum(ideas), sum(supports), sum(comments), sum(answered) from gone group by process_id
"""


def fold_tallies() -> None:
    """Make one row of all that say what the ideas of a process add up to. The sums stay what they are, for readers and writers alike."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD)
