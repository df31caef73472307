"""What can be wrong with what a panel is asked to do, said in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, NotFound


class NoRoom(Conflict):
    """Every seat is taken for some day of that term."""

    code = "no-room"
    headline = _("Every seat is taken")


class Ended(Conflict):
    """The panel, the seat or the thing has ended meanwhile."""

    code = "ended"


class ReasonNeeded(Invalid):
    code = "reason-needed"
    field = "reason"


class WrongCode(NotFound):
    """No seat has this code, or it was used already: both look the same from outside."""

    code = "wrong-code"
    status = 422
    headline = _("This code does not work")


class Overtaken(Conflict):
    """Somebody changed the same paragraph meanwhile. `theirs` is how it stands now, in version `version`."""

    code = "overtaken"

    def __init__(self, *, theirs: dict[str, Any], version: int) -> None:
        super().__init__(_("Somebody else changed this paragraph while you were writing."))
        self.theirs, self.version = theirs, version
