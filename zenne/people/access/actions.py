"""Checking who a resident is, by the staff of an organisation: the number is read, its mark is kept, the number is forgotten."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Invalid, TooMany
from zenne.people.accounts import marks
from zenne.people.accounts.actions import verify_identity
from zenne.people.accounts.enums import IdentityMethod
from zenne.people.accounts.models import Identity, Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from .answers import require
from .models import FailedCode, Group, LetterCode
from .rules import may_name_groups, may_verify_residents

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that could be taken for another
CODE_LENGTH = 12
CODE_LIFE = timedelta(days=60)
ATTEMPTS = 5
ATTEMPTS_WITHIN = timedelta(hours=24)


@transaction.atomic
def verify_at_counter(
    *, by: Person, person: Person, organisation: Organisation, national_number: str, now: datetime
) -> Identity:
    """A member of staff saw the identity card. Raises NotAllowed, Invalid for a wrong number, KnownElsewhere."""
    require(may_verify_residents(by, organisation))
    mark = marks.of_national_number(national_number)
    identity = verify_identity(person=person, method=IdentityMethod.COUNTER, mark=mark, now=now)
    record("identity.verified", by=by, now=now, about=person, organisation=organisation, details={"method": "counter"})
    return identity


@transaction.atomic
def issue_letter_code(
    *, by: Person, organisation: Organisation, national_number: str, now: datetime
) -> tuple[LetterCode, str]:
    """A new code for a letter to that person's official address. Earlier unused codes for the same person stop working.

    The code is returned once, to be printed; nobody can read it again.
    """
    require(may_verify_residents(by, organisation))
    mark = marks.of_national_number(national_number)
    LetterCode.objects.filter(organisation=organisation, mark=mark, redeemed_at=None, expires_at__gt=now).delete()
    code = "".join(secrets.choice(LETTERS) for _position in range(CODE_LENGTH))
    letter = LetterCode.objects.create(
        organisation=organisation,
        mark=mark,
        digest=_digest(code),
        issued_by=by,
        issued_at=now,
        expires_at=now + CODE_LIFE,
    )
    record("letter_code.issued", by=by, now=now, about=letter, organisation=organisation)
    return letter, "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


@transaction.atomic
def withdraw_letter_code(*, by: Person, letter: LetterCode, now: datetime) -> None:
    """A letter that went astray: its code works no more. What a used code proved stays proved."""
    require(may_verify_residents(by, letter.organisation))
    record("letter_code.withdrawn", by=by, now=now, about=letter, organisation=letter.organisation)
    letter.delete()


@transaction.atomic
def save_group(*, by: Person, group: Group, members: Iterable[Person], now: datetime) -> Group:
    """A group as its organisation names it, with exactly these members."""
    require(may_name_groups(by, group.organisation))
    event = "group.changed" if group.pk else "group.created"
    group.save()
    group.members.set(members)
    record(event, by=by, now=now, about=group, organisation=group.organisation)
    return group


def redeem_letter_code(*, by: Person, code: str, now: datetime) -> Identity:
    """Type the code of a letter. Raises TooMany after five wrong ones within a day, Invalid for a wrong one, KnownElsewhere."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=by.pk)
        if by.failed_codes.filter(happened_at__gt=now - ATTEMPTS_WITHIN).count() >= ATTEMPTS:
            raise TooMany(_("Too many wrong codes. Try again tomorrow, or ask at the counter of your commune."))
        letter = (
            LetterCode.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .filter(digest=_digest(code), redeemed_at=None, expires_at__gt=now)
            .first()
        )
        if letter:
            identity = verify_identity(person=by, method=IdentityMethod.LETTER, mark=letter.mark, now=now)
            letter.redeemed_by, letter.redeemed_at = by, now
            letter.save(update_fields=["redeemed_by", "redeemed_at"])
            by.failed_codes.all().delete()
            record(
                "identity.verified",
                by=by,
                now=now,
                about=by,
                organisation=letter.organisation,
                details={"method": "letter"},
            )
            return identity
        FailedCode.objects.create(person=by, happened_at=now)
    raise Invalid(_("This code is not valid. Check it against the letter; a code works once, for sixty days."))


def _digest(code: str) -> str:
    tidy = "".join(character for character in code.upper() if character.isalnum())
    return hmac.new(
        settings.SECRET_KEY.encode(), b"zenne.people.access.letter\n" + tidy.encode(), hashlib.sha256
    ).hexdigest()
