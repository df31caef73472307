"""What the API answers when it does not do what it was asked, beyond what the actions refuse themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Invalid, Spoken, TooMany, Words


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: with a part of the body (`pointer`, RFC 6901) or with a `parameter` of the address."""

    detail: Words
    pointer: str | None = None
    parameter: str | None = None


class Malformed(Spoken):
    code = "malformed"
    status = 400
    headline = _("This request cannot be read")


class Unauthorized(Spoken):
    """No token, or one that opens nothing. `error` is RFC 6750's word, empty where no token was shown."""

    code = "unauthorized"
    status = 401
    headline = _("A token is needed")

    def __init__(self, message: Words = "", error: str = "") -> None:
        super().__init__(message or _("Send a personal token in the Authorization header."))
        self.error = error


class ScopeMissing(Spoken):
    code = "scope-missing"
    status = 403
    headline = _("This token may not do that")

    def __init__(self, scope: str) -> None:
        super().__init__(_("The token was made without the right “%(scope)s”.") % {"scope": scope})
        self.scope = scope


class MethodNotAllowed(Spoken):
    code = "method-not-allowed"
    status = 405
    headline = _("This address does not do that")


class NotAcceptable(Spoken):
    code = "not-acceptable"
    status = 406
    headline = _("We answer in JSON")


class Gone(Spoken):
    """It was public once and is not any more."""

    code = "gone"
    status = 410
    headline = _("This is no longer here")


class TooLarge(Spoken):
    code = "too-large"
    status = 413
    headline = _("That is too much at once")


class UnsupportedType(Spoken):
    code = "unsupported-type"
    status = 415
    headline = _("We read JSON")


class Faulty(Invalid):
    """Some values cannot be taken; `faults` says which, and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("Some values cannot be taken."))
        self.faults = tuple(faults)


class KeyReused(Invalid):
    code = "key-reused"

    def __init__(self) -> None:
        super().__init__(_("This Idempotency-Key came with another request before. Use a new key for a new request."))


class RateLimited(TooMany):
    code = "rate-limited"

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Too many requests. Go on in %(seconds)d seconds.") % {"seconds": seconds})
        self.retry_after = seconds


class Broken(Spoken):
    code = "broken"
    status = 500
    headline = _("Something broke on our side")


def faults_of(form: forms.BaseForm, pointers: Mapping[str, str] | None = None) -> Faulty:
    """The errors of one of our forms, each at the place in the body that it is about. `pointers` names those that differ from the field."""
    found = []
    for name, errors in form.errors.items():
        pointer = (pointers or {}).get(name, "" if name == "__all__" else f"/{name}")
        found += [Fault(detail=str(each), pointer=pointer) for each in errors]
    return Faulty(found)
