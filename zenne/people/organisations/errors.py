"""What people are told when a verb of this app refuses."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, NotFound, Spoken


class NotYours(Spoken):
    """Only an administrator of this organisation, or of the platform, may do this."""

    code = "not-allowed"
    status = 403
    headline = _("This is not yours to change")

    def __init__(self) -> None:
        super().__init__(_("Ask an administrator of the organisation to do this."))


class LastAdministrator(Conflict):
    code = "last-administrator"
    headline = _("Somebody has to stay in charge")

    def __init__(self) -> None:
        super().__init__(_("This is the only administrator. Make somebody else an administrator first."))


class AlreadyThere(Conflict):
    code = "already-member"
    headline = _("Already a member")

    def __init__(self) -> None:
        super().__init__(_("This person already has this role here."))


class NotComplete(Invalid):
    """An organisation cannot go live yet; `missing` says what it lacks."""

    code = "not-complete"
    headline = _("Not ready to go live")

    def __init__(self, missing: Sequence[str | Promise]) -> None:
        words = ", ".join(str(one) for one in missing)
        super().__init__(format_lazy("{} {}", _("Still missing:"), words))
        self.missing = tuple(missing)


class NoInvitation(NotFound):
    code = "no-invitation"
    headline = _("This invitation is no longer valid")

    def __init__(self) -> None:
        super().__init__(
            _("It was used, withdrawn or replaced by a newer one, or its time has passed. Ask for a new one.")
        )


class OtherAddress(Conflict):
    """The invitation went to another e-mail address than the one of the account."""

    code = "other-address"
    headline = _("This invitation is for another e-mail address")

    def __init__(self, invited: str, present: str) -> None:
        super().__init__(
            format_lazy(
                _(
                    "It was sent to {invited} and you are signed in as {present}. Sign out and sign in with {invited}, or ask for an invitation to {present}."
                ),
                invited=invited,
                present=present,
            )
        )
