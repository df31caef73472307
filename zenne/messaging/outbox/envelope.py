"""The address to which reports of failed delivery go: it names the letter, so that a report needs no reading to know whose it is (VERP).

    bounce+<letter>-<mark>@example.org        when MAIL_BOUNCES is bounce@example.org

The mark is a keyed hash: nobody outside can make an address count as unreachable by writing to invented ones. Lower case and
digits only, because mail servers may change the case.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Letter

TOKEN = re.compile(r"\+(\d{1,18})-([0-9a-f]{20})@")


def bounces_to(letter: Letter) -> str:
    """The envelope's sender for this letter; empty where the installation has no address for reports."""
    if not settings.MAIL_BOUNCES:
        return ""
    name, _at, domain = settings.MAIL_BOUNCES.rpartition("@")
    return f"{name}+{letter.pk}-{_mark(letter.pk)}@{domain}"


def letter_of(recipient: str) -> int | None:
    """The number of the letter that an address of ours names; None for every address that we did not make."""
    found = TOKEN.search(recipient.lower())
    if found and constant_time_compare(found[2], _mark(int(found[1]))):
        return int(found[1])
    return None


def _mark(number: int) -> str:
    return salted_hmac("outbox.envelope", str(number)).hexdigest()[:20]
