"""Decisions as linked data: ELI, the European words for what authorities decide, with the Flemish class for a decision of a local authority
(OSLO Besluit), and W3C ORG for who decided. The subjects are the addresses of the API."""

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SDO, SKOS

from zenne.opendata.api.graphs import ADMS, BESLUIT, ELI, ZENNE, new_graph, say
from zenne.opendata.api.representations import absolute, at

from .models import Decision


def graph_of(decisions: Iterable[Decision]) -> Graph:
    """Published ones, with their body, process and selection."""
    graph = new_graph()
    for decision in decisions:
        _decision(graph, decision)
    return graph


def _decision(graph: Graph, decision: Decision) -> None:
    subject = URIRef(at(f"/decisions/{decision.pk}"))
    organisation = URIRef(at(f"/organisations/{decision.organisation.slug}"))
    body = URIRef(f"{organisation}#body-{decision.body_id}")
    for kind in (ELI.LegalResource, BESLUIT.Besluit):
        graph.add((subject, RDF.type, kind))
    graph.add((subject, ELI.id_local, Literal(decision.reference)))
    graph.add((subject, ELI.date_document, Literal(decision.decided_on)))
    graph.add((subject, ELI.date_publication, Literal(decision.published_at)))
    graph.add((subject, ELI.passed_by, body))
    graph.add((subject, ADMS.status, ZENNE["decision:annulled" if decision.annulled else "decision:stands"]))
    graph.add((subject, SDO.url, URIRef(absolute(decision.get_absolute_url()))))
    say(graph, subject, ELI.title, decision, "title")
    say(graph, subject, ELI.description, decision, "statement")
    graph.add((body, RDF.type, ORG.Organization))
    graph.add((body, ORG.subOrganizationOf, organisation))
    graph.add((body, ORG.classification, ZENNE[f"body:{decision.body.role}"]))
    say(graph, body, SKOS.prefLabel, decision.body, "name")
    if decision.process is not None:
        graph.add((subject, DCTERMS.relation, URIRef(at(f"/processes/{decision.process.slug}"))))
        graph.add((subject, PROV.generated, URIRef(at(f"/selections/{decision.selection_id}"))))
