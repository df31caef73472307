"""Documents on paper: what an app composed in plain blocks, in the look of its organisation, set by the press.

    content = paper.pdf(composed(...), organisation=house, seed=slug, words=frame, moment=now)                     # in a task: raises press.PressFault
    content = paper.printed(composed(...), organisation=house, seed=slug, words=frame, moment=now, meanwhile=_("Read the page meanwhile."))   # for a page

The same data, words and moment give the same file.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Spoken
from zenne.people.organisations.models import Organisation

from . import press
from .composing import canonical, digest
from .look import logo_of, look_of, street


class NotPrinted(Spoken):
    """The press refused; the reader may come back."""

    code = "not-printed"
    status = 503
    retry_after = 60
    headline = _("The document could not be made")


def pdf(
    data: dict[str, Any], *, organisation: Organisation, seed: str, words: Mapping[str, str], moment: datetime
) -> bytes:
    """`data` as composed for the press, `words`: those of the frame in its language; the fingerprint of the data comes to them here. `seed` is what
    the street on the cover is drawn from."""
    pictures = {"street.svg": street(seed, organisation.brand, organisation.accent)}
    if logo := logo_of(organisation):
        pictures["logo.png"] = logo
    whole = {**words, "digest": digest(canonical(data))}
    look = look_of(organisation.brand, organisation.accent)
    return press.pdf(data, words=whole, look=look, pictures=pictures, moment=int(moment.timestamp()))


def printed(
    data: dict[str, Any],
    *,
    organisation: Organisation,
    seed: str,
    words: Mapping[str, str],
    moment: datetime,
    meanwhile: str,
) -> bytes:
    """The same for who waits for it. Raises NotPrinted, which says what to do `meanwhile`."""
    try:
        return pdf(data, organisation=organisation, seed=seed, words=words, moment=moment)
    except press.PressFault as fault:
        raise NotPrinted(meanwhile) from fault
