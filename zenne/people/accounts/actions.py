"""What changes an account. History lies above accounts: whoever checks an identity for an organisation records it (`access.actions`)."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, Remedy
from zenne.core.languages import DEFAULT, LANGUAGES

from .enums import Gender, IdentityMethod, Purpose
from .models import Consent, Identity, Person
from .personal_data import personal_data
from .verified import Facts, listeners


class KnownElsewhere(Conflict):
    """The same human being is already verified under another account."""

    code = "known-elsewhere"
    headline = _("You already have an account")

    def __init__(self) -> None:
        super().__init__(
            _(
                "This identity is already linked to another account on this platform, and one person has one account. "
                "Sign in to that account with its e-mail address, or delete it first."
            ),
            remedies=(
                Remedy(
                    _("Use the other account"),
                    f"{reverse('account_logout')}?{urlencode({'next': reverse('account_login')})}",
                ),
            ),
        )


def change_name(*, by: Person, name: str, now: datetime) -> None:
    """The name others see. Raises Invalid when nothing is left of it."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 80:
        raise Invalid(_("A name has between 1 and 80 characters."))
    by.name = tidy
    by.save(update_fields=["name"])


def answer_questions(
    *, by: Person, now: datetime, birth_year: int | None = None, gender: str | None = None, language: str | None = None
) -> None:
    """Keep what a person says of themselves. None leaves an answer as it was; a checked birth year stays checked and unchanged."""
    changed = []
    if birth_year is not None and not by.birth_year_checked:
        if not now.year - 120 <= birth_year <= now.year:
            raise Invalid(_("This cannot be a year of birth."))
        by.birth_year = birth_year
        changed.append("birth_year")
    if gender is not None:
        if gender not in Gender.values:
            raise Invalid(_("Choose one of the answers."))
        by.gender = gender
        changed.append("gender")
    if language is not None:
        if language not in LANGUAGES:
            raise Invalid(_("Choose one of the languages."))
        by.language = language
        changed.append("language")
    by.save(update_fields=changed)


@transaction.atomic
def give_consent(*, by: Person, purpose: Purpose, now: datetime) -> Consent:
    """A yes for one purpose. Saying yes twice keeps the first."""
    Person.objects.select_for_update().get(pk=by.pk)
    standing = by.consents.filter(purpose=purpose, withdrawn_at=None).first()
    return standing or Consent.objects.create(person=by, purpose=purpose, given_at=now)


def withdraw_consent(*, by: Person, purpose: Purpose, now: datetime) -> None:
    """Take a yes back. The row stays, with the day of both."""
    by.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)


def verify_identity(
    *, person: Person, method: IdentityMethod, mark: str, now: datetime, facts: Facts | None = None
) -> Identity:
    """Bind a mark to a person. Raises KnownElsewhere when another account carries it, Conflict when this one carries another mark.

    The same mark by a second method is still one identity: the row that is there takes the stronger method.
    """
    facts = facts or Facts()
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        known = Identity.objects.filter(mark=mark).first()
        if known and known.person_id != person.pk:
            raise KnownElsewhere
        if locked.identities.filter(method=method).exclude(mark=mark).exists():
            raise Conflict(_("Another identity is already linked to this account. An account is for one person."))
        if facts.birth_year is not None:
            person.birth_year, person.birth_year_checked = facts.birth_year, True
            person.save(update_fields=["birth_year", "birth_year_checked"])
        for listener in listeners.values():
            listener(person, facts, now)
        if known is None:
            try:
                with transaction.atomic():
                    return Identity.objects.create(person=person, method=method, mark=mark, verified_at=now)
            except IntegrityError as error:
                raise KnownElsewhere from error
        if _strength(method) > _strength(known.method):
            known.method, known.verified_at = method, now
            known.save(update_fields=["method", "verified_at"])
        return known


def join(*, email: str, language: str, now: datetime) -> Person:
    """An account for an address nobody has confirmed yet. It is forgotten again when nobody does (`forget_unconfirmed`)."""
    with transaction.atomic():
        person = Person.objects.create_user(
            email, language=language if language in LANGUAGES else DEFAULT, joined_at=now
        )
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def forget_unconfirmed(*, now: datetime) -> int:
    """Remove accounts that were asked for and never confirmed within a week. Answers how many."""
    stale = Person.objects.filter(
        joined_at__lt=now - timedelta(days=7), last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX
    ).exclude(emailaddress__verified=True)
    stale = stale.filter(name="", identities=None, socialaccount=None, is_superuser=False)
    return stale.delete()[1].get("accounts.Person", 0)


def _strength(method: str) -> int:
    return list(IdentityMethod.values).index(method)


@transaction.atomic
def erase(*, by: Person, now: datetime) -> None:
    """Delete an account: every app takes away what names the person, this one last. Nothing brings it back."""
    Person.objects.select_for_update().get(pk=by.pk)
    for key, item in personal_data.items():
        if key != "account":
            item.erase(by, now)
    personal_data["account"].erase(by, now)


@transaction.atomic
def remove_second_factor(*, person: Person, now: datetime) -> int:
    """For somebody who lost their device: passkeys, app and recovery codes go, and every session ends. Answers how many factors went."""
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person).order_by("id"):
        session.end()
    return removed
