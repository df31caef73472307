"""What can be wrong with what a meeting is asked to do, said in words."""

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid


class NotNow(Conflict):
    """The meeting is at another point of its life."""

    code = "wrong-moment"


class Unclear(Invalid):
    """A value that makes no meeting. `field` is the field of the form that it stands in."""

    code = "unclear"

    def __init__(self, message: object, field: str = "") -> None:
        super().__init__(message)  # type: ignore[arg-type]
        self.field = field


class ConsentMissing(Invalid):
    code = "consent-missing"
    headline = _("Somebody has not agreed")
