"""Whose look a page wears: the organisation of the request, or the platform's own.

The organisation comes from a room above, so it is read here by its few plain attributes (`Wearable`) and never imported.
"""

from dataclasses import dataclass
from typing import Any, Protocol

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
        brand, accent, corners = self.brand.lstrip("#"), self.accent.lstrip("#"), theme.corner_style(self.corners)
        address = reverse("theme", args=[brand, accent, corners])
        return f"{address}?v={theme.fingerprint(self.brand, self.accent, corners)}"

    @property
    def favicon_address(self) -> str:
        return reverse("favicon", args=[self.brand.lstrip("#"), self.accent.lstrip("#")])

    @property
    def share_address(self) -> str:
        """Carries its words, signed: nobody else has us draw theirs."""
        return reverse("share", args=[_signer().sign_object([self.name, self.subname, self.brand, self.accent])])


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
