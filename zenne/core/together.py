"""Several questions to the database in one statement.

A page of many small lists spends more time on asking than PostgreSQL on answering. `ask` puts queries beside each other, each as a list in JSON, and gives every one its
rows, as if it had been gone through: whoever reads them then asks nothing.

    steps, options = Choice.objects.filter(idea=idea), Option.objects.filter(idea=idea)
    ask([steps, options])
    for step in steps: ...

For lists of some dozens. What loses something on its way through JSON travels as text; a column that neither suits is refused with a TypeError. `core.prepared.Lists` does
the same in words of its own, for what is asked by the hundred a second.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Read = Callable[[str], Any]

#: How a column comes through JSON, by what Django calls its kind: as it is, or said in words.
PLAIN = frozenset(
    {
        *(
            "AutoField",
            "BigAutoField",
            "BooleanField",
            "CharField",
            "TextField",
            "SlugField",
            "FileField",
            "ImageField",
        ),
        *("IntegerField", "BigIntegerField", "SmallIntegerField", "SearchVectorField"),
        *("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField"),
    }
)
SAID: dict[str, Read] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}
#: Numbers that JSON would round, and what Django reads from its text.
AS_TEXT: dict[str, Read] = {"DecimalField": Decimal, "FloatField": float, "JSONField": str}


def ask(questions: "Sequence[QuerySet[Any]]") -> None:
    """Give each query its rows: one statement, whatever their number; none where all are answered already or none can find anything."""
    asked: list[tuple[QuerySet[Any], SQLCompiler]] = []
    parts: list[str] = []
    values: list[Any] = []
    for query in questions:
        if query._result_cache is not None:
            continue
        compiler = query.query.get_compiler(query.db)
        try:
            words, filled = compiler.as_sql()
        except EmptyResultSet:  # Django knows that nothing can be found
            query._result_cache = []
            continue
        asked.append((query, compiler))
        parts.append(_as_list(words, compiler))
        values += filled
    if asked:
        with connections[asked[0][0].db].cursor() as cursor:
            cursor.execute(f"select {', '.join(parts)}", values)
            for (query, compiler), rows in zip(asked, cursor.fetchone(), strict=True):
                _answer(query, compiler, rows or [])


def hang(parents: Iterable[Model], name: str, rows: Iterable[Model]) -> None:
    """Give each parent its own of `rows`, which were read for all of them, as `parent.<name>.all()`; each row knows its parent."""
    for parent in parents:
        manager = getattr(parent, name)
        key = manager.field
        own = [row for row in rows if getattr(row, key.attname) == parent.pk]
        for row in own:
            key.set_cached_value(row, parent)
        found = manager.all()
        found._result_cache, found._prefetch_done = own, True
        parent.__dict__.setdefault("_prefetched_objects_cache", {})[key.remote_field.cache_name] = found


def _as_list(words: str, compiler: SQLCompiler) -> str:
    names = [f"c{at}" for at in range(len(compiler.select))]
    columns = ", ".join(
        f"{name}::text" if _kind(column[0].output_field) in AS_TEXT else name
        for name, column in zip(names, compiler.select, strict=True)
    )
    return f"(select json_agg(row) from (select {columns} from ({words}) as found({', '.join(names)})) as row)"  # noqa: S608 - our own words


def _answer(query: "QuerySet[Any]", compiler: SQLCompiler, found: list[dict[str, Any]]) -> None:
    """Have the query read these rows with the means it has for those of a cursor."""
    reads = [(at, read) for at, column in enumerate(compiler.select) if (read := _read(_kind(column[0].output_field)))]
    rows = [list(each.values()) for each in found]
    for row in rows:
        for at, read in reads:
            if row[at] is not None:
                row[at] = read(row[at])
    compiler.execute_sql = lambda *_how, **_more: iter([rows])  # type: ignore[method-assign,assignment]
    query.query.get_compiler = lambda *_how, **_more: compiler  # type: ignore[method-assign]
    try:
        len(query)
    finally:
        del query.query.get_compiler  # what is made of this query later asks by itself


def _kind(field: Any) -> str:
    """What Django calls the kind of a column; of a key to another row, that of what it names."""
    kind: str = field.get_internal_type()
    if kind in ("ForeignKey", "OneToOneField"):
        return _kind(field.target_field)
    return _kind(field.base_field) if kind == "ArrayField" and _kind(field.base_field) in PLAIN else kind


@cache
def _read(kind: str) -> Read | None:
    if kind not in PLAIN and kind not in SAID and kind not in AS_TEXT:
        raise TypeError(f"{kind} would not come through JSON as it is")
    return SAID.get(kind) or AS_TEXT.get(kind)
