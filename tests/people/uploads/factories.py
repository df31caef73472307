from itertools import count

from tests.people.uploads.given import NOW
from zenne.people.accounts.models import Person

numbers = count(1)


def person(**fields: object) -> Person:
    return Person.objects.create_user(f"resident{next(numbers)}@example.org", joined_at=NOW, **fields)
