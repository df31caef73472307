"""Who writes, asked once: the row held, and all that the rules want to know of most people, in one statement."""

from datetime import datetime

from django.db import connection

from zenne.people.accounts.models import Person

# Plain, because thousands write at once: Django would take longer to phrase these four questions than PostgreSQL to answer them.
KNOW = """
    select
        person.email,
        exists(select from account_emailaddress as address
               where address.user_id = person.id and upper(address.email) = upper(person.email) and address.verified),
        exists(select from moderation_block as block
               where block.person_id = person.id and block.lifted_at is null and block.ends_at > %(now)s),
        person.is_superuser or exists(select from organisations_membership as membership where membership.person_id = person.id)
    from accounts_person as person where person.id = %(person)s
"""
MEET = f"{KNOW} for no key update of person"


def meet(person: Person, now: datetime) -> bool:
    """Hold the row of somebody who writes until the end of the transaction, so that what one person does to reach a limit is counted one thing after
    the other, and `know` them."""
    return _asked(MEET, person, now)


def know(person: Person, now: datetime) -> bool:
    """Read what rules will ask (`has_confirmed_email`, `blocked`): it is on the person from then on. True where they work for any organisation at all.
    Nothing is held: a held row carries the number of the transaction, and so would tie a voter to a ballot."""
    return _asked(KNOW, person, now)


def _asked(question: str, person: Person, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, {"person": person.pk, "now": now})
        email, confirmed, blocked, works = cursor.fetchone()
    if confirmed:
        person.__dict__["_confirmed"] = email
    if not blocked:
        person._blocks = []  # type: ignore[attr-defined]  # as `queries.blocked` keeps them
    return bool(works)
