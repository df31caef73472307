"""What no test may get away with: faults that Django forgives and people pay for.

Each fault raises where it happens and is noted as well, so that one inside a live server's thread fails its test too.
"""

import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.base import FilterExpression, Node, Variable

from zenne.web.tokens import has_session

ROOT = Path(__file__).resolve().parents[1]
HOUSE = str(ROOT / "zenne")
noted: list[str] = []


class Strict(AssertionError):
    """A fault of the kind that this harness forbids."""


def refuse(text: str) -> None:
    noted.append(text)
    raise Strict(text)


# --- undefined template variables ---------------------------------------------------------------------------------------


class Undefined(str):
    """Stands where Django puts an empty string for a variable that isn't there; it refuses when the template is one of ours.

    A first filter `default` or `default_if_none` says that absence is meant.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        if frame.f_code is FilterExpression.resolve.__code__:
            expression = frame.f_locals["self"]
            first = expression.filters[0][0].__name__ if expression.filters else ""
            template = template_of(frame)
            if isinstance(expression.var, Variable) and template.startswith(HOUSE) and not first.startswith("default"):
                name = Path(template).relative_to(ROOT)
                refuse(
                    f"{name} shows `{expression.token}`, and there is no such variable: pass it, or say `|default:...`"
                )
        return False


def template_of(frame: FrameType | None) -> str:
    """The file of the innermost template node that is being rendered."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name)
        frame = frame.f_back
    return ""


# --- slices of unordered queries -----------------------------------------------------------------------------------------

_getitem = QuerySet.__getitem__


def ordered_getitem(queryset: QuerySet, key: int | slice) -> object:
    if queryset._result_cache is None and not queryset.ordered:
        caller = sys._getframe(1)
        if caller.f_code.co_filename.startswith(HOUSE):
            place = f"{Path(caller.f_code.co_filename).relative_to(ROOT)}:{caller.f_lineno}"
            refuse(
                f"{place} takes part of an unordered query of {queryset.model.__name__}: the database may answer in any order"
            )
    return _getitem(queryset, key)


# --- what a page may hold ------------------------------------------------------------------------------------------------

HANDLER = re.compile(
    r"on(click|change|input|submit|reset|load|error|focus|blur|key\w+|mouse\w+|pointer\w+|touch\w+|toggle|scroll|drag\w*)$"
)
DATA_TYPES = {"application/json", "application/ld+json"}
NOT_OURS = ("/manage/", "/documents/")  # Wagtail's own pages


class PageReader(HTMLParser):
    """Reads a page for what the content security policy forbids, and for POST forms that carry no CSRF token."""

    def __init__(self, session: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._session = session
        self.faults: list[str] = []
        self._form: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        shown = f"<{tag} {' '.join(f'{name}={value!r}' for name, value in list(values.items())[:4])}>"
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") not in DATA_TYPES):
            self.faults.append(f"inline {shown}")
        if "style" in values:
            self.faults.append(f"a style attribute: {shown}")
        if any(HANDLER.match(name) for name in values):
            self.faults.append(f"an inline handler: {shown}")
        if any(values.get(name, "").lstrip().lower().startswith("javascript:") for name in ("href", "src", "action")):
            self.faults.append(f"a javascript: address: {shown}")
        if tag == "form":
            self._close()
            self._form = values if values.get("method", "").lower() == "post" else None
        if tag == "input" and values.get("name") == "csrfmiddlewaretoken":
            self._form = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._close()

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        if (
            self._session
            and self._form is not None
            and not self._form.get("action", "").startswith(("http://", "https://"))
        ):
            self.faults.append(f"a POST form without a CSRF token: action={self._form.get('action', '')!r}")
        self._form = None


def faults_of_page(html: str, *, session: bool = True) -> list[str]:
    """`session`: whether the visitor has one; who has none may send a form without a token (`zenne.web.tokens`)."""
    reader = PageReader(session)
    reader.feed(html)
    reader.close()
    return reader.faults


class StrictPages:
    """The outermost middleware in tests: every HTML answer is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if (
            html
            and not request.path.startswith(NOT_OURS)
            and (faults := faults_of_page(response.content.decode(response.charset), session=has_session(request)))
        ):
            refuse(f"{request.path} answers with " + "; ".join(faults[:5]))
        return response
