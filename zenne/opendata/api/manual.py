"""The description as people read it: chapters of operations, each with its parameters, its answers and a request to try."""

import json
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from zenne.core.errors import Words

from .description import LICENCE, document
from .enums import Budget
from .kinds import in_order, resources
from .limits import LIMITS
from .representations import at

# what is the same wherever it stands, and is told once
WELL_KNOWN = ("Words", "AreaKey")
VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str
    about: str


@dataclass(frozen=True)
class Answer:
    status: str
    about: str
    fields: list[Parameter]


@dataclass(frozen=True)
class Shown:
    """One operation. `scope` is the right it needs, empty where it is open to all."""

    name: str
    verb: str
    path: str
    title: str
    about: str
    scope: str
    parameters: list[Parameter]
    body: list[Parameter]
    answers: list[Answer]
    problems: list[str]
    request: str

    @property
    def summary(self) -> str:
        return f"{self.verb} {self.path} · {self.title}"


@dataclass(frozen=True)
class Chapter:
    name: str
    title: Words
    about: Words
    operations: list[Shown]


def around() -> dict[str, Any]:
    return {"base": at(""), "openapi": at("/openapi.json"), "licence": LICENCE["name"]}


def limits() -> list[str]:
    """The budgets, in words."""
    words = {
        Budget.ANONYMOUS: _("Without a token: %(requests)d requests in %(seconds)d seconds from one address."),
        Budget.READS: _("With a token: %(requests)d readings in %(seconds)d seconds."),
        Budget.WRITES: _("With a token: %(requests)d changes in %(seconds)d seconds."),
    }
    return [words[budget] % {"requests": limit.requests, "seconds": limit.seconds} for budget, limit in LIMITS.items()]


def chapters() -> list[Chapter]:
    """The operations of each resource, in the order in which they were declared."""
    described = document()
    by_tag: dict[str, list[Shown]] = {name: [] for name in resources}
    for path, methods in described["paths"].items():
        for verb in VERBS:
            if verb in methods:
                by_tag[methods[verb]["tags"][0]].append(_shown(described, path, verb, methods[verb]))
    return [
        Chapter(name, resource.title, resource.about, by_tag[name]) for name, resource in in_order() if by_tag[name]
    ]


def _shown(described: dict[str, Any], path: str, verb: str, operation: dict[str, Any]) -> Shown:
    needs = [scope for way in operation["security"] for scopes in way.values() for scope in scopes]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answers = operation["responses"]
    return Shown(
        name=operation["operationId"],
        verb=verb.upper(),
        path=path,
        title=operation["summary"],
        about=operation.get("description", ""),
        scope=needs[0] if needs else "",
        parameters=[_parameter(described, each) for each in operation["parameters"] if "$ref" not in each],
        body=_fields(described, body),
        answers=[
            Answer(status, told["description"], _fields(described, _content(told)))
            for status, told in answers.items()
            if status < "400"
        ],
        problems=[status for status in answers if status >= "400"],
        request=_curl(described, path, verb, bool(needs), body),
    )


def _content(told: dict[str, Any]) -> dict[str, Any]:
    return told.get("content", {}).get("application/json", {}).get("schema", {})


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference, and the one that counts of several."""
    while True:
        if "$ref" in schema:
            schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            kinds = [each for each in schema["anyOf"] if each.get("type") != "null"]
            schema = {**{key: value for key, value in schema.items() if key != "anyOf"}, **kinds[0]}
        else:
            return schema


def _fields(described: dict[str, Any], schema: dict[str, Any]) -> list[Parameter]:
    """What an object has; of a page of a list, what each item has."""
    found = _resolved(described, schema)
    properties = found.get("properties", {})
    if set(properties) == {"items", "next"}:
        return _fields(described, properties["items"]["items"])
    fields = []
    for name, each in properties.items():
        fields.append(Parameter(name, _kind(described, each), each.get("description", "")))
        inner = _resolved(described, each.get("items", each) if each.get("type") == "array" else each)
        if inner.get("title") not in WELL_KNOWN:
            inside = f"{name}[]." if each.get("type") == "array" else f"{name}."
            fields += [replace(field, name=f"{inside}{field.name}") for field in _fields(described, inner)]
    return fields


def _parameter(described: dict[str, Any], given: dict[str, Any]) -> Parameter:
    return Parameter(given["name"], _kind(described, given["schema"]), given.get("description", ""))


def _kind(described: dict[str, Any], schema: dict[str, Any]) -> str:
    """The kind of a value in a word or two, and whether it can be null."""
    nullable = any(each.get("type") == "null" for each in schema.get("anyOf", ()))
    name = schema.get("$ref", "") or next((each["$ref"] for each in schema.get("anyOf", ()) if "$ref" in each), "")
    found = _resolved(described, schema)
    if "enum" in found:
        word = " | ".join(str(value) for value in found["enum"])
    elif "const" in found:
        word = str(found["const"])
    elif found.get("type") == "array":
        word = f"[{_kind(described, found.get('items', {}))}]"
    elif name:
        word = name.rpartition("/")[2]
    else:
        word = found.get("format") or found.get("type", "any")
    return f"{word} | null" if nullable else word


def _curl(described: dict[str, Any], path: str, verb: str, token: bool, body: dict[str, Any]) -> str:
    """A request that somebody can paste."""
    example = {"slug": "our-squares", "number": "12", "kind": "commune", "code": "21010"}
    filled = path
    for name, value in example.items():
        filled = filled.replace(f"{{{name}}}", value)
    lines = [f"curl {'' if verb == 'get' else f'-X {verb.upper()} '}'{at(filled)}'"]
    if token:
        lines.append("-H 'Authorization: Bearer zenne_…'")
    if body:
        lines += [
            "-H 'Content-Type: application/json'",
            f"-d '{json.dumps(_example(described, body), ensure_ascii=False)}'",
        ]
    return " \\\n  ".join(lines)


def _example(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    found = _resolved(described, schema)
    if "examples" in found:
        return found["examples"][0]
    if found.get("type") == "object":
        return {
            name: _example(described, each)
            for name, each in found.get("properties", {}).items()
            if "default" not in each
        }
    return found.get("enum", ["…"])[0] if found.get("type") == "string" else 1
