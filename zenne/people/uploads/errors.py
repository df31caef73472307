"""What can go wrong with an upload, in words for the person who gave it."""

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Invalid, Spoken, TooMany


class NotTaken(Invalid):
    """The content is of a kind we do not take, or not what its beginning promises."""

    code = "upload-not-taken"
    headline = _("We cannot take this file")


class TooBig(Invalid):
    code = "upload-too-big"
    status = 413
    headline = _("This file is too large")


class TooManyFiles(TooMany):
    code = "upload-too-many"
    headline = _("That is enough files for now")


class NoRoom(Spoken):
    code = "upload-no-room"
    status = 507
    headline = _("We have no room for this file at the moment")
