"""Plans and projects for other software: lists, one thing, any past day, linked data."""

from datetime import timedelta

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, SDO, SKOS, SOSA

from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from zenne.core.clock import standing_at
from zenne.opendata.api.representations import at
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState, Share
from zenne.strategy.portfolio.versions import digest_of

from . import factories as make

pytestmark = pytest.mark.django_db
GIVEN = {"by": None, "now": make.NOW}


@pytest.fixture(autouse=True)
def at_that_moment():
    with standing_at(make.NOW + timedelta(days=2)):
        yield


@pytest.fixture
def get(client):
    def ask(path, status=200, **headers):
        answer = client.get(f"/api/v1{path}", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json() if "json" in answer["Content-Type"] and "ld" not in answer["Content-Type"] else answer

    return ask


class TestLists:
    def test_plans_domains_objectives_and_projects_are_narrowed_by_plan(self, get):
        project, other = (make.project(state=ProjectState.SHORTLISTED) for _each in range(2))
        plan = project.plan
        actions.write_objective(plan, slug="air", values=make.words("title", "Air"), domains=[project.domain], **GIVEN)
        assert {row["slug"] for row in get("/plans")["items"]} == {plan.slug, other.plan.slug}
        assert [row["slug"] for row in get(f"/plans?plan={plan.slug}")["items"]] == [plan.slug]
        assert get("/plans?plan=nowhere")["items"] == []
        domains = get(f"/domains?plan={plan.slug}")["items"]
        assert [(row["slug"], row["kind"]) for row in domains] == [("mobility", "domain"), ("data", "foundation")]
        [objective] = get(f"/objectives?plan={plan.slug}")["items"]
        assert objective["domains"] == [project.domain_id]
        [row] = get(f"/projects?plan={plan.slug}")["items"]
        assert (row["id"], row["domain"], row["state"]) == (project.pk, domains[0]["id"], "shortlisted")
        assert get(f"/projects?state=ongoing&plan={plan.slug}")["items"] == []
        assert get("/projects?plan=nowhere")["items"] == []
        assert get(f"/projects?domain={other.domain_id}")["items"][0]["id"] == other.pk
        get("/projects?state=nonsense", 422)

    @pytest.mark.parametrize("many", [1, 3])
    def test_a_list_of_projects_costs_the_same_for_one_and_for_three(self, client, django_assert_num_queries, many):
        plan = make.plan()
        for _each in range(many):
            make.project(plan, state=ProjectState.SHORTLISTED)
        with django_assert_num_queries(2):
            assert len(client.get("/api/v1/projects").json()["items"]) == many

    def test_decisions_and_indicators_are_narrowed_by_plan(self, get):
        project = make.project(state=ProjectState.ONGOING)
        idea = ideas.idea()
        decision = decisions.published([idea])
        decisions.published([ideas.idea()])
        actions.link(project, thing=decision, share=Share.WHOLE, reason=make.WHY, **GIVEN)
        indicator = make.indicator(project.plan.organisation)
        make.indicator(project.plan.organisation)
        actions.measure(project, indicator=indicator, **GIVEN)
        slug = project.plan.slug
        assert [row["id"] for row in get(f"/decisions?plan={slug}")["items"]] == [decision.pk]
        assert [row["slug"] for row in get(f"/indicators?plan={slug}")["items"]] == [indicator.slug]


class TestWhatIsNotPublic:
    def test_sheets_being_written_and_plans_nobody_published_are_not_there(self, get):
        hidden = make.plan(published=False)
        of_hidden = make.project(hidden, state=ProjectState.SHORTLISTED)
        sheet = make.project(state=ProjectState.SHEET)
        for path in (
            f"/plans/{hidden.slug}",
            f"/projects/{of_hidden.pk}",
            f"/projects/{sheet.pk}",
            f"/projects/{sheet.pk}/versions",
            f"/domains/{of_hidden.domain_id}",
        ):
            get(path, 404)
        assert get("/projects")["items"] == []

    def test_neither_are_versions_of_the_time_before(self, get):
        project = make.project(state=ProjectState.SHORTLISTED)
        versions = get(f"/projects/{project.pk}/versions")["items"]
        assert [row["number"] for row in versions] == [project.version]
        get(f"/projects/{project.pk}/versions/1", 404)


class TestOneThing:
    def test_a_project_tells_its_whole_sheet(self, get):
        project = make.rich()
        idea = ideas.idea()
        actions.link(project, thing=idea, share=Share.PART, reason=make.WHY, **GIVEN)
        found = get(f"/projects/{project.pk}")
        [line] = found["money"]
        assert (line["planned_cents"], line["committed_cents"]) == (1_000_000_05, 400_000_01)
        assert found["origins"] == [{"kind": "idea", "id": idea.pk, "share": "part", "reason": make.WHY}]
        assert [row["helix"] for row in found["participants"]] == ["knowledge"]
        assert len(found["indicators"]) == len(found["milestones"]) == len(found["sites"]) == 1

    def test_a_plan_tells_who_gave_it_force(self, get):
        plan = make.project(state=ProjectState.ONGOING).plan
        found = get(f"/plans/{plan.slug}")
        assert (found["state"], found["states"]["ongoing"]) == ("valid", 1)
        [revision] = found["revisions"]
        assert (revision["state"], revision["reference"], revision["projects"]) == ("valid", "2026/0615/1", 1)

    def test_a_version_carries_its_own_fingerprint(self, get):
        project = make.rich()
        found = get(f"/projects/{project.pk}/versions/{project.version}")
        assert digest_of(found["data"]) == found["sha256"]

    def test_a_plan_on_a_past_day_is_as_everyone_read_it(self, get):
        project = make.project(state=ProjectState.SHORTLISTED)
        later = make.NOW + timedelta(days=1)
        actions.set_state(project, to=ProjectState.STOPPED, reason=make.WHY, by=None, now=later)
        path = f"/plans/{project.plan.slug}/past"
        states = [get(f"{path}{day}")["projects"][0]["state"] for day in ("?on=2026-06-15", "?on=2026-06-16", "")]
        assert states == ["shortlisted", "stopped", "stopped"]
        get(f"{path}?on=2020-01-01", 404)
        get(f"{path}?on=yesterday", 422)


def an_objective(of):
    """Of the plan of a project, shared by its domain."""
    values = make.words("title", "Mieux")
    return actions.write_objective(of.plan, slug="better", domains=[of.domain], values=values, by=None, now=make.NOW)


class TestLinkedData:
    def turtle(self, answer):
        assert answer["Content-Type"].startswith("text/turtle")
        return Graph().parse(data=answer.content, format="turtle")

    def test_a_plan_is_a_graph_of_public_vocabularies(self, get):
        project = make.rich()
        idea = ideas.idea()
        actions.link(project, thing=idea, share=Share.PART, reason=make.WHY, **GIVEN)
        graph = self.turtle(get(f"/plans/{project.plan.slug}", accept="text/turtle"))
        plan, here = URIRef(at(f"/plans/{project.plan.slug}")), URIRef(at(f"/projects/{project.pk}"))
        assert (plan, DCTERMS.hasPart, here) in graph
        assert (here, RDF.type, SDO.Project) in graph
        assert (here, DCTERMS.title, Literal(project.title_nl, lang="nl")) in graph
        assert (here, PROV.wasDerivedFrom, URIRef(at(f"/ideas/{idea.pk}"))) in graph
        assert (URIRef(at(f"/domains/{project.domain_id}")), RDF.type, SKOS.Concept) in graph
        amounts = {str(value) for value in graph.objects(None, SDO.value)}
        assert amounts == {"1000000.05", "400000.01"}

    @pytest.mark.parametrize("form", ["ttl", "jsonld"])
    def test_the_same_project_in_both_forms_is_the_same_graph(self, get, form):
        project = make.rich()
        path = f"/projects/{project.pk}"
        one = self.turtle(get(path, accept="text/turtle, application/json;q=0.5"))
        answer = get(f"{path}?format={form}")
        other = Graph().parse(data=answer.content, format={"ttl": "turtle", "jsonld": "json-ld"}[form])
        assert one.isomorphic(other) and len(one) > 20
        assert get(f"{path}?format={form}").content == answer.content, "the same characters each time"

    def test_lists_too_and_the_next_page_is_in_a_header(self, get):
        project = make.rich()
        make.project(project.plan, state=ProjectState.SHORTLISTED)
        answer = get("/projects?limit=1", accept="text/turtle")
        assert set(self.turtle(answer).subjects(DCTERMS.isPartOf)) == {URIRef(at(f"/projects/{project.pk}"))}
        assert answer["Link"].endswith('rel="next"') and "cursor=" in answer["Link"]
        for path, subject in (
            ("/plans", f"/plans/{project.plan.slug}"),
            ("/domains", f"/domains/{project.domain_id}"),
            ("/objectives", f"/objectives/{an_objective(project).pk}"),
            ("/indicators", f"/indicators/{make.indicator(project.plan.organisation).slug}"),
        ):
            assert (URIRef(at(subject)), None, None) in self.turtle(get(f"{path}?format=ttl"))

    def test_an_indicator_is_an_observable_property_with_its_values(self, get):
        from zenne.strategy.indicators import actions as indicators

        organisation = make.plan().organisation
        indicator = make.indicator(organisation)
        day = make.TODAY.replace(month=1, day=1)
        value = indicators.measure(indicator, start=day, end=day.replace(month=3, day=31), value="12.5", **GIVEN)
        indicators.publish(value, **GIVEN)
        graph = self.turtle(get(f"/indicators/{indicator.slug}?format=ttl"))
        here = URIRef(at(f"/indicators/{indicator.slug}"))
        [observation] = graph.subjects(SOSA.observedProperty, here)
        assert str(graph.value(observation, SOSA.hasSimpleResult)) == "12.5"

    def test_json_is_what_everybody_gets_who_asks_for_nothing_else(self, get):
        project = make.project(state=ProjectState.SHORTLISTED)
        path = f"/projects/{project.pk}"
        for accepted in ("*/*", "application/json", "application/json, text/turtle;q=0.3", "text/html, */*"):
            assert get(path, accept=accepted)["id"] == project.pk
        get(f"{path}?format=xml", 422)
        get("/organisations", 406, accept="text/turtle")
        get(path, 406, accept="text/html")

    def test_a_domain_and_an_objective_say_what_the_graph_of_their_plan_says_of_them(self, get):
        project = make.rich()
        objective = an_objective(project)
        whole = self.turtle(get(f"/plans/{project.plan.slug}?format=ttl"))
        for path in (f"/domains/{project.domain_id}", f"/objectives/{objective.pk}"):
            alone = self.turtle(get(f"{path}?format=ttl"))
            assert len(alone) > 3
            assert set(alone) == set(whole.triples((URIRef(at(path)), None, None)))
