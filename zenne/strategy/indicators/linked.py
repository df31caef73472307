"""An indicator as linked data: an observable property (SOSA), and a data set of observations of the whole (W3C Data Cube), each with its period."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import prefetch_related_objects
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, QB, RDF, SDO, SKOS, SOSA, XSD

from zenne.opendata.api.graphs import ZENNE, new_graph, say
from zenne.opendata.api.representations import absolute, at

from .models import Indicator, Measurement
from .queries import values

MOST = 1000  # observations, the latest; the list of measurements has them all, of areas too


def graph_of(indicator: Indicator) -> Graph:
    """What it means, what is aimed at, and the published values of the whole that stand."""
    graph = new_graph()
    _indicator(graph, indicator)
    for measurement in values(indicator).reverse()[:MOST]:
        _observation(graph, indicator, measurement)
    return graph


def graph_of_all(indicators: Sequence[Indicator]) -> Graph:
    """What several mean and what is aimed at; the values of each are asked for by its address."""
    graph = new_graph()
    prefetch_related_objects(indicators, "targets")
    for indicator in indicators:
        _indicator(graph, indicator)
    return graph


def _indicator(graph: Graph, indicator: Indicator) -> None:
    subject, dataset = URIRef(at(f"/indicators/{indicator.slug}")), _dataset(indicator)
    for kind in (SOSA.ObservableProperty, QB.MeasureProperty):
        graph.add((subject, RDF.type, kind))
    graph.add((subject, SKOS.notation, Literal(indicator.slug)))
    graph.add((subject, SDO.url, URIRef(absolute(indicator.get_absolute_url()))))
    graph.add((subject, DCTERMS.publisher, URIRef(at(f"/organisations/{indicator.organisation.slug}"))))
    for predicate, field in ((SKOS.prefLabel, "name"), (SKOS.definition, "meaning"), (DCTERMS.source, "source")):
        say(graph, subject, predicate, indicator, field)
    if indicator.unit:
        graph.add((subject, SDO.unitText, Literal(indicator.unit)))
    for target in indicator.targets.all():
        aim = BNode(f"aim{target.pk}")
        graph.add((subject, ZENNE["aims-at"], aim))
        graph.add((aim, SDO.validFrom, Literal(target.day)))
        graph.add((aim, SDO.value, _exact(target.value)))
    graph.add((dataset, RDF.type, QB.DataSet))
    graph.add((dataset, DCTERMS.subject, subject))


def _dataset(indicator: Indicator) -> URIRef:
    return URIRef(at(f"/indicators/{indicator.slug}/measurements"))


def _observation(graph: Graph, indicator: Indicator, row: Measurement) -> None:
    here = URIRef(f"{_dataset(indicator)}#{row.pk}")
    for kind in (SOSA.Observation, QB.Observation):
        graph.add((here, RDF.type, kind))
    graph.add((here, QB.dataSet, _dataset(indicator)))
    graph.add((here, SOSA.observedProperty, URIRef(at(f"/indicators/{indicator.slug}"))))
    graph.add((here, SOSA.hasSimpleResult, _exact(row.value)))
    graph.add((here, SOSA.resultTime, Literal(row.published_at)))
    graph.add((here, SDO.startDate, Literal(row.start)))
    graph.add((here, SDO.endDate, Literal(row.end)))
    graph.add((here, DCTERMS.type, ZENNE[f"evidence:{row.evidence}"]))
    for predicate, bound in ((SDO.minValue, row.low), (SDO.maxValue, row.high)):
        if bound is not None:
            graph.add((here, predicate, _exact(bound)))


def _exact(value: Decimal) -> Literal:
    """Always the same digits for the same number."""
    return Literal(f"{value.normalize():f}", datatype=XSD.decimal)
