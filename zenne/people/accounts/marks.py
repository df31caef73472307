"""The mark of a human being: what stays of an identifier when the identifier may not be kept.

The same national number gives the same mark by every method, so that one person is one person. Without the key a mark says nothing;
with it, numbers could be tried one by one, so the key is a secret like the database's password.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Invalid

NATIONAL_NUMBER_CLAIMS = (
    "egovNRN",
    "BENationalNumber",
    "national_number",
    "http://itsme.services/v2/claim/BENationalNumber",
)


def of_national_number(number: str) -> str:
    """The mark of a Belgian national register (or bis) number, however it was punctuated. Raises Invalid when it cannot be one."""
    return _mark("be-national-number", national_number(number))


def of_subject(issuer: str, subject: str) -> str:
    """The mark of a subject at one issuer, where the provider gives nothing stronger."""
    return _mark("oidc-subject", f"{issuer}\n{subject}")


def of_claims(issuer: str, claims: Mapping[str, Any]) -> str:
    """The mark of the strongest identifier among OIDC claims: a national number where one is given and well formed."""
    for claim in NATIONAL_NUMBER_CLAIMS:
        if number := claims.get(claim):
            return of_national_number(str(number))
    return of_subject(issuer, str(claims["sub"]))


def national_number(text: str) -> str:
    """Eleven digits whose last two check the others. Raises Invalid."""
    digits = re.sub(r"[\s.\-/]", "", text)
    if not re.fullmatch(r"[0-9]{11}", digits):
        raise Invalid(_("A national number has eleven digits, as in 85.07.30-033.28."))
    body, check = digits[:9], int(digits[9:])
    if check not in (97 - int(body) % 97, 97 - int(f"2{body}") % 97):
        raise Invalid(_("This is not a national number: check the digits."))
    return digits


def birth_year(number: str) -> int:
    """The year in a national number: its check digits tell the century. Raises Invalid."""
    digits = national_number(number)
    this_century = int(digits[9:]) == 97 - int(f"2{digits[:9]}") % 97
    return (2000 if this_century else 1900) + int(digits[:2])


def _mark(domain: str, identifier: str) -> str:
    return hmac.new(_key(), f"{domain}\n{identifier}".encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    """IDENTITY_KEY where the operator set one, else derived from SECRET_KEY for this single use."""
    secret = settings.IDENTITY_KEY or settings.SECRET_KEY
    return hmac.new(secret.encode(), b"zenne.people.accounts.marks", hashlib.sha256).digest()
