from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterState(TextChoices):
    """Where a letter is on its way.

    TAKEN: in the hands of the run that sends, not yet shown to the mail server. LEAVING: being handed over at this moment.
    What a killed worker leaves as TAKEN has surely not left and waits again; what it leaves as LEAVING is IN_DOUBT and stays.
    """

    WAITING = "waiting", _("waiting")
    TAKEN = "taken", _("in the postman's hands")
    LEAVING = "leaving", _("being handed over")
    SENT = "sent", _("sent")
    BOUNCED = "bounced", _("came back")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("not sent")
    IN_DOUBT = "in_doubt", _("in doubt")


class Note(TextChoices):
    """Why a letter did not leave, where it is not the mail server that says so."""

    CLOSED = "closed", _("The account is closed or blocked.")
    UNREACHABLE = "unreachable", _("The address is unreachable.")
    NOTHING = "nothing", _("There was nothing to say any more: the reader said stop, or the occasion was gone.")
    UNWRITTEN = "unwritten", _("It could not be written; the log says why.")
    KILLED = "killed", _("The worker was killed while it was handing this letter over.")
    CUT = "cut", _("The line to the mail server broke in the middle.")


#: what may follow what; the README's picture is this table
FOLLOWS: dict[LetterState, frozenset[LetterState]] = {
    LetterState.WAITING: frozenset({LetterState.TAKEN, LetterState.CANCELLED}),
    LetterState.TAKEN: frozenset({LetterState.WAITING, LetterState.LEAVING, LetterState.CANCELLED, LetterState.FAILED}),
    LetterState.LEAVING: frozenset(
        {LetterState.SENT, LetterState.WAITING, LetterState.BOUNCED, LetterState.FAILED, LetterState.IN_DOUBT}
    ),
    LetterState.IN_DOUBT: frozenset({LetterState.SENT, LetterState.WAITING, LetterState.BOUNCED}),
    LetterState.SENT: frozenset({LetterState.BOUNCED}),
    LetterState.FAILED: frozenset({LetterState.WAITING, LetterState.CANCELLED}),
    LetterState.BOUNCED: frozenset(),
    LetterState.CANCELLED: frozenset(),
}
