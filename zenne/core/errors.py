"""Failures that a person can be told.

An action that cannot do what it was asked raises a `Spoken` error; one middleware (`zenne.web.middleware`) turns it into a
page, a fragment or a problem document. Every other exception is a bug and goes to the log.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Remedy:
    """A next step a person can take: its label and the address it leads to."""

    label: Words
    url: str


class Spoken(Exception):
    """A failure with words for the person who met it.

    `code` names the kind of failure for programs, `status` is the HTTP status, `headline` and `message` are lazy translations;
    `retry_after`, in seconds, says when trying again makes sense.
    """

    code = "refused"
    status = 400
    retry_after: int | None = None
    headline: Words = _("That did not work")

    def __init__(self, message: Words = "", *, remedies: tuple[Remedy, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedies = remedies


class NotFound(Spoken):
    """The thing does not exist, or not for this person: both look the same from outside."""

    code = "not-found"
    status = 404
    headline = _("We cannot find this")


class StillNeeded(Spoken):
    """Something else refers to it."""

    code = "still-needed"
    status = 409


class Conflict(Spoken):
    """The thing changed in the meantime, or a second writer was first."""

    code = "conflict"
    status = 409
    headline = _("This changed in the meantime")


class Invalid(Spoken):
    """The input cannot be taken as it is."""

    code = "invalid"
    status = 422
    headline = _("Something needs correcting")


class TooMany(Spoken):
    """A limit against abuse was reached."""

    code = "too-many"
    status = 429
    retry_after = 60
    headline = _("That was a lot at once")


class Away(Spoken):
    """Something the platform stands on, such as its database, does not answer at this moment."""

    code = "away"
    status = 503
    retry_after = 10
    headline = _("The platform is being restarted")


class Full(Spoken):
    """A disk is full: what was sent could not be kept."""

    code = "no-room"
    status = 507
    headline = _("There is no room at the moment")
