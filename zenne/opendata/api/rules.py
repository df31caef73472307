"""Who may have a token, and what one may carry."""

from datetime import timedelta

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email

MOST = 20
LONGEST_DAYS = 366
LONGEST = timedelta(days=LONGEST_DAYS)


def may_have_token(person: Person) -> Answer:
    """Somebody with a confirmed address and an account that is not closed."""
    if not person.is_active:
        return Refused(Reason.BLOCKED)
    return ALLOWED if has_confirmed_email(person) else Refused(Reason.EMAIL_UNCONFIRMED)
