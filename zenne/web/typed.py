"""What somebody had written into a form that could not be taken: a page that refuses gives it back."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

SECRET = ("password", "code", "csrf", "credential", "national", "token")
LONG_ENOUGH = 20
MOST = 5


def typed_texts(request: HttpRequest) -> list[str]:
    """Up to five texts of several words from the form that was sent; never a password or a code. Empty where it cannot be read."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except (OSError, SuspiciousOperation, MultiPartParserError):  # the form itself was what could not be read
        return []
    found = [
        value
        for name, value in sent
        if isinstance(value, str) and len(value) >= LONG_ENOUGH and " " in value.strip() and not _secret(name)
    ]
    return found[:MOST]


def _secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET)
