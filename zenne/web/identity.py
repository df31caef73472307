"""Whose look a page wears: the organisation of the request, or the platform's own.

The organisation comes from a room above, so it is read here by its few plain attributes (`Wearable`) and never imported.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.core.signing import Signer
from django.http import HttpRequest
from django.urls import reverse

from . import theme

BRAND, ACCENT, CORNERS = "#3d37b0", "#ffc93c", "round"


class Wearable(Protocol):
    """What `request.organisation` has to have."""

    name_i18n: str
    subname_i18n: str
    brand: str
    accent: str
    corners: str
    logo: Any


@dataclass(frozen=True)
class Identity:
    name: str
    subname: str = ""
    brand: str = BRAND
    accent: str = ACCENT
    corners: str = CORNERS
    logo: str = ""

    @property
    def theme_address(self) -> str:
        """Changes with the colours and with the code that spreads them, so browsers may keep it for ever."""
        return _addresses(self).theme

    @property
    def favicon_address(self) -> str:
        return _addresses(self).favicon

    @property
    def share_address(self) -> str:
        """Carries its words, signed: nobody else has us draw theirs."""
        return _addresses(self).share


class _Addresses(NamedTuple):
    theme: str
    favicon: str
    share: str


@lru_cache(maxsize=256)
def _addresses(look: Identity) -> _Addresses:
    """Worked out once for each of the few looks there are: every page asks for all of them."""
    brand, accent, corners = look.brand.lstrip("#"), look.accent.lstrip("#"), theme.corner_style(look.corners)
    fingerprint = theme.fingerprint(look.brand, look.accent, corners)
    return _Addresses(
        theme=f"{reverse('theme', args=[brand, accent, corners])}?v={fingerprint}",
        favicon=reverse("favicon", args=[brand, accent]),
        share=reverse("share", args=[_signer().sign_object([look.name, look.subname, look.brand, look.accent])]),
    )


def share_words(signed: str) -> tuple[str, str, str, str]:
    """Name, subname, brand and accent of a `share_address`. Raises BadSignature."""
    name, subname, brand, accent = _signer().unsign_object(signed)
    return name, subname, brand, accent


def _signer() -> Signer:
    return Signer(salt="web.share")


def of(request: HttpRequest | None) -> Identity:
    """The look of this request. Works before any organisation exists, and on error pages."""
    return worn_by(getattr(request, "organisation", None))


def worn_by(organisation: Wearable | None) -> Identity:
    """The look of an organisation; of the platform itself when there is none."""
    if organisation is None:
        return Identity(name=settings.WAGTAIL_SITE_NAME)
    return Identity(
        name=organisation.name_i18n or "",
        subname=organisation.subname_i18n or "",
        brand=organisation.brand,
        accent=organisation.accent,
        corners=organisation.corners,
        logo=organisation.logo.url if organisation.logo else "",
    )
