"""What can be wrong with what a jury is asked to do, said in words."""

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, Remedy, Spoken, Words


class WrongMoment(Conflict):
    """The jury is at another point of its work."""

    code = "wrong-moment"


class NotSitting(Spoken):
    """A member wants to read along before there is something to read."""

    code = "not-sitting"
    status = 403
    headline = _("The jury does not deliberate yet")

    def __init__(self, *, remedies: tuple[Remedy, ...] = ()) -> None:
        super().__init__(
            _("The chair opens the deliberation; until then every member scores alone."), remedies=remedies
        )


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
