"""A dataset to try the engine with: the ideas of the staff's organisations would do, but here nothing but exports is asked about."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import Model

from tests.people.organisations.factories import member
from zenne.opendata.exports.kinds import Column, Dataset, Row, Wish
from zenne.opendata.exports.models import Export, Terms
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def staff(organisation: Organisation, role: Role = Role.EDITOR, name: str = "Staff") -> Person:
    return member(organisation, role, name=name)


def dataset(rows: int = 5, *, columns: int = 3, cell: str = "mot", fault: BaseException | None = None) -> Dataset:
    """So many rows, numbered from 1. With `fault`, reading stops there half way."""

    def read(wish: Wish) -> Iterator[Row]:
        for number in range(1, rows + 1):
            if fault is not None and number > rows // 2:
                raise fault
            yield (number, *[cell] * (columns - 1))

    names = tuple(Column(f"c{number}", f"Colonne {number}") for number in range(columns))
    return Dataset(label="Trial", about="Rows.", columns=names, count=lambda wish: rows, rows=read, named="trial")


def make_for(organisation: Organisation) -> list[Model]:
    return [Terms.objects.create(organisation=organisation)]


def export_of(person: Person, **fields: object) -> Export:
    """A file that was asked for and nobody writes yet."""
    given = {
        "dataset": "trial",
        "sheet": "csv",
        "language": "fr",
        "organisations": list(person.memberships.values_list("organisation_id", flat=True)),
        "created_at": NOW,
        "moved_at": NOW,
        **fields,
    }
    return Export.objects.create(person=person, **given)
