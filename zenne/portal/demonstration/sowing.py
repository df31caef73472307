"""A million ideas from ten thousand: the database copies what was written one by one, each copy with its own place in time and order.

Words come from the ideas they are copied from, with a number behind the title; so do theme, place, state, steps and answer. Authors are drawn from
the people of the volume. A copy has no supports and no comments, and its counters say so. All is one transaction: the indexes that are put
aside while copying are there again at its end, or nothing happened.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from zenne.participation.ideas.models import Idea, OfficialAnswer, StatusChange, Version
from zenne.participation.ideas.models.idea import CIRCLE
from zenne.participation.processes.models import Activity

CHUNK = 25_000

#: How far back in time copy `g` lies: never before the call opened.
BACK = "((g * 7919 %% 997) / 997.0 * (s.submitted_at - opens.at))"

IDEA = {
    "id": "base.id + g",
    "title": "left(s.title, 108) || ', n° ' || (1 + g %% 900)",
    "author_id": "case when s.author_id is null then null else c.person_id end",
    "created_at": f"s.created_at - {BACK}",
    "submitted_at": f"s.submitted_at - {BACK}",
    "published_at": f"s.published_at - {BACK}",
    "answered_at": f"s.answered_at - {BACK}",
    "support_count": "0",
    "oppose_count": "0",
    "comment_count": "0",
    "shuffle": f"((g * 1103515245 + 12345) %% {CIRCLE})",
    "assigned_to_id": "null",
}
VERSION = {
    "idea_id": "base.id + g",
    "title": IDEA["title"],
    "written_by_id": "case when s.author_id is null then x.written_by_id else c.person_id end",
    "written_at": f"x.written_at - {BACK}",
}
STEP = {"idea_id": "base.id + g", "changed_at": f"x.changed_at - {BACK}"}
ANSWER = {"idea_id": "base.id + g", "published_at": f"x.published_at - {BACK}"}


@transaction.atomic
def sow(
    activity: Activity, *, number: int, written: Sequence[int], crowd: Sequence[int], report: Callable[[str], None]
) -> None:
    """Add `number` copies of the ideas whose keys are `written`, by people whose keys are `crowd`."""
    opens, _closes = activity.window()
    with connection.schema_editor(atomic=False) as editor, connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # deferred checks of a million rows would wait in memory
        cursor.execute("set local maintenance_work_mem = '512MB'")
        _lay_out(cursor, opens, written, crowd)
        for index in Idea._meta.indexes:
            editor.remove_index(Idea, index)
        for start in range(1, number + 1, CHUNK):
            end = min(start + CHUNK - 1, number)
            _copy(cursor, Idea, "s", IDEA, start, end, keep_key=True)
            for model, own in ((Version, VERSION), (StatusChange, STEP), (OfficialAnswer, ANSWER)):
                _copy(cursor, model, "x", own, start, end)
            report(f"{end} copies")
        cursor.execute("select setval(pg_get_serial_sequence('ideas_idea', 'id'), (select max(id) from ideas_idea))")
        for index in Idea._meta.indexes:
            editor.add_index(Idea, index)
            report(f"index {index.name}")


def _lay_out(cursor: object, opens: datetime, written: Sequence[int], crowd: Sequence[int]) -> None:
    """What is copied and who writes it, numbered, so that a copy's number says what it is made from."""
    run = cursor.execute  # type: ignore[attr-defined]
    run(
        "create temp table sown on commit drop as select row_number() over (order by id) - 1 as n, * from ideas_idea where id = any(%s)",
        [list(written)],
    )
    run(
        "create temp table crowd on commit drop as select n - 1 as n, person_id from unnest(%s::bigint[]) with ordinality as u (person_id, n)",
        [list(crowd)],
    )
    run("create temp table opens on commit drop as select %s::timestamptz as at", [opens])
    run("create temp table base on commit drop as select max(id) as id from ideas_idea")
    run("create index on sown (n)")
    run("create index on crowd (n)")
    run("analyze sown, crowd")


def _copy(
    cursor: object,
    model: type[Model],
    source: str,
    own: Mapping[str, str],
    start: int,
    end: int,
    *,
    keep_key: bool = False,
) -> None:
    """Copies `start` to `end` of one table: each column as in `own`, else as in what it is copied from."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.generated and (keep_key or not field.primary_key)
    ]
    values = [own.get(column, f'{source}."{column}"') for column in columns]
    table = model._meta.db_table
    order = "g, x.id" if source == "x" else "g"  # steps of one moment are told apart by their keys
    joined = f'join "{table}" x on x.idea_id = s.id' if source == "x" else ""
    names, drawn = ", ".join(f'"{column}"' for column in columns), ", ".join(values)
    cursor.execute(  # type: ignore[attr-defined]
        f'insert into "{table}" ({names}) select {drawn} from generate_series(%s::bigint, %s) g '  # noqa: S608 - our own names
        "join sown s on s.n = g %% (select count(*) from sown) "
        "join crowd c on c.n = g * 31337 %% (select count(*) from crowd) "
        f"{joined} cross join opens cross join base order by {order}",
        [start, end],
    )
