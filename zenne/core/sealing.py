"""Words that stand sealed in the database: who holds a copy of it, and not the installation's secret, reads nothing.

    sealed = 1 byte: 1 | 12 bytes of nonce | AES-256-GCM(key, nonce, words, bound to `about`)      (NIST SP 800-38D)
    key    = HKDF-SHA256(SECRET_KEY, info="zenne.sealing/" + purpose)                               (RFC 5869)

One key for one purpose. `about` names the row: what was sealed for one row opens in no other. With another SECRET_KEY nothing sealed opens again.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = b"\x01"
NONCE = 12
OVERHEAD = len(VERSION) + NONCE + 16


class Unopened(Exception):
    """These bytes were not sealed for this row, were changed since, or were sealed under another SECRET_KEY."""


def seal(words: str, *, purpose: str, about: str) -> bytes:
    """Encrypted under the installation's SECRET_KEY. `purpose` and `about` (the row) must be said again to open it: moved to another row it stays shut."""
    nonce = secrets.token_bytes(NONCE)
    return VERSION + nonce + _cipher(purpose).encrypt(nonce, words.encode(), about.encode())


def opened(sealed: bytes, *, purpose: str, about: str) -> str:
    """Raises Unopened."""
    if sealed[:1] != VERSION or len(sealed) < OVERHEAD:
        raise Unopened
    nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return _cipher(purpose).decrypt(nonce, rest, about.encode()).decode()
    except InvalidTag:
        raise Unopened from None


def _cipher(purpose: str) -> AESGCM:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"zenne.sealing/{purpose}".encode())
    return AESGCM(kdf.derive(settings.SECRET_KEY.encode()))
