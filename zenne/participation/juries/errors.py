"""What can be wrong with what a jury is asked to do, said in words."""

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, Words


class WrongMoment(Conflict):
    """The jury is at another point of its work."""

    code = "wrong-moment"


class Unscored(Invalid):
    """An assessment is submitted whole. `criteria` are the primary keys of those without points."""

    code = "unscored"

    def __init__(self, criteria: list[int]) -> None:
        super().__init__(_("Give points on every criterion first."))
        self.criteria = criteria


class ReasonNeeded(Invalid):
    code = "reason-needed"
    field = "reason"

    words: Words = _("Give the reason: it stays in the record.")

    def __init__(self, words: Words = "") -> None:
        super().__init__(words or self.words)


class OtherAddress(Conflict):
    """An invitation is for the address it was sent to."""

    code = "other-address"
    headline = _("This invitation is for another address")
