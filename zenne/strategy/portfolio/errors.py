"""What can go wrong with words of its own."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Words

from .versions import Difference


class Overtaken(Conflict):
    """Somebody else saved the sheet since it was opened. `differences` are what they changed; what the second one wrote is still on the page."""

    message = _(
        "Somebody else changed this sheet while you were writing. Nothing of yours is lost: see what changed, then save again."
    )

    def __init__(self, differences: Sequence[Difference], version: int, message: Words = "") -> None:
        super().__init__(message or self.message)
        self.differences = tuple(differences)
        self.version = version
