from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, Words


class Incomplete(Invalid):
    """A promised language is missing, or the audience is gone."""

    code = "incomplete"


class WrongState(Conflict):
    """What was asked does not fit the state it is in; somebody else may have been first."""

    code = "wrong-state"

    def __init__(self, message: Words = "") -> None:
        super().__init__(message or _("The campaign has moved on in the meantime: look at where it stands now."))


class TooEarly(Invalid):
    code = "too-early"

    def __init__(self) -> None:
        super().__init__(_("The moment of sending lies in the past."))


class Nobody(Invalid):
    """Sending now would write to no one. A campaign for a later moment is not refused: people may join its audience until then."""

    code = "nobody"

    def __init__(self) -> None:
        super().__init__(_("Nobody in this audience may be written to as things stand: nothing would leave."))
