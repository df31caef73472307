"""The description of the API in OpenAPI 3.1: what Ninja knows of each operation, and what the door adds to all of them."""

import json
from copy import deepcopy
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import override
from ninja.openapi.schema import OpenAPISchema

from zenne.core.languages import LANGUAGES

from .door import PREFIX
from .graphs import MEDIA_TYPES as GRAPH_TYPES
from .graphs import GraphFormat
from .kinds import LONGEST as LONGEST_NAME
from .kinds import in_order, narrowing_of, scopes
from .problems import MEDIA_TYPE
from .replays import HEADER, LONGEST
from .representations import Problem
from .service import VERSION, service

LICENCE = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
ABOUT = """\
Everything public on this platform, for other software; and what a person may do there, for programs that act for them.

- **Reading is open**: no key, no account. What is not public on the pages is not here.
- **Writing** takes a personal token in the `Authorization` header, made on the page “API tokens” of an account. Sessions and cookies open nothing.
- The same rules, refusals and words as on the pages: a refusal says why (`reason`), with its facts and the step that would help.
- **Texts**: what staff write comes in every language (`{"fr": …, "nl": …, "en": …}`); what residents write in the one they wrote it in.
- **Lists** are `{"items": […], "next": …}`: follow `next` until it is null.
- Errors are problem documents (RFC 9457). Moments are UTC.
"""

ERRORS = {
    400: "The request cannot be read.",
    401: "The token opens nothing, or none was sent where one is needed.",
    403: "Not allowed: the problem says why, and what would help; or the token lacks the right for this.",
    404: "There is nothing at this address, or nothing that is public.",
    406: "Only application/json is answered, where nothing else is named.",
    410: "It was public once, and is not any more.",
    409: "It changed in the meantime, or a second writer was first.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Some values cannot be taken; `errors` says which.",
    429: "Too many requests: see Retry-After.",
    500: "Something broke on our side.",
    503: "Back in a moment: see Retry-After.",
    507: "A disk is full: nothing was kept. Try again later.",
}
# what linked data is to a program that knows JSON only
LINKED = {GRAPH_TYPES[GraphFormat.TURTLE]: "string", GRAPH_TYPES[GraphFormat.JSON_LD]: "object"}
ALWAYS = (400, 401, 404, 406, 422, 429, 500, 503)
CHANGING = (403, 409, 413, 415, 507)
LIMIT_HEADERS = {
    "RateLimit-Policy": ("The budget: `q` requests in `w` seconds.", '"anonymous";q=300;w=60'),
    "RateLimit": ("What is left of it: `r` requests, for `t` seconds.", '"anonymous";r=299;t=42'),
}
READ_HEADERS = {
    "ETag": ("The mark of this answer: send it as If-None-Match.", '"5f0c…"'),
    "Cache-Control": ("How long the answer may be kept.", "public, max-age=5"),
    "Content-Language": ("The language of the words in it.", "fr"),
}


@cache
def document() -> dict[str, Any]:
    """The whole description, as plain data. In English: it is for programs and those who write them."""
    with override("en"):
        made = json.loads(json.dumps(OpenAPISchema(service(), ""), default=str))
        made["info"] = {
            "title": "Zenne",
            "version": VERSION,
            "summary": "Participation, open to other software",
            "description": ABOUT,
            "license": LICENCE,
        }
        made["servers"] = [{"url": f"{settings.BASE_URL}{PREFIX}"}]
        made["tags"] = [
            {"name": name, "description": str(resource.about or resource.title)} for name, resource in in_order()
        ]
        _complete(made)
    return made


@cache
def written() -> bytes:
    """The same as it is sent."""
    return json.dumps(document(), ensure_ascii=False).encode()


def _complete(made: dict[str, Any]) -> None:
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas = made["components"]["schemas"]
    schemas |= problem.pop("$defs", {}) | {"Problem": problem}
    made["components"]["parameters"] = {"Language": _language_parameter()}
    made["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal token: `Authorization: Bearer zenne_…`. Its rights: "
            + "; ".join(f"`{name}` ({words})" for name, words in scopes().items()),
        }
    }
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            methods[method] = _operation(deepcopy(operation), path, method)


def _operation(operation: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    """One operation with everything that the door does for it."""
    reading = method == "get"
    needs = next((each.scope for each in _auth(operation["operationId"])), None)
    if needs:
        operation["security"] = [{"token": [needs]}]
    else:
        operation["security"] = [{}, {"token": []}]
    operation["parameters"] = [
        *(_parameter(each) for each in operation.get("parameters", [])),
        *(_narrowing_parameters(path) if reading else ()),
        {"$ref": "#/components/parameters/Language"},
    ]
    if method == "post":
        operation["parameters"].append(_key_parameter())
    answers: dict[str, Any] = {}
    graph = operation.pop("x-graph", False)
    for status, given in operation["responses"].items():
        answers[status] = given | {"description": _success(int(status)), "headers": _headers(reading, int(status))}
        if graph and status == "200":
            answers[status]["content"] |= {name: {"schema": {"type": kind}} for name, kind in LINKED.items()}
    if reading:
        answers["304"] = {"description": "Nothing changed since the answer with this tag.", "headers": _limits()}
    statuses = {*ALWAYS, *(() if reading else CHANGING), *((403,) if needs else ()), *operation.pop("x-answers", ())}
    for status in sorted(statuses):
        answers[str(status)] = _problem(status)
    operation["responses"] = dict(sorted(answers.items()))
    return operation


def _narrowing_parameters(path: str) -> list[dict[str, Any]]:
    """What apps above declare for a whole list: `/decisions` can be asked for those of one plan."""
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": str(narrowing.about),
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        }
        for name, narrowing in sorted(narrowing_of(path.strip("/")).items())
    ]


def _parameter(given: dict[str, Any]) -> dict[str, Any]:
    """Ninja writes a parameter's examples as JSON Schema has them; OpenAPI wants one, or a map."""
    examples = given.pop("examples", None)
    return given | {"example": examples[0]} if examples else given


def _auth(name: str) -> list[Any]:
    return [
        auth
        for router in service()._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        if operation.view_func.__name__ == name
        for auth in operation.auth_callbacks
    ]


def _success(status: int) -> str:
    return {200: "As asked.", 201: "Made.", 204: "Done; there is nothing to say."}[status]


def _headers(reading: bool, status: int) -> dict[str, Any]:
    named = LIMIT_HEADERS | (READ_HEADERS if reading else {})
    if status == 201:
        named = named | {"Location": ("Where what was made lives.", f"{settings.BASE_URL}{PREFIX}/ideas/12")}
    return {name: _header(*about) for name, about in named.items()}


def _header(description: str, example: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}, "example": example}


def _limits() -> dict[str, Any]:
    return {name: _header(*about) for name, about in LIMIT_HEADERS.items()}


def _problem(status: int) -> dict[str, Any]:
    told = {
        "description": ERRORS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in (429, 503):
        told["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    if status == 401:
        told["headers"] = {"WWW-Authenticate": _header("How to show a token.", 'Bearer realm="zenne"')}
    return told


def _language_parameter() -> dict[str, Any]:
    return {
        "name": "language",
        "in": "query",
        "required": False,
        "description": "The language of messages; else the Accept-Language header decides.",
        "schema": {"type": "string", "enum": list(LANGUAGES)},
    }


def _key_parameter() -> dict[str, Any]:
    return {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "A text of your own, new for each new request: the same request sent again under the same key within 24 hours is "
        "answered as the first time, and nothing is done twice.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[!-~]+$"},
        "example": "1f0f7ab0-6f0c-4c7e-9f2a-2c7c9b0d9a55",
    }
