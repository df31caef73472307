"""Which organisation a page belongs to, before any view runs."""

import pickle
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.translation import override

from zenne.core.memory import Remembered
from zenne.people.accounts.models import Person

from . import queries
from .models import Organisation

BACK_OFFICE = "/manage/"
#: A new host name or colour shows at most these seconds later in another process. A wildcard host answers to endless names: not all are kept.
hosts: Remembered[bytes] = Remembered()


def _by_host(host: str) -> tuple[Organisation | None, bool, dict[str, Any]]:
    """The organisation of a host name, whether that name is its own, and what stands around its pages. Every request gets a copy it may change freely,
    unpacked from what was packed: a quarter of the time of `deepcopy`."""
    found: tuple[Organisation | None, bool, dict[str, Any]] = pickle.loads(  # noqa: S301 - packed here, by ourselves, kept in memory only
        hosts.get(host, lambda: pickle.dumps(queries.by_host(host), pickle.HIGHEST_PROTOCOL))
    )
    return found


class OrganisationMiddleware:
    """Sets `request.organisation`, whose look the page wears, `request.own_host`: whether the host name is only its own, and `request.surroundings`.

    The back office, whose addresses have no language, speaks the language of the person. A host name that the installation does not answer to ends here as Django's 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, _port = split_domain_port(request.get_host())
        request.organisation, request.own_host, request.surroundings = _by_host(host)  # type: ignore[attr-defined]
        if request.path_info.startswith(BACK_OFFICE) and isinstance(request.user, Person):
            with override(request.user.language):
                return self.get_response(request)
        return self.get_response(request)
