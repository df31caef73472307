"""Who writes, asked once: the row held, and all that the rules want to know of most people, in one statement."""

from datetime import datetime

from zenne.people.accounts.models import Person

from ..queries.knowing import known


def meet(person: Person, now: datetime) -> bool:
    """Hold the row of somebody who writes until the end of the transaction, so that what one person does to reach a limit is counted one thing after
    the other, and `know` them."""
    return known(person, now, holding=True)


def know(person: Person, now: datetime) -> bool:
    """Read what rules will ask (`has_confirmed_email`, `blocked`): it is on the person from then on. True where they work for any organisation at all.
    Nothing is held: a held row carries the number of the transaction, and so would tie a voter to a ballot."""
    return known(person, now)
