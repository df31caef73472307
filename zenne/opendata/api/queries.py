"""The reads worth a name."""

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from zenne.people.accounts.models import Person

from .models import Token


def keyed(domain: str, text: str) -> str:
    """A digest that says nothing without the installation's key."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"zenne.opendata.api.{domain}".encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def token_of(secret: str, now: datetime) -> Token | None:
    """The token that this secret opens, with its person, while both may act."""
    found = Token.objects.select_related("person").filter(digest=keyed("token", secret), revoked_at__isnull=True)
    return found.filter(expires_at__gt=now, person__is_active=True).first()


def tokens_of(person: Person) -> QuerySet[Token]:
    """Every token somebody made and has not revoked, the newest first; those that ran out too."""
    return Token.objects.filter(person=person, revoked_at__isnull=True).order_by("-created_at", "-id")
