"""What everybody asks all the time is phrased once, and planned once for each connection.

Django writes the values into a statement, so PostgreSQL meets new words every time and reads, checks and plans them anew. To find or write a row by its key
takes less than that. Inside `prepared()` values travel apart from the words, and words that come again are known (PREPARE in PostgreSQL's manual).

For statements by key, in verbs and questions that come by the hundred a second. Not for lists and searches: the best way to these depends on the values. Not for
`select *` either: a new column would be a surprise. Open it inside the transaction, so that what waits for the commit is outside.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Model

Row = TypeVar("Row", bound=Model)

AFTER = 2
"""So often a connection asks the same before its plan is kept."""


@contextmanager
def prepared() -> Iterator[None]:
    """A block, or as `@prepared()` a function. One inside the other is as good as one."""
    connection.ensure_connection()
    raw: Any = connection.connection
    features: Any = connection.features
    before = raw.cursor_factory, raw.prepare_threshold, features.uses_server_side_binding
    raw.cursor_factory, raw.prepare_threshold = ServerBindingCursor, AFTER
    features.uses_server_side_binding = True  # Django asks when it logs what was said
    try:
        yield
    finally:
        raw.cursor_factory, raw.prepare_threshold, features.uses_server_side_binding = before


def rows_of(model: type[Row], words: str, values: Sequence[Any]) -> list[Row]:
    """The rows of a table that `words` find (`where key = %s`), without Django's phrasing, which takes longer than PostgreSQL's answer.

    What the database computes itself is read when somebody asks for it.
    """
    names, columns, readers = _read(model)
    with prepared(), connection.cursor() as cursor:
        cursor.execute(f"select {columns} from {model._meta.db_table} {words}", values)  # noqa: S608 - our own words
        found = [list(row) for row in cursor]
    for row in found:
        for place, read in readers:
            row[place] = read(row[place], None, connection)
    return [model.from_db(connection.alias, names, row) for row in found]


def write(row: Model) -> None:
    """Write a row whole, by the key it brings: a new one is inserted, one that was read before is overwritten. No signal is sent, and nobody else is asked.

    For rows that only their own verbs know. Raises django.db.IntegrityError, and ValueError where the key is missing.
    """
    if row.pk is None:
        raise ValueError(f"{type(row).__name__}: its key is made by the database")
    insert, update, fields = _written(type(row))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with prepared(), connection.cursor() as cursor:
        if row._state.adding:
            cursor.execute(insert, values)
        else:
            cursor.execute(update, [*values, row.pk])
    row._state.adding, row._state.db = False, connection.alias


@cache
def _written(model: type[Model]) -> tuple[str, str, list[Any]]:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    table, key = model._meta.db_table, model._meta.pk.column
    columns = [f'"{field.column}"' for field in fields]
    insert = f"insert into {table} ({', '.join(columns)}) values ({', '.join('%s' for _each in columns)})"  # noqa: S608 - our own words
    update = f'update {table} set {", ".join(f"{column} = %s" for column in columns)} where "{key}" = %s'  # noqa: S608 - our own words
    return insert, update, fields


@cache
def _read(model: type[Model]) -> tuple[list[str], str, list[tuple[int, Any]]]:
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.generated]
    readers = [(place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], ", ".join(f'"{field.column}"' for field in fields), readers
