"""What everybody asks all the time is phrased once, and planned once for each connection.

Django writes the values into a statement, so PostgreSQL meets new words every time and reads, checks and plans them anew. To find or write a row by its key
takes less than that. Inside `prepared()` values travel apart from the words, and words that come again are known (PREPARE in PostgreSQL's manual).

For statements by key, in verbs and questions that come by the hundred a second, and on pages made of many of them. Not for lists and searches: the best way to these depends
on the values. Not for `select *` either: a new column would be a surprise. Open it inside the transaction, so that what waits for the commit is outside.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, router
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import ForeignKey, Model

Row = TypeVar("Row", bound=Model)

AFTER = 2
"""So often a connection asks the same before its plan is kept."""


@contextmanager
def prepared(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A block, or as `@prepared()` a function. One inside the other is as good as one."""
    used = connections[using]
    used.ensure_connection()
    raw: Any = used.connection
    features: Any = used.features
    before = raw.cursor_factory, raw.prepare_threshold, features.uses_server_side_binding
    raw.cursor_factory, raw.prepare_threshold = ServerBindingCursor, AFTER
    features.uses_server_side_binding = True  # Django asks when it logs what was said
    try:
        yield
    finally:
        raw.cursor_factory, raw.prepare_threshold, features.uses_server_side_binding = before


def rows_of(
    model: type[Row], words: str, values: Sequence[Any], along: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> list[Row]:
    """The rows of a table that `words` find (`where key = %s`), without Django's phrasing, which takes longer than PostgreSQL's answer.

    `along` are keys to other rows that are read with each (`decision__process`, as for `select_related`): in `words` each is called by that name, the rows themselves by the
    name of their table. What the database computes itself, and the columns `without` (`area__outline`), are read when somebody asks for them.
    """
    question, parts = _read(model, along, without)
    using = router.db_for_read(model)
    with prepared(using), connections[using].cursor() as cursor:
        cursor.execute(f"{question} {words}", values)
        return [_row(parts, row, using) for row in cursor]


@dataclass(frozen=True)
class _Part:
    """The columns of one of the rows that are read together. `of` is the part whose `key` leads to it: the first leads nowhere."""

    model: type[Model]
    names: frozenset[str]
    start: int
    end: int
    said: list[tuple[int, Any]]  # columns that Django reads in a way of its own
    of: int
    key: Any


@cache
def _read(model: type[Model], along: tuple[str, ...], without: tuple[str, ...]) -> tuple[str, list[_Part]]:
    """The question, and which of its columns belong to which row."""
    parts: list[_Part] = []
    columns: list[str] = []
    joins: list[str] = []
    known: dict[str, int] = {}

    def put(model: type[Model], path: str, of: int, key: Any) -> None:
        fields = [
            each
            for each in model._meta.concrete_fields
            if not each.generated and "__".join(filter(None, (path, each.name))) not in without
        ]
        start = len(columns)
        table = path or model._meta.db_table
        columns.extend(f'"{table}"."{field.column}"' for field in fields)
        said = [
            (start + at, field.from_db_value)  # type: ignore[attr-defined]
            for at, field in enumerate(fields)
            if hasattr(field, "from_db_value")
        ]
        known[path] = len(parts)
        parts.append(_Part(model, frozenset(field.attname for field in fields), start, len(columns), said, of, key))

    def join(path: str) -> None:
        if path in known:
            return
        before, _, name = path.rpartition("__")
        join(before)
        key = parts[known[before]].model._meta.get_field(name)
        assert isinstance(key, ForeignKey), path
        other: type[Model] = key.related_model  # type: ignore[assignment]
        joins.append(
            f'left join "{other._meta.db_table}" as "{path}" on "{path}"."{key.target_field.column}"'
            f' = "{before or model._meta.db_table}"."{key.column}"'
        )
        put(other, path, known[before], key)

    put(model, "", 0, None)
    for path in along:
        join(path)
    table = f'from "{model._meta.db_table}"'
    return f"select {', '.join(columns)} {' '.join([table, *joins])}", parts


def _row(parts: list[_Part], values: Sequence[Any], using: str) -> Any:
    made: list[Any] = []
    for part in parts:
        own = values[part.start : part.end] if len(parts) > 1 else values
        if part.key is not None and getattr(made[part.of], part.key.attname, None) is None:
            made.append(None)
            continue
        if part.said:
            own = list(own)
            for at, read in part.said:
                own[at - part.start] = read(own[at - part.start], None, connections[using])
        row = part.model.from_db(using, part.names, own)
        if part.key is not None:
            part.key.set_cached_value(made[part.of], row)
        made.append(row)
    return made[0]


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
