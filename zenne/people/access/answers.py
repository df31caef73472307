"""The one answer to "may I?": yes, or no with a reason from a closed list and the next step that would help."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Spoken


class Reason(StrEnum):
    """Why not. The list is closed: a page knows what to say and what to offer for each."""

    NOT_SIGNED_IN = "not-signed-in"
    EMAIL_UNCONFIRMED = "email-unconfirmed"
    NOT_VERIFIED = "not-verified"
    OUTSIDE_AREA = "outside-area"
    TOO_YOUNG = "too-young"
    NOT_IN_GROUP = "not-in-group"
    NOT_A_MEMBER = "not-a-member"
    NOT_CHAIR = "not-chair"
    RECUSED = "recused"
    NOT_STAFF = "not-staff"
    MISSING_ANSWERS = "missing-answers"
    NOT_YET_OPEN = "not-yet-open"
    CLOSED = "closed"
    SWITCHED_OFF = "switched-off"
    LIMIT_REACHED = "limit-reached"
    NOT_YOURS = "not-yours"
    TOO_LATE = "too-late"
    WRONG_STATE = "wrong-state"
    BLOCKED = "blocked"


class Remedy(StrEnum):
    """What would turn the no into a yes. NONE: nothing the person can do."""

    SIGN_IN = "sign-in"
    CONFIRM_EMAIL = "confirm-email"
    VERIFY = "verify"
    ANSWER = "answer"
    WAIT = "wait"
    UNDO = "undo"
    CONTACT = "contact"
    NONE = "none"


MESSAGES: dict[Reason, str | Promise] = {
    Reason.NOT_SIGNED_IN: _("Sign in to go on. What you wrote is kept."),
    Reason.EMAIL_UNCONFIRMED: _("Confirm your e-mail address to go on."),
    Reason.NOT_VERIFIED: _("This is for residents whose identity was checked once."),
    Reason.OUTSIDE_AREA: _("This is for people who live in the area."),
    Reason.TOO_YOUNG: _("There is a minimum age for this."),
    Reason.NOT_IN_GROUP: _("This is for the members of a group."),
    Reason.NOT_A_MEMBER: _("Only the members can do this."),
    Reason.NOT_CHAIR: _("This is for the chair, and for the staff who manage the process."),
    Reason.RECUSED: _("You declared a conflict of interest here: you have no say in it."),
    Reason.NOT_STAFF: _("This is for the staff of the organisation."),
    Reason.MISSING_ANSWERS: _("A few answers are needed first. You give them only once."),
    Reason.NOT_YET_OPEN: _("This has not opened yet."),
    Reason.CLOSED: _("This is closed."),
    Reason.SWITCHED_OFF: _("This is not offered here."),
    Reason.LIMIT_REACHED: _("You have reached the limit set for this."),
    Reason.NOT_YOURS: _("Only the author can do this."),
    Reason.TOO_LATE: _("The time for this has passed."),
    Reason.WRONG_STATE: _("This can no longer be done in the present state."),
    Reason.BLOCKED: _("You cannot take part here for a time: a moderator blocked your account."),
}

REMEDIES: dict[Reason, Remedy] = {
    Reason.NOT_SIGNED_IN: Remedy.SIGN_IN,
    Reason.EMAIL_UNCONFIRMED: Remedy.CONFIRM_EMAIL,
    Reason.NOT_VERIFIED: Remedy.VERIFY,
    Reason.MISSING_ANSWERS: Remedy.ANSWER,
    Reason.NOT_YET_OPEN: Remedy.WAIT,
    Reason.LIMIT_REACHED: Remedy.UNDO,
    Reason.BLOCKED: Remedy.CONTACT,
}


@dataclass(frozen=True)
class Allowed:
    def __bool__(self) -> Literal[True]:
        return True


@dataclass(frozen=True)
class Refused:
    """A no. `details` are facts for the page (the missing questions, the opening moment), never sentences."""

    reason: Reason
    details: tuple[tuple[str, object], ...] = ()

    def __bool__(self) -> Literal[False]:
        return False

    @property
    def remedy(self) -> Remedy:
        return REMEDIES.get(self.reason, Remedy.NONE)

    @property
    def message(self) -> str | Promise:
        return MESSAGES[self.reason]


Answer = Allowed | Refused
ALLOWED = Allowed()


class NotAllowed(Spoken):
    """An action met a no. Carries the refusal, so that the page can offer its remedy."""

    code = "not-allowed"
    status = 403
    headline = _("Not now")

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


def require(answer: Answer) -> None:
    """Go on, or raise NotAllowed with the refusal."""
    if isinstance(answer, Refused):
        raise NotAllowed(answer)
