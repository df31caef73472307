"""Which organisation a page belongs to, before any view runs."""

import time
from collections.abc import Callable
from copy import deepcopy

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.translation import override

from zenne.people.accounts.models import Person

from . import queries
from .models import Organisation

#: How long a host name is remembered by one web process. A new host name or colour shows at most this much later elsewhere.
SECONDS = 5.0
BACK_OFFICE = "/manage/"
_known: dict[str, tuple[float, tuple[Organisation | None, bool]]] = {}


def forget() -> None:
    """Look every host name up again: after an organisation changed, and between tests."""
    _known.clear()


def _by_host(host: str) -> tuple[Organisation | None, bool]:
    """The organisation of a host name, and whether that name is its own. Every request gets a copy it may change freely."""
    if connection.in_atomic_block:  # what is not committed must not be remembered
        return queries.by_host(host)
    present = time.monotonic()
    until, found = _known.get(host, (0.0, (None, False)))
    if present >= until:
        if len(_known) > 1000:  # an installation with a wildcard host answers to endless names
            _known.clear()
        found = queries.by_host(host)
        _known[host] = (present + SECONDS, found)
    return deepcopy(found)


class OrganisationMiddleware:
    """Sets `request.organisation`, whose look the page wears, and `request.own_host`: whether the host name is only its own.

    The back office, whose addresses have no language, speaks the language of the person. A host name that the installation does not answer to ends here as Django's 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, _port = split_domain_port(request.get_host())
        request.organisation, request.own_host = _by_host(host)  # type: ignore[attr-defined]
        if request.path_info.startswith(BACK_OFFICE) and isinstance(request.user, Person):
            with override(request.user.language):
                return self.get_response(request)
        return self.get_response(request)
