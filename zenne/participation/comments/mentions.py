"""Who is meant by `@Name`: somebody who already spoke about the thing, or its author. Nobody else can be called."""

import re
from collections.abc import Iterable

from zenne.people.accounts.models import Person


def mentioned(text: str, candidates: Iterable[Person]) -> list[Person]:
    """The candidates whose name follows an @ in `text`; the longest name wins, two people with one name are both meant."""
    by_name: dict[str, list[Person]] = {}
    for person in candidates:
        if person.name:
            by_name.setdefault(person.name.casefold(), []).append(person)
    found: dict[int, Person] = {}
    for match in re.finditer("@", text):
        rest = text[match.end() :].casefold()
        for name in sorted(by_name, key=len, reverse=True):
            if rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum():
                found |= {person.pk: person for person in by_name[name]}
                break
    return list(found.values())
