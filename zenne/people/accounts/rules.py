"""Small predicates on a person, for everyone above."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from .models import Person

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_confirmed_email(person: Person) -> bool:
    return EmailAddress.objects.filter(user_id=person.pk, email__iexact=person.email, verified=True).exists()


def has_second_factor(person: Person) -> bool:
    """Whether signing in as this person takes more than the mailbox or the password: an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=SECOND_FACTORS).exists()


def is_verified(person: Person) -> bool:
    """Whether somebody checked once who this person is, by any method."""
    return person.identities.exists()
