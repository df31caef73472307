"""Reading what was sent, with an eye on what breaks programs further down."""

import json
import math
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from .errors import Fault, Faulty, Malformed, TooLarge, UnsupportedType
from .limits import LARGEST_BODY

CHANGES = ("POST", "PUT", "PATCH", "DELETE")


def read_body(request: HttpRequest) -> None:
    """Sets `request.sent` to the body as plain data. Raises TooLarge, UnsupportedType, Malformed, and Faulty for text no database takes."""
    request.sent = None  # type: ignore[attr-defined]
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method not in CHANGES or not length.isdigit() or int(length) == 0:
        request._body = b""
        return
    if int(length) > LARGEST_BODY:
        raise TooLarge(_("At most %(most)d kilobytes.") % {"most": LARGEST_BODY // 1024})
    if request.content_type != "application/json":
        raise UnsupportedType(_("Send the body as application/json."))
    try:
        sent = json.loads(request.body.decode(), parse_float=_float, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed(_("The body is not JSON in UTF-8.")) from error
    if (pointer := _unprintable(sent)) is not None:
        raise Faulty([Fault(_("This text holds characters that no text has."), pointer=pointer)])
    request.sent = sent  # type: ignore[attr-defined]


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number beyond all numbers")
    return number


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _unprintable(sent: Any, at: str = "") -> str | None:
    """Where a NUL or half a character stands, which PostgreSQL takes for no text."""
    if isinstance(sent, str):
        return at if broken(sent) else None
    if isinstance(sent, dict):
        pairs = [(str(key), value) for key, value in sent.items()]
        if any(broken(key) for key, _value in pairs):
            return at
    elif isinstance(sent, list):
        pairs = [(str(place), value) for place, value in enumerate(sent)]
    else:
        return None
    for key, value in pairs:
        if (found := _unprintable(value, f"{at}/{key}")) is not None:
            return found
    return None


def broken(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)


class SentBody(Parser):
    """The body was read before, once for all operations."""

    def parse_body(self, request: HttpRequest) -> Any:
        return request.sent  # type: ignore[attr-defined]
