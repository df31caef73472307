"""The code on a letter: made from a secret of the installation and a salt of the letter, so that it is printed again without ever being kept.

    code = the first 50 bits of HMAC-SHA256(secret, lottery/number/salt), as ten signs of Crockford's alphabet

In the database stands only a keyed hash of it. When the letters are destroyed the salts go: no code can be made any more.
"""

import hashlib
import hmac
import re

from django.conf import settings

from .models import Invitation

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret - Crockford: no I, L, O, U
LENGTH = 10
SALT_BYTES = 16
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def code_of(invitation: Invitation) -> str:
    """The code as it is printed, `ABCDE-12345`. Raises ValueError once the letter is destroyed."""
    if invitation.salt is None:
        raise ValueError("a destroyed letter has no code")
    code = make(invitation.lottery_id, invitation.number, bytes(invitation.salt))
    return f"{code[:5]}-{code[5:]}"


def make(lottery: int, number: int, salt: bytes) -> str:
    said = hmac.new(_key("code"), f"{lottery}/{number}/".encode() + salt, hashlib.sha256).digest()
    value = int.from_bytes(said[:8], "big") >> (64 - 5 * LENGTH)
    return "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(LENGTH)))


def digest(code: str) -> str:
    """What the database keeps of a code, however it was typed."""
    return hmac.new(_key("digest"), normal(code).encode(), hashlib.sha256).hexdigest()


def normal(typed: str) -> str:
    """A code as it was meant: capitals, without spaces and strokes, and I, L and O read as the digits they look like."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(READ_AS)


def household(lottery: int, address: str) -> str:
    """The same for everybody at one address of one lottery, and nothing else."""
    plain = " ".join(re.sub(r"[^\w]+", " ", address.casefold()).split())
    return hmac.new(_key("household"), f"{lottery}/{plain}".encode(), hashlib.sha256).hexdigest() if plain else ""


def _key(purpose: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"sortition/{purpose}".encode(), hashlib.sha256).digest()
