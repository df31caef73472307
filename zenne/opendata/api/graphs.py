"""Things as linked data: the same as in JSON, in the words of public vocabularies, as Turtle or JSON-LD.

An operation that can says so with `openapi_extra=GRAPH`, takes `wish: Query[Wish]`, and answers `graph_answer(kind, graph)` where `asked(request)` names
a kind. Asked for by `?format=ttl`, `?format=jsonld`, or the Accept header, which any harvester of catalogues sends.
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from pydantic import BaseModel, Field
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, QB, RDFS, SDO, SKOS, SOSA, XSD

from zenne.core.languages import LANGUAGES, text_in

#: States, lights and kinds of evidence: words for programs that stay, beside which every vocabulary ends.
ZENNE = Namespace("urn:zenne:")
ADMS = Namespace("http://www.w3.org/ns/adms#")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
BESLUIT = Namespace("http://data.vlaanderen.be/ns/besluit#")
PREFIXES = {
    "dcterms": DCTERMS,
    "org": ORG,
    "schema": SDO,
    "skos": SKOS,
    "rdfs": RDFS,
    "prov": PROV,
    "qb": QB,
    "sosa": SOSA,
    "adms": ADMS,
    "geo": GEO,
    "eli": ELI,
    "besluit": BESLUIT,
    "xsd": XSD,
    "zenne": ZENNE,
}


class GraphFormat(StrEnum):
    JSON = "json"
    TURTLE = "ttl"
    JSON_LD = "jsonld"


MEDIA_TYPES = {GraphFormat.TURTLE: "text/turtle", GraphFormat.JSON_LD: "application/ld+json"}
GRAPH: dict[str, Any] = {"x-graph": True}


class Wish(BaseModel):
    """In which form."""

    format: GraphFormat = Field(
        GraphFormat.JSON,
        description="Plain JSON, or linked data: Turtle (`ttl`) or JSON-LD (`jsonld`). The Accept header says it too.",
    )


def asked(request: HttpRequest) -> GraphFormat | None:
    """Which kind of linked data is asked for: what the address says, else what the request accepts before JSON; None for plain JSON."""
    if (said := request.GET.get("format")) is not None:
        return {"ttl": GraphFormat.TURTLE, "jsonld": GraphFormat.JSON_LD}.get(said)
    best = max(_accepted(request), default=None)
    return best[2] if best else None


def _accepted(request: HttpRequest) -> Iterable[tuple[float, int, GraphFormat | None]]:
    """(quality, earlier is higher, kind) of each thing that the Accept header names and we could answer; a wildcard means plain JSON."""
    for place, part in enumerate(filter(str.strip, request.headers.get("Accept", "").split(","))):
        media = MediaType(part)
        quality = _quality(media.params.get("q", "1"))
        if quality == 0:
            continue
        found = next((kind for kind, name in MEDIA_TYPES.items() if media.match(name) and "*" not in part), None)
        if found or media.match("application/json"):
            yield quality, -place, found


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def new_graph() -> Graph:
    """An empty graph that knows our prefixes and no others."""
    made = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace)
    return made


def say(graph: Graph, subject: URIRef, predicate: URIRef, thing: Model, field: str) -> None:
    """A text that staff write, in each language in which it was written."""
    for language in LANGUAGES:
        if text := text_in(thing, field, language):
            graph.add((subject, predicate, Literal(text, lang=language)))


def _in_order(value: Any) -> Any:
    """Sets of values come in any order; here in one, always. None of ours is a list whose order says something."""
    if isinstance(value, dict):
        return {key: _in_order(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted(map(_in_order, value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def graph_answer(kind: GraphFormat, graph: Graph, following: str | None = None) -> HttpResponse:
    """Always the same text for the same graph, so that its tag says whether it changed. Of a list, the address of the next page is in the Link header."""
    if kind == GraphFormat.TURTLE:
        text = graph.serialize(format="turtle")
    else:
        context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
        made_of = json.loads(graph.serialize(format="json-ld", context=context))
        text = json.dumps(_in_order(made_of), ensure_ascii=False, sort_keys=True, indent=1)
    made = HttpResponse(text, content_type=f"{MEDIA_TYPES[kind]}; charset=utf-8")
    made["Vary"] = "Accept"
    if following:
        made["Link"] = f'<{following}>; rel="next"'
    return made
