"""Who writes, asked once: the row held, and all that the rules want to know of most people, in one statement."""

from datetime import datetime

from django.db import connection

from zenne.people.accounts.models import Person

# Plain, because thousands write at once: Django would take longer to phrase these four questions than PostgreSQL to answer them.
MEET = """
    select
        person.email,
        exists(select from account_emailaddress as address
               where address.user_id = person.id and upper(address.email) = upper(person.email) and address.verified),
        exists(select from moderation_block as block
               where block.person_id = person.id and block.lifted_at is null and block.ends_at > %(now)s),
        person.is_superuser or exists(select from organisations_membership as membership where membership.person_id = person.id)
    from accounts_person as person where person.id = %(person)s for no key update of person
"""


def meet(person: Person, now: datetime) -> bool:
    """Hold the row of somebody who writes until the end of the transaction, so that what one person does to reach a limit is counted one thing after
    the other. What rules will ask (`has_confirmed_email`, `blocked`) is on the person from then on. True where they work for any organisation at all."""
    with connection.cursor() as cursor:
        cursor.execute(MEET, {"person": person.pk, "now": now})
        email, confirmed, blocked, works = cursor.fetchone()
    if confirmed:
        person.__dict__["_confirmed"] = email
    if not blocked:
        person._blocks = []  # type: ignore[attr-defined]  # as `queries.blocked` keeps them
    return bool(works)
