from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Replay, Token


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "name": token.name,
            "begins_with": token.prefix,
            "may": token.scopes,
            "made": token.created_at,
            "valid_until": token.expires_at,
            "last_used": token.last_used_at,
            "revoked": token.revoked_at,
        }
        for token in Token.objects.filter(person=person).order_by("id")
    ]


def _erase(person: Person, now: datetime) -> None:
    Token.objects.filter(person=person).delete()
    Replay.objects.filter(person=person).delete()


personal_data.register(
    "api",
    PersonalData(_("My API tokens"), covers=("api.Token", "api.Replay"), export=_export, erase=_erase),
)
