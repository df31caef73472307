"""What can be taken away as a file. Each app declares its own from `datasets.py`; exports knows none by name.

    datasets.register("ideas", Dataset(label=_("Ideas"), columns=COLUMNS, count=..., rows=..., audience=Audience.EVERYONE, ...))

`rows` reads in steps by key (`by_key`) and yields one sequence per row, in the order of `columns`: time and memory grow with the step.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from zenne.core.numbers import key_of
from zenne.core.registry import Registry
from zenne.people.accounts.models import Person

Words = str | Promise
Cell = str | int | float | None
Row = Sequence[Cell]
STEP = 1000


class Audience(StrEnum):
    """Who may have it: everyone, or the staff of the organisations it is about."""

    EVERYONE = "everyone"
    STAFF = "staff"


@dataclass(frozen=True)
class Column:
    """`name` is for programs and stays; `label` and `about` are for readers. `personal` says that it can name a person."""

    name: str
    label: Words
    about: Words = ""
    personal: bool = False


@dataclass(frozen=True)
class Wish:
    """What somebody asks of a dataset: the filters in plain text, on behalf of whom, and as it stands when."""

    now: datetime
    asked: Mapping[str, str] = field(default_factory=dict)
    person: Person | None = None
    organisations: tuple[int, ...] = ()

    def key(self, name: str) -> int:
        """The key of the row that a filter names; 0 when it names none."""
        return key_of(self.asked.get(name))


@dataclass(frozen=True)
class Dataset:
    """`anonymity` says what was done so that nobody is recognised; `named` is how the file is called on somebody's disk."""

    label: Words
    about: Words
    columns: tuple[Column, ...]
    count: Callable[[Wish], int]
    rows: Callable[[Wish], Iterator[Row]]
    audience: Audience = Audience.STAFF
    anonymity: Words = ""
    named: str = "data"
    back: str = ""  # the name of the address where staff ask for it
    order: int = 50

    @property
    def personal(self) -> bool:
        return any(column.personal for column in self.columns)


datasets: Registry[Dataset] = Registry("datasets")


def open_datasets() -> list[tuple[str, Dataset]]:
    """What everyone may have, in order."""
    found = [(key, dataset) for key, dataset in datasets.items() if dataset.audience == Audience.EVERYONE]
    return sorted(found, key=lambda item: (item[1].order, item[0]))


def by_key(rows: QuerySet[Any], *fields: str, step: int = STEP) -> Iterator[list[tuple[Any, ...]]]:
    """The values of `fields`, `pk` first among them, in steps from the highest key down.

    What arrives after the first step has a higher key and stays out: the answer does not run ahead of whoever reads it.
    """
    if not fields or fields[0] != "pk":
        raise ValueError("the key comes first")
    rows = rows.order_by("-pk")
    last: Any = None
    while True:
        batch = list((rows if last is None else rows.filter(pk__lt=last)).values_list(*fields)[:step])
        if batch:
            yield batch
        if len(batch) < step:
            return
        last = batch[-1][0]
