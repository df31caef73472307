"""What everybody asks all the time is phrased once, and planned once for each connection.

Django writes the values into a statement, so PostgreSQL meets new words every time and reads, checks and plans them anew. To find or write a row by its key
takes less than that. Inside `prepared()` values travel apart from the words, and words that come again are known (PREPARE in PostgreSQL's manual).

For statements by key, in verbs and questions that come by the hundred a second, and on pages made of many of them. Not for lists and searches: the best way to these depends
on the values. Not for `select *` either: a new column would be a surprise. Open it inside the transaction, so that what waits for the commit is outside.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, router
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
    columns, source, parts = _read(model, along, without)
    using = router.db_for_read(model)
    with prepared(using), connections[using].cursor() as cursor:
        cursor.execute(f"select {', '.join(columns)} {source} {words}", values)
        return [_row(parts, _said(parts, row, using), using) for row in cursor]


@dataclass(frozen=True)
class Rows:
    """What `rows_of` reads, as one of several things that are read together."""

    model: type[Model]
    words: str
    along: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Whether:
    """Whether there is any row at all: `select from … where …`."""

    words: str


class Lists:
    """Several small lists about one thing, and what there is of others, in one statement: each list travels as JSON.

        SHEET = Lists(steps=Rows(Milestone, "where project_id = %(project)s order by due_on, id"), files=Whether("select from … where …"))
        SHEET.read(project=project.pk)["steps"]

    For rows of whole numbers, texts, days and moments: what loses something on its way through JSON is refused with a TypeError.
    """

    def __init__(self, **asked: Rows | Whether) -> None:
        self.asked = asked

    def read(self, **values: Any) -> dict[str, Any]:
        using = router.db_for_read(next(each.model for each in self.asked.values() if isinstance(each, Rows)))
        with prepared(using), connections[using].cursor() as cursor:
            cursor.execute(_together(tuple(self.asked.values())), values)
            answers = cursor.fetchone()
        found: dict[str, Any] = {}
        for (name, asked), answer in zip(self.asked.items(), answers, strict=True):
            if isinstance(asked, Whether):
                found[name] = answer
            else:
                _columns, _source, parts = _read(asked.model, asked.along, asked.without)
                found[name] = [_row(parts, _unfolded(parts, row), using) for row in answer or ()]
        return found


@cache
def _together(asked: tuple[Rows | Whether, ...]) -> str:
    answers = []
    for each in asked:
        if isinstance(each, Whether):
            answers.append(f"exists({each.words})")
            continue
        columns, source, parts = _read(each.model, each.along, each.without)
        if strange := [name for part in parts for name, known in part.kinds.items() if not known]:
            raise TypeError(f"{each.model.__name__}: {strange} would not come through JSON as they are")
        numbered = ", ".join(f"{column} as c{at}" for at, column in enumerate(columns))
        answers.append(f"(select json_agg(found) from (select {numbered} {source} {each.words}) as found)")  # noqa: S608 - our own words
    return f"select {', '.join(answers)}"


@dataclass(frozen=True)
class _Part:
    """The columns of one of the rows that are read together. `of` is the part whose `key` leads to it: the first leads nowhere."""

    model: type[Model]
    names: frozenset[str]
    start: int
    end: int
    said: list[tuple[int, Any]]  # columns that Django reads in a way of its own
    unfolded: list[tuple[int, Callable[[str], Any]]]  # those that JSON has no word for
    kinds: Mapping[str, bool]  # whether a column comes through JSON as it is
    of: int
    key: Any


PLAIN = (
    *(models.BooleanField, models.IntegerField, models.FloatField, models.CharField, models.TextField),
    *(models.FileField, models.JSONField, ArrayField),
)


@cache
def _read(model: type[Model], along: tuple[str, ...], without: tuple[str, ...]) -> tuple[list[str], str, list[_Part]]:
    """The columns, the tables they come from, and which of them belong to which row."""
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
        said = [(start + at, field.from_db_value) for at, field in enumerate(fields) if hasattr(field, "from_db_value")]
        folded = [(start + at, _unfold(field)) for at, field in enumerate(fields)]
        known[path] = len(parts)
        parts.append(
            _Part(
                model,
                frozenset(field.attname for field in fields),
                start,
                len(columns),
                said,
                [(at, read) for at, read in folded if read],
                {
                    field.name: read is not None or isinstance(_target(field), PLAIN)
                    for field, (_at, read) in zip(fields, folded, strict=True)
                },
                of,
                key,
            )
        )

    def join(path: str) -> None:
        if path in known:
            return
        before, _, name = path.rpartition("__")
        join(before)
        key = parts[known[before]].model._meta.get_field(name)
        assert isinstance(key, ForeignKey), path
        other: type[Model] = key.related_model
        joins.append(
            f'left join "{other._meta.db_table}" as "{path}" on "{path}"."{key.target_field.column}"'
            f' = "{before or model._meta.db_table}"."{key.column}"'
        )
        put(other, path, known[before], key)

    put(model, "", 0, None)
    for path in along:
        join(path)
    return columns, " ".join([f'from "{model._meta.db_table}"', *joins]), parts


def _target(field: Any) -> Any:
    return _target(field.target_field) if isinstance(field, ForeignKey) else field


def _unfold(field: Any) -> Callable[[str], Any] | None:
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat
    if isinstance(field, models.DateField):
        return date.fromisoformat
    return UUID if isinstance(_target(field), models.UUIDField) else None


def _said(parts: list[_Part], row: Sequence[Any], using: str) -> list[Any]:
    """The values as Django reads them."""
    values = list(row)
    for part in parts:
        for at, read in part.said:
            values[at] = read(values[at], None, connections[using])
    return values


def _unfolded(parts: list[_Part], row: Mapping[str, Any]) -> list[Any]:
    """The values that came as JSON."""
    values = list(row.values())
    for part in parts:
        for at, read in part.unfolded:
            if values[at] is not None:
                values[at] = read(values[at])
    return values


def _row(parts: list[_Part], values: list[Any], using: str) -> Any:
    made: list[Any] = []
    for part in parts:
        if part.key is not None and getattr(made[part.of], part.key.attname, None) is None:
            made.append(None)
            continue
        row = part.model.from_db(using, part.names, values[part.start : part.end])
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
