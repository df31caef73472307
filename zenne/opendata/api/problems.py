"""Failures as problem documents (RFC 9457), in the words that the pages use."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from ninja.errors import ValidationError

from zenne.core.errors import Spoken, Words
from zenne.people.access.answers import NotAllowed, Refused, Remedy

from .errors import Fault, Faulty, ScopeMissing, Unauthorized
from .representations import FieldFault, NextStep, Problem, absolute

MEDIA_TYPE = "application/problem+json"


def answer(request: HttpRequest, error: Spoken) -> JsonResponse:
    """The answer that tells this error."""
    told = Problem(
        type=f"urn:zenne:{error.code}",
        title=str(error.headline),
        status=error.status,
        detail=str(error.message) or str(error.headline),
        instance=request.path,
        **_more(error),
    )
    response = JsonResponse(
        told.model_dump(mode="json", exclude_none=True),
        status=error.status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    for name, value in _headers(error).items():
        response[name] = value
    return response


def _more(error: Spoken) -> dict[str, Any]:
    if isinstance(error, NotAllowed):
        refused = error.refused
        facts = {name: _plain(value) for name, value in refused.details}
        return {"reason": str(refused.reason), "facts": facts or None, "remedy": _step(refused)}
    if isinstance(error, Faulty):
        return {
            "errors": [FieldFault(detail=str(e.detail), pointer=e.pointer, parameter=e.parameter) for e in error.faults]
        }
    if field := getattr(error, "field", ""):
        return {"errors": [FieldFault(detail=str(error.message), pointer=f"/{field}")]}
    if error.remedies:
        first = error.remedies[0]
        return {"remedy": NextStep(kind="go", label=str(first.label), url=absolute(first.url))}
    return {}


def _headers(error: Spoken) -> dict[str, str]:
    if isinstance(error, Unauthorized):
        return {
            "WWW-Authenticate": f'Bearer realm="zenne", error="{error.error}"'
            if error.error
            else 'Bearer realm="zenne"'
        }
    if isinstance(error, ScopeMissing):
        return {"WWW-Authenticate": f'Bearer realm="zenne", error="insufficient_scope", scope="{error.scope}"'}
    return {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value if isinstance(value, int | float | bool) else str(value)


def _step(refused: Refused) -> NextStep | None:
    """The remedy of a refusal: what to do, and the page where it is done."""
    asked = [("ask", str(question)) for question in dict(refused.details).get("questions", ())]  # type: ignore[attr-defined]
    ways = {
        Remedy.SIGN_IN: (_("Make a personal token"), reverse("api:tokens")),
        Remedy.CONFIRM_EMAIL: (_("Confirm my e-mail address"), reverse("accounts:confirm-email")),
        Remedy.VERIFY: (_("Show once who I am"), reverse("access:verify")),
        Remedy.ANSWER: (_("Give the answers"), f"{reverse('access:answers')}?{urlencode(asked)}"),
        Remedy.CONTACT: (_("Who to write to"), reverse("organisations:list")),
        Remedy.UNDO: (_("Take one back to have it free again."), ""),
        Remedy.WAIT: (_("Come back when it opens."), ""),
    }
    if refused.remedy not in ways:
        return None
    label, path = ways[refused.remedy]
    return NextStep(kind=str(refused.remedy), label=str(label), url=absolute(path) if path else None)


def from_validation(error: ValidationError) -> Faulty:
    """What pydantic found wrong, each at its place, in our words."""
    return Faulty([_fault(each) for each in error.errors])


def _fault(found: dict[str, Any]) -> Fault:
    source, *path = found["loc"]
    detail = _in_words(found)
    if source == "body":
        # after the source stands the name of the argument that takes the body
        return Fault(detail, pointer="".join(f"/{_escaped(str(part))}" for part in path[1:]))
    return Fault(detail, parameter=str(path[-1]) if path else None)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


PLAIN: dict[str, Words] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no such field."),
    "string_type": _("This is a text."),
    "bool_type": _("This is true or false."),
    "int_type": _("This is a whole number."),
    "int_parsing": _("This is a whole number."),
    "int_from_float": _("This is a whole number."),
    "float_type": _("This is a number."),
    "float_parsing": _("This is a number."),
    "model_type": _("This is an object."),
    "model_attributes_type": _("This is an object."),
    "dict_type": _("This is an object."),
}
BOUNDS: dict[str, tuple[Words, str]] = {
    "string_too_long": (_("At most %(bound)s characters."), "max_length"),
    "string_too_short": (_("At least %(bound)s characters."), "min_length"),
    "greater_than_equal": (_("Not less than %(bound)s."), "ge"),
    "less_than_equal": (_("Not more than %(bound)s."), "le"),
    "literal_error": (_("One of these: %(bound)s."), "expected"),
    "enum": (_("One of these: %(bound)s."), "expected"),
}


def _in_words(found: dict[str, Any]) -> str:
    """What pydantic says by a code, as people say it."""
    kind = found["type"]
    if kind == "string_too_short" and found["ctx"]["min_length"] == 1:
        kind = "missing"  # said as such, not as “at least 1 characters”
    if kind in BOUNDS:
        sentence, name = BOUNDS[kind]
        return str(sentence) % {"bound": str(found["ctx"][name]).replace("'", "")}
    return str(PLAIN.get(kind) or _("This value cannot be taken."))
