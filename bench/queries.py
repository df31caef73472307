"""How often a page asks the database, read inside this process: with empty memory and with warm memory, for a visitor and for a person."""

from dataclasses import dataclass

from .pages import WORDS, Page


@dataclass(frozen=True)
class Asked:
    visitor: int
    person_cold: int
    person_warm: int


def asked_by(page: Page, session: str) -> Asked:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zenne.core import memory

    settings.ALLOWED_HOSTS = ["*"]
    path = page.path.replace("{word}", WORDS[0])

    def count(client: Client) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        # a transaction's beginning and end are words of the same talk, not questions
        return sum(
            not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
            for each in captured.captured_queries
        )

    visitor, person = Client(), Client()
    person.cookies["sessionid"] = session
    person.get(path)
    memory.forget_everything()
    at_first = count(visitor)
    memory.forget_everything()
    cold = count(person)
    return Asked(at_first, cold, count(person))
