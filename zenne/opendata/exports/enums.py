"""What a file may be, and how far the making of one is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sheet(TextChoices):
    """The kinds of file that staff ask for."""

    XLSX = "xlsx", _("Excel or LibreOffice (xlsx)")
    CSV = "csv", _("Text, separated by semicolons, opens in Excel (csv)")
    PLAIN = "plain", _("Text, separated by commas, for programs (csv)")


class ExportState(TextChoices):
    """How far the making of a file is. Everything after RUNNING is an end."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Being written")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Did not work")
    CANCELLED = "cancelled", _("Cancelled")


UNDER_WAY: tuple[ExportState, ...] = (ExportState.WAITING, ExportState.RUNNING)


class Failure(TextChoices):
    """Why a file could not be made, as the person who asked reads it."""

    TOO_LONG = (
        "too-long",
        _("An Excel sheet holds at most 1,048,576 rows, and this list is longer. Ask for csv, or filter the list."),
    )
    NO_ROOM = (
        "no-room",
        _("There was no room left on the disk. Whoever runs the platform has to make some; then ask again."),
    )
    INTERRUPTED = (
        "interrupted",
        _("The writing was interrupted several times, and nothing was kept. Please ask for it again."),
    )
    BROKEN = (
        "broken",
        _(
            "Something went wrong while the rows were read. It was noted for whoever runs the platform; nothing was kept."
        ),
    )
    GONE = "gone", _("What this file is made from is no longer offered.")


class Licence(TextChoices):
    """Under which terms an organisation gives its data to everyone. SPDX names."""

    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0 (CC BY 4.0)")
    CC0 = "CC0-1.0", _("No rights reserved (CC0 1.0)")


LICENCE_ADDRESSES: dict[Licence, str] = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
