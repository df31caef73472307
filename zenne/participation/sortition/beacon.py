"""A round of drand fetched from its public address, where the platform has a way out. What comes back is proved by its signature, never trusted."""

import json
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Spoken

SECONDS = 5
MOST_BYTES = 10_000


class Unreachable(Spoken):
    """The beacon did not answer, or this platform may not go out."""

    code = "beacon-unreachable"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("The beacon cannot be reached from here. Open its address on another device, and type the signature in.")
        )


def fetch(address: str) -> str:
    """The signature of the round at `address` (https only). Raises Unreachable."""
    if not address.startswith("https://"):
        raise Unreachable()
    try:
        with urlopen(Request(address, headers={"Accept": "application/json"}), timeout=SECONDS) as answer:  # noqa: S310 - https, checked above
            return str(json.loads(answer.read(MOST_BYTES))["signature"])
    except (URLError, OSError, ValueError, KeyError, TypeError) as fault:
        raise Unreachable() from fault
