"""Plans and projects as linked data: W3C ORG for who, schema.org for what, SKOS for domains and objectives, PROV for where it comes from, Data Cube
and SOSA for what was measured. The subjects are the addresses of the API."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Prefetch, QuerySet
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SDO, SKOS, XSD

from zenne.opendata.api.graphs import ADMS, GEO, ZENNE, new_graph, say
from zenne.opendata.api.representations import absolute, at

from .models import Department, Domain, Involvement, Objective, Origin, Partner, Plan, Project
from .queries import public_projects

Concept = TypeVar("Concept", Domain, Objective)

CENT = 100
FUNDING = URIRef(f"{SDO}funding")  # a word of schema.org that rdflib's list of them does not have yet
MOST_WHOLE = 500  # projects told whole in the graph of their plan


def uri(path: str) -> URIRef:
    return URIRef(at(path))


def plan_uri(plan: Plan) -> URIRef:
    return uri(f"/plans/{plan.slug}")


def project_uri(number: int) -> URIRef:
    return uri(f"/projects/{number}")


def domain_uri(number: int) -> URIRef:
    return uri(f"/domains/{number}")


def objective_uri(number: int) -> URIRef:
    return uri(f"/objectives/{number}")


def indicator_uri(slug: str) -> URIRef:
    return uri(f"/indicators/{slug}")


def with_everything(projects: QuerySet[Project]) -> QuerySet[Project]:
    """What the graph says of projects, in as many questions for one as for all."""
    return projects.prefetch_related(
        "objectives",
        "areas",
        "sites",
        "lines",
        "milestones",
        "measures__indicator",
        Prefetch("involvements", Involvement.objects.select_related("department", "partner").order_by("pk")),
        Prefetch("origins", Origin.objects.select_related("recommendation__advice").order_by("pk")),
    )


def with_measures(found: QuerySet[Concept]) -> QuerySet[Concept]:
    """Domains or objectives with their plan and what they are measured by."""
    return found.select_related("plan").prefetch_related("measures__indicator")


def graph_of_plan(plan: Plan) -> Graph:
    """The plan with its domains, objectives, public projects, and those who take part. Of a very long plan the projects are named, each to be asked
    for by itself."""
    graph = new_graph()
    _plan(graph, plan)
    for domain in with_measures(plan.domains.order_by("pk")):
        _domain(graph, domain)
    for objective in with_measures(plan.objectives.prefetch_related("domains").order_by("pk")):
        _objective(graph, objective)
    projects = public_projects().filter(plan=plan)
    numbers = list(projects.order_by("number").values_list("pk", flat=True))
    for number in numbers:
        graph.add((plan_uri(plan), DCTERMS.hasPart, project_uri(number)))
    if len(numbers) <= MOST_WHOLE:
        for project in with_everything(projects).order_by("number"):
            _project(graph, project)
    return graph


def graph_of_plans(plans: Iterable[Plan]) -> Graph:
    """Several plans, each by itself: what it is called, whose it is and for when."""
    graph = new_graph()
    for plan in plans:
        _plan(graph, plan)
    return graph


def graph_of_projects(projects: Iterable[Project]) -> Graph:
    """Projects, read by `with_everything`."""
    graph = new_graph()
    for project in projects:
        _project(graph, project)
    return graph


def graph_of_domains(domains: Iterable[Domain]) -> Graph:
    """Domains and foundations, read by `with_measures`."""
    graph = new_graph()
    for domain in domains:
        _domain(graph, domain)
    return graph


def graph_of_objectives(objectives: Iterable[Objective]) -> Graph:
    """Objectives with the domains that share them, read by `with_measures`."""
    graph = new_graph()
    for objective in objectives:
        _objective(graph, objective)
    return graph


def _plan(graph: Graph, plan: Plan) -> None:
    subject = plan_uri(plan)
    graph.add((subject, RDF.type, SDO.Project))
    graph.add((subject, RDF.type, SKOS.ConceptScheme))
    graph.add((subject, DCTERMS.identifier, Literal(plan.slug)))
    graph.add((subject, ADMS.status, ZENNE[f"plan:{plan.state}"]))
    graph.add((subject, SDO.url, URIRef(absolute(plan.get_absolute_url()))))
    say(graph, subject, DCTERMS.title, plan, "name")
    say(graph, subject, DCTERMS.description, plan, "summary")
    if plan.source:
        graph.add((subject, DCTERMS.source, Literal(plan.source)))
    _days(graph, subject, plan)
    organisation = uri(f"/organisations/{plan.organisation.slug}")
    graph.add((organisation, RDF.type, ORG.FormalOrganization))
    say(graph, organisation, SKOS.prefLabel, plan.organisation, "name")
    graph.add((subject, DCTERMS.publisher, organisation))


def _domain(graph: Graph, domain: Domain) -> None:
    _concept(graph, domain_uri(domain.pk), domain, "name", ZENNE[f"strategy:{domain.kind}"])


def _objective(graph: Graph, objective: Objective) -> None:
    here = objective_uri(objective.pk)
    _concept(graph, here, objective, "title", ZENNE["strategy:objective"])
    for domain in objective.domains.all():
        graph.add((here, SKOS.broader, domain_uri(domain.pk)))


def _concept(graph: Graph, subject: URIRef, thing: Domain | Objective, name: str, kind: URIRef) -> None:
    graph.add((subject, RDF.type, SKOS.Concept))
    graph.add((subject, DCTERMS.type, kind))
    graph.add((subject, SKOS.inScheme, plan_uri(thing.plan)))
    graph.add((subject, SKOS.notation, Literal(thing.slug)))
    say(graph, subject, SKOS.prefLabel, thing, name)
    say(graph, subject, SKOS.definition, thing, "text")
    _measures(graph, subject, (measure.indicator.slug for measure in thing.measures.all()))


def _project(graph: Graph, project: Project) -> None:
    subject = project_uri(project.pk)
    graph.add((subject, RDF.type, SDO.Project))
    graph.add((subject, DCTERMS.identifier, Literal(project.slug)))
    graph.add((subject, DCTERMS.isPartOf, plan_uri(project.plan)))
    graph.add((subject, DCTERMS.subject, domain_uri(project.domain_id)))
    graph.add((subject, ADMS.status, ZENNE[f"planned-project:{project.state}"]))
    graph.add((subject, ZENNE["health"], ZENNE[f"health:{project.health}"]))
    graph.add((subject, DCTERMS.modified, Literal(project.changed_at)))
    graph.add((subject, SDO.url, URIRef(absolute(project.get_absolute_url()))))
    for predicate, field in ((DCTERMS.title, "title"), (DCTERMS.abstract, "summary"), (DCTERMS.description, "text")):
        say(graph, subject, predicate, project, field)
    say(graph, subject, SKOS.changeNote, project, "state_reason")
    if project.source:
        graph.add((subject, DCTERMS.source, Literal(project.source)))
    _days(graph, subject, project)
    for objective in project.objectives.all():
        graph.add((subject, DCTERMS.subject, objective_uri(objective.pk)))
    _measures(graph, subject, (measure.indicator.slug for measure in project.measures.all()))
    _who(graph, subject, project)
    _where(graph, subject, project)
    _money(graph, subject, project)
    for origin in project.origins.all():
        graph.add((subject, PROV.wasDerivedFrom, _origin(origin)))
    if project.merged_into_id:
        graph.add((subject, DCTERMS.isReplacedBy, project_uri(project.merged_into_id)))
    if project.split_from_id:
        graph.add((subject, PROV.wasDerivedFrom, project_uri(project.split_from_id)))


def _days(graph: Graph, subject: URIRef, thing: Plan | Project) -> None:
    for predicate, day in ((SDO.startDate, thing.starts_on), (SDO.endDate, thing.ends_on)):
        if day:
            graph.add((subject, predicate, Literal(day)))


def _measures(graph: Graph, subject: URIRef, slugs: Iterable[str]) -> None:
    for slug in slugs:
        graph.add((subject, ZENNE["measured-by"], indicator_uri(slug)))


def _who(graph: Graph, subject: URIRef, project: Project) -> None:
    organisation = uri(f"/organisations/{project.plan.organisation.slug}")
    if project.carrier:
        graph.add((subject, SDO.maintainer, _unit(graph, organisation, project.carrier)))
    for row in project.involvements.all():
        if row.department:
            who = _unit(graph, organisation, row.department)
        else:
            assert row.partner is not None
            who = _partner(graph, row.partner)
        graph.add((subject, SDO.funder if row.part == "funds" else SDO.contributor, who))


def _unit(graph: Graph, organisation: URIRef, department: Department) -> URIRef:
    found = URIRef(f"{organisation}#department-{department.slug}")
    graph.add((found, RDF.type, ORG.OrganizationalUnit))
    graph.add((found, ORG.unitOf, organisation))
    say(graph, found, SKOS.prefLabel, department, "name")
    return found


def _partner(graph: Graph, partner: Partner) -> URIRef:
    found = URIRef(partner.url) if partner.url else ZENNE[f"partner:{partner.pk}"]
    graph.add((found, RDF.type, ORG.Organization))
    graph.add((found, ORG.classification, ZENNE[f"helix:{partner.helix}"]))
    say(graph, found, SKOS.prefLabel, partner, "name")
    return found


def _where(graph: Graph, subject: URIRef, project: Project) -> None:
    for area in project.areas.all():
        graph.add((subject, DCTERMS.spatial, uri(f"/areas/{area.kind}/{area.code}")))
    for site in project.sites.all():
        point = URIRef(f"{subject}#site-{site.pk}")
        graph.add((subject, SDO.location, point))
        graph.add((point, RDF.type, SDO.Place))
        say(graph, point, SDO.name, site, "name")
        for predicate, value in ((GEO.lat, site.lat), (GEO.long, site.lon)):
            graph.add((point, predicate, Literal(str(value), datatype=XSD.decimal)))


def _money(graph: Graph, subject: URIRef, project: Project) -> None:
    """A grant per line and step, in euros: what was planned, committed and spent is never one figure."""
    for line in project.lines.all():
        for step in ("planned", "committed", "spent"):
            cents = getattr(line, f"{step}_cents")
            if not cents:
                continue
            grant, amount = URIRef(f"{subject}#money-{line.pk}-{step}"), BNode(f"m{line.pk}{step}")
            graph.add((subject, FUNDING, grant))
            graph.add((grant, RDF.type, SDO.MonetaryGrant))
            graph.add((grant, DCTERMS.type, ZENNE[f"money:{step}"]))
            graph.add((grant, DCTERMS.source, ZENNE[f"money:{line.source}"]))
            graph.add((grant, SDO.amount, amount))
            graph.add((amount, RDF.type, SDO.MonetaryAmount))
            graph.add((amount, SDO.currency, Literal("EUR")))
            euros = f"{cents // CENT}.{cents % CENT:02d}"
            graph.add((amount, SDO.value, Literal(euros, datatype=XSD.decimal)))
            if step == "committed":
                graph.add((grant, DCTERMS.references, Literal(line.reference)))


def _origin(origin: Origin) -> URIRef:
    if origin.recommendation is not None:
        advice, place = origin.recommendation.advice_id, origin.recommendation.position
        return URIRef(at(f"/advices/{advice}#recommendation-{place}"))
    return uri(f"/{origin.kind}s/{getattr(origin, f'{origin.kind}_id')}")
