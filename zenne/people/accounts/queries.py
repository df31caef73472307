import io
import ipaddress
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Person
from .personal_data import personal_data


def person_with_email(email: str) -> Person | None:
    """Whoever has this address, in any case, signed in before or not."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def standing_consents(person: Person) -> set[str]:
    """The purposes this person says yes to today."""
    return set(person.consents.filter(withdrawn_at=None).values_list("purpose", flat=True))


def identity_providers(request: HttpRequest) -> list[object]:
    """The configured ways to sign in with itsme, eID or the like, as allauth's providers."""
    return list(get_adapter(request).list_providers(request))


def personal_archive(person: Person, now: datetime) -> bytes:
    """Everything the platform knows of a person, as a zip: one JSON file per part, and the files they added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, part in personal_data.items():
            content = {
                "what": str(part.title),
                "as_of": now,
                "data": part.export(person),
                "kept_after_deletion": str(part.keeps),
            }
            archive.writestr(f"{key}.json", json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            for name, file in part.files(person):
                with file.open("rb") as opened:
                    archive.writestr(f"{key}/{name}", opened.read())
    return packed.getvalue()


def what_stays() -> list[tuple[str, str]]:
    """What remains after an account is deleted, and why: title and reason per part."""
    return [(str(part.title), str(part.keeps)) for part in personal_data.values() if part.keeps]


@dataclass(frozen=True)
class Device:
    """A browser that is signed in. `network` is half an IP address: too coarse to be a place."""

    id: int
    name: str
    network: str
    since: datetime
    seen: datetime
    current: bool


def devices_of(person: Person, session_key: str | None) -> list[Device]:
    """The sessions that still work, the present one first, then the one seen last."""
    rows = [
        Device(
            row.pk,
            device_name(row.user_agent),
            shortened(row.ip),
            row.created_at,
            row.last_seen_at,
            row.session_key == session_key,
        )
        for row in UserSession.objects.purge_and_list(person)
    ]
    return sorted(rows, key=lambda row: (not row.current, -row.seen.timestamp(), row.id))


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """`Firefox, Android`: as much as helps a person to recognise their own device."""
    found = [next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name) or str(_("Another device"))


def shortened(address: str) -> str:
    """The first half of an IP address."""
    ip = ipaddress.ip_address(address)
    if ip.version == 4:
        return ".".join(address.split(".")[:2]) + ".…"
    return ":".join(ip.exploded.split(":")[:3]) + ":…"
