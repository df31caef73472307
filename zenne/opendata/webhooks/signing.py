"""Signatures after Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`.

No secret is kept in the database, so that a copy of the database signs nothing. It follows from the installation's SECRET_KEY.
"""

import base64
import hashlib
import hmac
from datetime import datetime

from django.utils.crypto import salted_hmac

from .enums import OVERLAP
from .models import Subscription

SALT = "zenne.webhooks.secret"
PREFIX = "whsec_"


def secret(subscription: Subscription, generation: int | None = None) -> str:
    """`whsec_` and 32 bytes in base64: what a receiver verifies with."""
    words = f"{subscription.public_id}:{generation or subscription.generation}"
    return PREFIX + base64.b64encode(salted_hmac(SALT, words, algorithm="sha256").digest()).decode()


def sign(key: str, message: str, timestamp: int, body: bytes) -> str:
    content = b".".join((message.encode(), str(timestamp).encode(), body))
    made = hmac.new(base64.b64decode(key.removeprefix(PREFIX)), content, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def headers(subscription: Subscription, message: str, body: bytes, *, now: datetime) -> dict[str, str]:
    """The three headers of a message. For a day after a change of secret it is signed with the old one too."""
    timestamp = int(now.timestamp())
    keys = [secret(subscription)]
    if subscription.rotated_at and now < subscription.rotated_at + OVERLAP:
        keys.append(secret(subscription, subscription.generation - 1))
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(key, message, timestamp, body) for key in keys),
    }
