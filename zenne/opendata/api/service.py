"""The operations of every app, gathered into one API."""

from functools import cache
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from zenne.core.errors import NotFound, Spoken

from . import problems
from .errors import Malformed
from .kinds import in_order
from .reading import SentBody

VERSION = "1.0.0"


class Plain(JSONRenderer):
    """Accents as they are: half the bytes, and readable in a terminal."""

    json_dumps_params: ClassVar[dict[str, Any]] = {"ensure_ascii": False}


class Service(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


@cache
def service() -> Service:
    """Built once, when every app has declared its part."""
    api = Service(
        title="Zenne",
        version=VERSION,
        urls_namespace="api-v1",
        openapi_url=None,
        docs_url=None,
        parser=SentBody(),
        renderer=Plain(),
    )
    for name, resource in in_order():
        api.add_router("", resource.router, tags=[name])
    api.add_exception_handler(Spoken, problems.answer)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Exception, _unexpected)
    return api


def addresses() -> list[URLPattern | URLResolver]:
    """The addresses of every operation. Ninja's own page at the root is left out."""
    return service()._get_urls()[:-1]


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.answer(request, problems.from_validation(error))


def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.answer(request, NotFound(_("There is nothing at this address.")))


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    return problems.answer(request, Malformed(_("The body is not JSON in UTF-8.")))


def _unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    """A bug is for the door, which writes it down."""
    raise error
