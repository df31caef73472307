"""All that rules want to know of most people, in one statement."""

from datetime import datetime

from django.db import connection

from zenne.core.prepared import prepared
from zenne.people.accounts.models import Person

CONFIRMED = """exists(select from account_emailaddress as address
           where address.user_id = person.id and upper(address.email) = upper(person.email) and address.verified)"""
BLOCKED = """exists(select from moderation_block as block
           where block.person_id = person.id and block.lifted_at is null and block.ends_at > %(now)s)"""
WORKS = "exists(select from organisations_membership as membership where membership.person_id = person.id)"
# Plain, because every page and every verb asks: Django would take longer to phrase these questions than PostgreSQL to answer them.
FIELDS = Person._meta.concrete_fields  # named: a new one is no surprise to a plan that is kept
COLUMNS = ", ".join(f"person.{field.column}" for field in FIELDS)
WHO = f"select {COLUMNS}, {CONFIRMED}, {BLOCKED}, {WORKS} from accounts_person as person where person.id = %(person)s"  # noqa: S608
KNOW = f"""
    select person.email, {CONFIRMED}, {BLOCKED}, person.is_superuser or {WORKS}
    from accounts_person as person where person.id = %(person)s
"""  # noqa: S608 - our own words


@prepared()
def who_asks(pk: int, now: datetime) -> Person | None:
    """The person of a request. What pages ask of it is on it from then on; verbs ask again inside their transaction, where nothing is a moment old."""
    with connection.cursor() as cursor:
        cursor.execute(WHO, {"person": pk, "now": now})
        found = cursor.fetchone()
    if found is None:
        return None
    *values, confirmed, blocked, works = found
    person = Person.from_db(connection.alias, [field.attname for field in FIELDS], values)
    if confirmed:
        person._confirmed = person.email  # type: ignore[attr-defined]  # as `accounts.rules.has_confirmed_email` keeps it
    person._free = not blocked  # type: ignore[attr-defined]  # what `blocks.blocked` asks first
    person._is_member = works  # type: ignore[attr-defined]  # as `organisations.rules.is_member` keeps it
    return person


def known(person: Person, now: datetime, *, holding: bool = False) -> bool:
    """Read what rules will ask (`has_confirmed_email`, `blocked`): it is on the person from then on. True where they work for any organisation at all.
    `holding` keeps the person's row until the end of the transaction."""
    with prepared(), connection.cursor() as cursor:
        cursor.execute(f"{KNOW} for no key update of person" if holding else KNOW, {"person": person.pk, "now": now})
        email, confirmed, blocked, works = cursor.fetchone()
    if confirmed:
        person._confirmed = email  # type: ignore[attr-defined]  # as `accounts.rules.has_confirmed_email` keeps it
    if not blocked:
        person._blocks = []  # type: ignore[attr-defined]  # as `blocks.blocked` keeps them
    return bool(works)
