"""Small predicates on a person, for everyone above."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from .models import Person

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_confirmed_email(person: Person) -> bool:
    """Asked by every rule of a page. A yes is kept on the object for this very address; a no may become a yes at any time."""
    if getattr(person, "_confirmed", "") != person.email and _is_confirmed(person):
        person._confirmed = person.email  # type: ignore[attr-defined]
    return getattr(person, "_confirmed", "") == person.email


def _is_confirmed(person: Person) -> bool:
    return EmailAddress.objects.filter(user_id=person.pk, email__iexact=person.email, verified=True).exists()


def has_second_factor(person: Person) -> bool:
    """Whether signing in as this person takes more than the mailbox or the password: an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=SECOND_FACTORS).exists()


def is_verified(person: Person) -> bool:
    """Whether somebody checked once who this person is, by any method."""
    return person.identities.exists()
