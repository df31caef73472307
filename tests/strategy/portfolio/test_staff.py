"""The desk of plans: every page opens, every form does what it says, who may not is told so, and two editors lose nothing."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import staff
from tests.strategy.portfolio import factories as make
from tests.strategy.portfolio.factories import NOW, TODAY, WHY
from zenne.core.errors import Invalid
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import Health, NeedFrom, NeedState, ProjectState, Verdict
from zenne.strategy.portfolio.models import Need, Plan, Project
from zenne.strategy.portfolio.staff.screens import PLAN_PAGES, PROJECT_PAGES, _page, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
Clients = Callable[..., Client]
SAID = {f"reason_{code}": text for code, text in WHY.items()}


def manager(plan: Plan, role: Role = Role.MANAGER) -> Person:
    return staff(plan.organisation, role, name="Manager")


def sent(page: object, **more: object) -> dict[str, object]:
    """What a browser sends of the form of a page, with these values instead."""
    form = page.context["form"]  # type: ignore[attr-defined]
    found: dict[str, object] = {}
    for field in form:
        value = field.value()
        if value is None or value == "":
            continue
        if hasattr(value, "__iter__") and not isinstance(value, str):
            found[field.html_name] = [getattr(each, "pk", each) for each in value]
        elif isinstance(value, date):
            found[field.html_name] = value.strftime("%d/%m/%Y")
        else:
            found[field.html_name] = getattr(value, "pk", value)
    return {**found, **more}


def filed(organisation: Organisation) -> Document:
    """A file among those of an organisation."""
    kept = ContentFile(b"plan", "plan.txt")
    if organisation.collection is None:
        organisation.collection = Collection.get_first_root_node().add_child(name=organisation.slug)
        organisation.save()
    return Document.objects.create(title=f"Plan {organisation}", file=kept, collection=organisation.collection)


def read_and_sent(client: Client, page: str) -> dict[str, object]:
    """The same, with what the form showed when it was opened."""
    answer = client.get(page)
    return {**sent(answer), "as_read": answer.context["form"].as_read}


class TestPages:
    def test_every_page_of_a_plan_and_of_a_project_opens_in_three_languages_for_whoever_works_there(
        self, client_for: Clients
    ) -> None:
        project = make.rich()
        plan = project.plan
        make.need(plan)
        client = client_for(manager(plan, Role.MODERATOR))
        for name, _label in PLAN_PAGES:
            assert client.get(url(name, plan)).status_code in (200, 302), name
        for name, _label in PROJECT_PAGES:
            answer = client.get(_page(name, plan, project.number))
            assert answer.status_code == 200, name
        assert client.get(reverse("plan:index")).status_code == 200

    def test_every_form_opens_for_a_manager(self, client_for: Clients) -> None:
        project = make.rich()
        plan = project.plan
        need = make.need(plan)
        client = client_for(manager(plan))
        number = project.number
        pages = [
            reverse("plan:add"),
            url("settings", plan),
            url("domain_add", plan),
            url("domain", plan, plan.domains.first().pk),
            url("objective_add", plan),
            url("actor_add", plan, "department"),
            url("actor_add", plan, "partner"),
            url("actor", plan, "department", need.department_id),
            url("need_add", plan),
            url("need", plan, need.pk),
            url("project_add", plan),
            url("sheet", plan, number),
            url("places", plan, number),
            url("health", plan, number),
            url("carrier", plan, number),
            url("merge", plan, number),
            url("split", plan, number),
            url("state", plan, number, "achieved"),
            url("row", plan, number, "lines", project.lines.get().pk),
            url("row", plan, number, "milestones", project.milestones.get().pk),
            url("row", plan, number, "risks", project.risks.get().pk),
            url("row", plan, number, "who", project.involvements.get().pk),
            url("row", plan, number, "measures", project.measures.get().pk),
            url("verb", plan, number, "lines", project.lines.get().pk, "commit"),
            url("verb", plan, number, "lines", project.lines.get().pk, "spend"),
            url("verb", plan, number, "milestones", project.milestones.get().pk, "done"),
        ]
        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)

    def test_an_address_that_means_nothing_is_not_there(self, client_for: Clients) -> None:
        project = make.rich()
        plan, number = project.plan, project.number
        client = client_for(manager(plan))
        for page in (
            url("project", plan, 9999),
            url("rows", plan, number, "nonsense"),
            url("row", plan, number, "lines", 999_999),
            url("verb", plan, number, "lines", project.lines.get().pk, "burn"),
            url("state", plan, number, "nonsense"),
            url("actor_add", plan, "king"),
        ):
            assert client.get(page).status_code == 404, page

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_asks_as_much_for_three_projects_as_for_one(
        self, number: int, client_for: Clients, django_assert_num_queries: Callable[..., object]
    ) -> None:
        plan = make.plan()
        for _each in range(number):
            make.line(make.project(plan, carrier=make.department(plan.organisation, f"d-{_each}")))
        client = client_for(manager(plan))
        client.get(url("projects", plan))
        with django_assert_num_queries(18):  # type: ignore[attr-defined]
            client.get(url("projects", plan))

    def test_projects_are_found_by_words_number_state_and_what_is_late(self, client_for: Clients) -> None:
        plan = make.plan()
        first = make.project(plan, title_fr="Une forêt en ville")
        second = make.rich(plan)
        milestone = second.milestones.get()
        actions.change_milestone(milestone, due_on=TODAY - timedelta(days=9), by=None, now=NOW)
        client = client_for(manager(plan))

        def found(query: str) -> list[Project]:
            return list(client.get(f"{url('projects', plan)}?{query}").context["object_list"])

        assert found("q=for%C3%AAt") == [first]
        assert second in found(f"q={second.number}"), "a figure in a title is found as well"
        assert found("state=ongoing") == [second]
        assert found("late=1") == [second]
        assert found("carrier=me") == []
        assert found("state=nonsense") == [first, second]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "choisissez-en une autre"), ("nl", "kies een ander"), ("en", "choose another one")],
)
class TestTwice:
    """An address or a key that is used already is refused in the words of the house."""

    def test_by_every_form_that_gives_one(self, language: str, words: str, client_for: Clients) -> None:
        plan = make.plan()
        house, first = plan.organisation, make.project(plan)
        make.department(house), make.partner(house)
        actions.write_objective(plan, slug="air", values=make.words("title", "Air"), by=None, now=NOW)
        boss = manager(plan)
        Person.objects.filter(pk=boss.pk).update(language=language)
        client = client_for(boss)
        pages = {
            reverse("plan:add"): {"slug": plan.slug, "organisation": house.pk},
            url("project_add", plan): {"slug": first.slug, "domain": first.domain_id},
            url("domain_add", plan): {"slug": "mobility"},
            url("objective_add", plan): {"slug": "air"},
            url("actor_add", plan, "department"): {"slug": "mobility"},
            url("actor_add", plan, "partner"): {"slug": "university"},
        }
        for page, given in pages.items():
            texts = {**make.words("title", "Deux"), **make.words("name", "Deux")}
            answer = client.post(page, sent(client.get(page), **given, **texts))
            assert answer.status_code == 422, page
            assert words in answer.content.decode(), (page, answer.context["form"].errors)


class TestPlan:
    def test_a_manager_begins_a_plan_and_lets_everyone_read_it(self, client_for: Clients) -> None:
        house = make.plan().organisation
        client = client_for(staff(house, name="Boss"))
        given = {"organisation": house.pk, "slug": "climat-2030", **make.words("name", "Climat")}
        answer = client.post(reverse("plan:add"), given)
        made = Plan.objects.get(slug="climat-2030")
        assert answer.status_code == 302 and made.published_at is None
        client.post(url("edit", made), {"verb": "publish"})
        made.refresh_from_db()
        assert made.published_at is None  # its summary is not written yet
        client.post(url("settings", made), {**make.words("name", "Climat"), **make.words("summary", "En bref")})
        client.post(url("edit", made), {"verb": "publish"})
        made.refresh_from_db()
        assert made.published_at == NOW

    def test_domains_objectives_departments_and_partners_are_written_and_taken_out(self, client_for: Clients) -> None:
        plan = make.plan()
        client = client_for(manager(plan))
        looks = {"kind": "domain", "icon": "leaf", "motif": "leaf", "hue": 3}
        client.post(url("domain_add", plan), {"slug": "energy", **looks, **make.words("name", "Énergie")})
        energy = plan.domains.get(slug="energy")
        given = {"slug": "air", "domains": [energy.pk], **make.words("title", "Air")}
        assert client.post(url("objective_add", plan), given).status_code == 302
        objective = plan.objectives.get(slug="air")
        assert list(objective.domains.all()) == [energy]
        indicator = make.indicator(plan.organisation)
        client.post(url("objective", plan, objective.pk), {"verb": "measure", "item": indicator.pk})
        assert objective.measures.get().indicator == indicator
        client.post(url("objective", plan, objective.pk), {"verb": "drop"})
        assert not plan.objectives.filter(slug="air").exists()
        client.post(
            url("actor_add", plan, "partner"), {"slug": "ulb", "helix": "knowledge", **make.words("name", "ULB")}
        )
        assert plan.organisation.partners.get(slug="ulb").helix == "knowledge"

    def test_a_revision_is_proposed_once_with_a_reason(self, client_for: Clients) -> None:
        plan = make.project(state=ProjectState.SHORTLISTED).plan
        client = client_for(manager(plan))
        assert client.post(url("revisions", plan), {}).status_code == 422
        assert client.post(url("revisions", plan), SAID).status_code == 302
        assert client.post(url("revisions", plan), SAID).status_code == 422
        assert plan.revisions.count() == 1


class TestProject:
    def test_a_project_comes_on_the_longlist_and_goes_its_way_step_by_step(self, client_for: Clients) -> None:
        plan = make.plan()
        client = client_for(manager(plan))
        given = {"slug": "shade", "domain": plan.domains.get(slug="mobility").pk, **make.words("title", "Ombre")}
        client.post(url("project_add", plan), {**given, **make.words("summary", "En bref")})
        project = plan.projects.get(slug="shade")
        assert client.post(url("state", plan, project.number, "sheet"), {}).status_code == 302
        assert (
            client.post(url("state", plan, project.number, "longlisted"), {}).status_code == 422
        )  # a step back says why
        assert client.post(url("state", plan, project.number, "longlisted"), SAID).status_code == 302
        project.refresh_from_db()
        assert project.state == ProjectState.LONGLISTED and project.state_reason_fr == WHY["fr"]

    def test_what_is_at_risk_says_why(self, client_for: Clients) -> None:
        project = make.rich()
        client = client_for(manager(project.plan))
        page = url("health", project.plan, project.number)
        assert client.post(page, {"to": "at_risk"}).status_code == 422
        assert client.post(page, {"to": "at_risk", **SAID}).status_code == 302
        project.refresh_from_db()
        assert (project.health, project.health_reason_fr) == (Health.AT_RISK, WHY["fr"])

    def test_whoever_carries_a_project_writes_its_pages_whatever_their_role_but_not_its_money(
        self, client_for: Clients
    ) -> None:
        project = make.rich()
        plan, number = project.plan, project.number
        carrier = manager(plan, Role.MODERATOR)
        page = url("rows", plan, number, "risks")
        given = {"likelihood": 1, "impact": 1, **make.words("title", "Pluie")}
        assert client_for(carrier).post(page, given).status_code == 422
        actions.carry(project, person=carrier, by=None, now=NOW)
        assert client_for(carrier).post(page, given).status_code == 302
        assert project.risks.count() == 2
        money = {"source": "own", "planned_cents": "10", "year": 2027}
        assert client_for(carrier).post(url("rows", plan, number, "lines"), money).status_code == 422
        assert project.lines.count() == 1

    def test_places_are_written_as_lines_and_a_fault_names_its_line(self, client_for: Clients) -> None:
        project = make.rich()
        client = client_for(manager(project.plan))
        page = url("places", project.plan, project.number)
        wrong = client.post(page, {"points": "50.84, 4.35, Grand-Place\nici, là"})
        assert wrong.status_code == 422 and "2" in str(wrong.context["form"].errors["points"])
        assert client.post(page, {"points": "50.8467, 4.3525, Grand-Place"}).status_code == 302
        site = project.sites.get()
        assert (site.lat, site.lon, site.name_fr) == (50.8467, 4.3525, "Grand-Place")

    def test_merging_and_splitting(self, client_for: Clients) -> None:
        plan = make.plan()
        one, two = make.project(plan), make.project(plan)
        client = client_for(manager(plan))
        line = make.line(one)
        given = {"slug": "part", "lines": [line.pk], **make.words("title", "Une partie"), **SAID}
        assert client.post(url("split", plan, one.number), given).status_code == 302
        part = plan.projects.get(slug="part")
        assert part.split_from == one and part.lines.get() == line
        merged = client.post(url("merge", plan, two.number), {"projects": [part.pk], **SAID})
        part.refresh_from_db()
        assert merged.status_code == 302 and part.merged_into == two


class TestRows:
    def test_money_is_planned_committed_by_a_decision_and_spent_to_the_cent(self, client_for: Clients) -> None:
        project = make.project()
        plan, number = project.plan, project.number
        client = client_for(manager(plan))
        client.post(
            url("rows", plan, number, "lines"), {"source": "regional", "year": 2027, "planned_cents": "1234,56"}
        )
        line = project.lines.get()
        assert line.planned_cents == 123_456
        commit = url("verb", plan, number, "lines", line.pk, "commit")
        assert client.post(commit, {"cents": "1000"}).status_code == 422
        decision = {"cents": "1000", "reference": "2026/1", "decided_on": "01/06/2026"}
        assert client.post(commit, decision).status_code == 302
        client.post(url("verb", plan, number, "lines", line.pk, "spend"), {"cents": "0,01"})
        line.refresh_from_db()
        assert (line.committed_cents, line.spent_cents, line.reference) == (100_000, 1, "2026/1")
        client.post(url("rows", plan, number, "lines"), {"drop": line.pk})
        assert project.lines.exists()  # money was committed on it

    def test_a_milestone_that_moves_back_says_why_and_keeps_its_first_day(self, client_for: Clients) -> None:
        project = make.rich()
        plan, number, milestone = project.plan, project.number, project.milestones.get()
        first = milestone.due_on
        client = client_for(manager(plan))
        page = url("row", plan, number, "milestones", milestone.pk)
        later = sent(client.get(page), due_on="01/12/2026")
        assert client.post(page, later).status_code == 422
        reasons = {f"moved_reason_{code}": text for code, text in WHY.items()}
        assert client.post(page, {**later, **reasons}).status_code == 302
        milestone.refresh_from_db()
        assert (milestone.due_on, milestone.first_due_on) == (date(2026, 12, 1), first)
        client.post(url("verb", plan, number, "milestones", milestone.pk, "done"), {})
        milestone.refresh_from_db()
        assert milestone.done_on == TODAY

    def test_projects_never_wait_for_each_other_in_a_circle(self, client_for: Clients) -> None:
        plan = make.plan()
        one, two = make.project(plan), make.project(plan)
        client = client_for(manager(plan))
        assert client.post(url("rows", plan, one.number, "dependencies"), {"on": two.pk}).status_code == 302
        answer = client.post(url("rows", plan, two.number, "dependencies"), {"on": one.pk})
        assert answer.status_code == 422 and str(one) in str(answer.context["form"].errors)

    def test_a_pilot_is_prepared_begun_and_judged_on_what_was_frozen(self, client_for: Clients) -> None:
        project = make.rich()
        plan, number = project.plan, project.number
        client = client_for(manager(plan))
        given = {"indicator": make.indicator(plan.organisation).pk, "starts_on": "01/06/2026"}
        client.post(url("rows", plan, number, "pilots"), {**given, **make.words("hypothesis", "Plus vite")})
        pilot = project.pilots.get()
        verdict = url("verb", plan, number, "pilots", pilot.pk, "verdict")
        assert client.get(verdict).status_code == 404
        client.post(url("verb", plan, number, "pilots", pilot.pk, "begin"), {})
        assert client.post(verdict, {"verdict": "refuted", **SAID}).status_code == 302
        pilot.refresh_from_db()
        assert pilot.verdict == Verdict.REFUTED and pilot.definition is not None

    def test_an_idea_becomes_an_origin_with_its_share_and_reason(self, client_for: Clients) -> None:
        project = make.project()
        plan, number = project.plan, project.number
        idea = ideas.idea(title="Des arbres")
        client = client_for(manager(plan))
        page = url("rows", plan, number, "origins")
        assert client.post(page, {"kind": "idea", "share": "part", **SAID}).status_code == 422
        assert client.post(page, {"kind": "idea", "idea": 2**31 - 1, "share": "part", **SAID}).status_code == 422
        assert client.post(page, {"kind": "idea", "idea": idea.pk, "share": "part", **SAID}).status_code == 302
        origin = project.origins.get()
        assert (origin.idea, origin.share, origin.reason_fr) == (idea, "part", WHY["fr"])
        client.post(page, {"drop": origin.pk})
        assert not project.origins.exists()

    def test_partners_of_another_organisation_are_not_offered(self, client_for: Clients) -> None:
        project, other = make.project(), make.partner(make.plan().organisation)
        answer = client_for(manager(project.plan)).post(
            url("rows", project.plan, project.number, "who"), {"who": f"partner-{other.pk}", "part": "advises"}
        )
        assert answer.status_code == 422


class TestDocuments:
    """Files are kept by organisation, and only a plan's own are offered with its projects."""

    def test_a_file_of_another_organisation_is_neither_offered_nor_taken(self, client_for: Clients) -> None:
        project, other = make.project(), make.plan().organisation
        theirs, ours = filed(other), filed(project.plan.organisation)
        page = url("rows", project.plan, project.number, "attachments")
        client = client_for(manager(project.plan))
        assert list(client.get(page).context["form"].fields["file"].queryset) == [ours]
        answer = client.post(page, {"file": theirs.pk, "position": "1", "title_fr": "Le leur"})
        assert answer.status_code == 422
        assert theirs.title not in answer.content.decode()
        for nonsense in ("a,b,c", "9" * 30, "-1"):
            assert client.post(page, {"file": nonsense, "position": "1"}).status_code == 422, nonsense
        assert client.post(page, {"file": ours.pk, "position": "1", "title_fr": "Le nôtre"}).status_code == 302
        assert project.attachments.get().file == ours
        with pytest.raises(Invalid):
            actions.attach(project, values={"file": theirs}, by=None, now=NOW)

    def test_one_that_has_moved_since_stays_where_it_was_offered(self, client_for: Clients) -> None:
        project = make.project()
        ours = filed(project.plan.organisation)
        row = actions.attach(project, values={"file": ours}, by=None, now=NOW)
        ours.collection = filed(make.plan().organisation).collection
        ours.save()
        page = url("row", project.plan, project.number, "attachments", row.pk)
        client = client_for(manager(project.plan))
        assert client.post(page, {**read_and_sent(client, page), "title_fr": "Autre titre"}).status_code == 302
        row.refresh_from_db()
        assert (row.title_fr, row.file) == ("Autre titre", ours)


class TestTwoEditors:
    def test_the_second_keeps_what_they_wrote_takes_over_the_rest_and_sees_what_changed(
        self, client_for: Clients
    ) -> None:
        project = make.project(title_fr="Avant", summary_fr="Résumé", why_fr="Pourquoi")
        plan = project.plan
        page = url("sheet", plan, project.number)
        first, second = client_for(manager(plan)), client_for(staff(plan.organisation, Role.EDITOR, name="Deux"))
        theirs, mine = sent(first.get(page)), sent(second.get(page))
        assert first.post(page, {**theirs, "title_fr": "De la première", "why_fr": "Leur raison"}).status_code == 302
        answer = second.post(page, {**mine, "title_fr": "De la seconde", "summary_fr": "Mon résumé"})
        assert answer.status_code == 409
        form, shown = answer.context["form"], answer.content.decode()
        assert form["title_fr"].value() == "De la seconde" and form["summary_fr"].value() == "Mon résumé"
        assert form["why_fr"].value() == "Leur raison"
        assert "De la première" in shown
        assert second.post(page, sent(answer)).status_code == 302
        project.refresh_from_db()
        assert (project.title_fr, project.summary_fr, project.why_fr) == ("De la seconde", "Mon résumé", "Leur raison")
        assert project.versions.count() == 3

    def test_days_and_objectives_that_were_not_touched_follow_the_first_editor(self, client_for: Clients) -> None:
        project = make.project()
        plan = project.plan
        air = actions.write_objective(plan, slug="air", values=make.words("title", "Air"), by=None, now=NOW)
        page = url("sheet", plan, project.number)
        client = client_for(manager(plan))
        mine = sent(client.get(page))
        assert client.post(page, {**mine, "starts_on": "01/09/2026", "objectives": [air.pk]}).status_code == 302
        answer = client.post(page, {**mine, "title_fr": "Autre"})
        assert answer.status_code == 409
        assert client.post(page, sent(answer)).status_code == 302
        project.refresh_from_db()
        assert (project.title_fr, project.starts_on) == ("Autre", date(2026, 9, 1))
        assert list(project.objectives.all()) == [air]


class TestTwoEditorsOfOneRow:
    """Money, milestones, risks, how a project does, where it is, a domain: the form carries what it showed."""

    def test_the_second_keeps_what_they_wrote_takes_over_the_rest_and_sees_what_changed(
        self, client_for: Clients
    ) -> None:
        project = make.project()
        plan, line = project.plan, make.line(project, 10_000_00)
        page = url("row", plan, project.number, "lines", line.pk)
        first, second = client_for(manager(plan)), client_for(manager(plan))
        theirs, mine = read_and_sent(first, page), read_and_sent(second, page)
        assert first.post(page, {**theirs, "planned_cents": "12000", "funder": "Ville"}).status_code == 302
        answer = second.post(page, {**mine, "planned_cents": "15 000,50"})
        assert answer.status_code == 409
        form = answer.context["form"]
        changes = form.changes
        assert (form["planned_cents"].value(), form["funder"].value()) == ("15 000,50", "Ville")
        assert ["".join(filter(str.isdigit, each.now)) for each in changes] == ["", "12000"]
        assert [each.mine for each in changes] == ["", "15 000,50"]
        line.refresh_from_db()
        assert line.planned_cents == 12_000_00
        assert second.post(page, {**sent(answer), "as_read": answer.context["form"].as_read}).status_code == 302
        line.refresh_from_db()
        assert (line.planned_cents, line.funder) == (15_000_50, "Ville")

    def test_whoever_saves_alone_meets_nobody(self, client_for: Clients) -> None:
        project = make.rich()
        plan, number = project.plan, project.number
        client = client_for(manager(plan))
        pages = [
            url("row", plan, number, "lines", project.lines.get().pk),
            url("row", plan, number, "milestones", project.milestones.get().pk),
            url("row", plan, number, "risks", project.risks.get().pk),
            url("row", plan, number, "who", project.involvements.get().pk),
            url("row", plan, number, "measures", project.measures.get().pk),
            url("verb", plan, number, "lines", project.lines.get().pk, "spend"),
            url("places", plan, number),
            url("carrier", plan, number),
            url("domain", plan, plan.domains.first().pk),
            url("settings", plan),
        ]
        answers = {page: client.post(page, read_and_sent(client, page)).status_code for page in pages}
        assert answers == dict.fromkeys(pages, 302)

    @pytest.mark.parametrize("name", ["health", "places", "domain", "settings"])
    def test_so_do_the_other_pages_of_a_project_and_its_plan(self, name: str, client_for: Clients) -> None:
        project = make.project(state=ProjectState.ONGOING)
        plan = project.plan
        page, theirs, mine = {
            "health": (url("health", plan, project.number), {"to": "at_risk", **SAID}, {"to": "on_track"}),
            "places": (url("places", plan, project.number), {"points": "50.8, 4.3, A"}, {"points": "50.9, 4.4, B"}),
            "domain": (url("domain", plan, plan.domains.first().pk), {"name_fr": "Leur"}, {"name_fr": "Mien"}),
            "settings": (url("settings", plan), {"name_fr": "Leur"}, {"name_fr": "Mien"}),
        }[name]
        client = client_for(manager(plan))
        before = read_and_sent(client, page)
        assert client.post(page, {**before, **theirs}).status_code == 302
        answer = client.post(page, {**before, **mine})
        assert answer.status_code == 409
        assert client.post(page, {**sent(answer), "as_read": answer.context["form"].as_read}).status_code == 302

    def test_a_row_that_somebody_took_away_leaves_what_was_typed_in_the_form_for_a_new_one(
        self, client_for: Clients
    ) -> None:
        project = make.project()
        plan, line = project.plan, make.line(project, 10_000_00)
        page = url("row", plan, project.number, "lines", line.pk)
        client = client_for(manager(plan))
        mine = read_and_sent(client, page)
        actions.drop_line(line, by=None, now=NOW)
        answer = client.post(page, {**mine, "planned_cents": "77", "note_fr": "Ma note"})
        assert answer.status_code == 409
        assert "Ma note" in answer.content.decode()
        assert client.post(answer.context["back"], sent(answer)).status_code == 302
        assert project.lines.get().planned_cents == 77_00

    def test_a_verdict_is_given_once_and_the_second_keeps_the_reason_they_typed(self, client_for: Clients) -> None:
        project = make.project(state=ProjectState.ONGOING)
        plan = project.plan
        given = {**make.words("hypothesis", "Plus de vélos"), "starts_on": TODAY}
        given["indicator"] = make.indicator(plan.organisation)
        pilot = actions.write_pilot(project, values=given, by=None, now=NOW)
        actions.begin_pilot(pilot, by=None, now=NOW)
        page = url("verb", plan, project.number, "pilots", pilot.pk, "verdict")
        client = client_for(manager(plan))
        mine = read_and_sent(client, page)
        said = {**mine, **SAID, "verdict": "confirmed"}
        assert client.post(page, said).status_code == 302
        answer = client.post(page, {**said, "verdict": "refuted", "reason_fr": "Mon autre raison"})
        assert answer.status_code == 422
        assert "Mon autre raison" in answer.content.decode()
        pilot.refresh_from_db()
        assert pilot.verdict == Verdict.CONFIRMED

    def test_what_a_browser_would_not_send_back_is_not_compared(self, client_for: Clients) -> None:
        project = make.project()
        page = url("carrier", project.plan, project.number)
        client = client_for(manager(project.plan))
        for said in ("", "[", "[]", "7", '{"person": "x", "king": []}', "{" * 70_000, "[" * 50_000):
            assert client.post(page, {"person": "", "as_read": said}).status_code in (302, 409), said


class TestNeeds:
    def test_an_idea_of_residents_comes_in_is_taken_up_and_becomes_the_origin(self, client_for: Clients) -> None:
        plan = make.plan()
        idea = ideas.idea(ideas.call(ideas.process(plan.organisation)))
        client = client_for(manager(plan))
        given = {"comes_from": NeedFrom.CITIZEN, "idea": idea.pk, **make.words("title", "Des arbres")}
        assert client.post(url("need_add", plan), given).status_code == 302
        need = plan.needs.get()
        domain = plan.domains.get(slug="mobility").pk
        page = url("need", plan, need.pk)
        assert client.post(page, {"verb": "take_up", "slug": "trees", "domain": domain}).status_code == 422
        answer = client.post(page, {"verb": "take_up", "slug": "trees", "domain": domain, **SAID})
        project = plan.projects.get(slug="trees")
        assert answer.url == url("project", plan, project.number)
        assert project.origins.get().idea == idea and project.title_fr == "Des arbres (fr)"

    def test_what_is_not_taken_up_says_why_and_can_be_looked_at_again(self, client_for: Clients) -> None:
        plan = make.plan()
        need = make.need(plan)
        client = client_for(manager(plan))
        page = url("need", plan, need.pk)
        assert client.post(page, {"verb": "decline"}).status_code == 422
        reasons = {f"decline-{name}": text for name, text in SAID.items()}
        assert client.post(page, {"verb": "decline", **reasons}).status_code == 302
        assert Need.objects.get(pk=need.pk).state == NeedState.DECLINED
        client.post(page, {"verb": "reopen"})
        assert Need.objects.get(pk=need.pk).state == NeedState.OPEN

    def test_two_who_write_a_need_overwrite_nothing_even_where_it_was_taken_up_meanwhile(
        self, client_for: Clients
    ) -> None:
        plan = make.plan()
        need = make.need(plan)
        client = client_for(manager(plan))
        page = url("need", plan, need.pk)
        given = read_and_sent(client, page)
        assert client.post(page, {**given, "title_fr": "Premier"}).status_code == 302
        answer = client.post(page, {**given, "title_fr": "Seconde"})
        assert answer.status_code == 409 and "Premier" in answer.text and "Seconde" in answer.text
        actions.decline(need, reason=WHY, by=None, now=NOW)
        late = client.post(page, {**given, "title_fr": "Seconde", "as_read": answer.context["form"].as_read})
        assert late.status_code == 422 and "Seconde" in late.text
        need.refresh_from_db()
        assert (need.title_fr, need.state) == ("Premier", NeedState.DECLINED)

    def test_a_need_of_a_department_says_which(self, client_for: Clients) -> None:
        plan = make.plan()
        answer = client_for(manager(plan)).post(
            url("need_add", plan), {"comes_from": "department", **make.words("title", "Ombre")}
        )
        assert answer.status_code == 422 and "department" in answer.context["form"].errors


class TestPast:
    def test_any_day_is_taken_as_a_file_in_three_forms(self, client_for: Clients) -> None:
        project = make.rich()
        plan = project.plan
        client = client_for(manager(plan))
        page = url("versions", plan)
        day = TODAY.strftime("%d/%m/%Y")
        whole = json.loads(client.get(f"{page}?day={day}&file=json").content)
        assert [each["number"] for each in whole["projects"]] == [project.number]
        rows = client.get(f"{page}?day={day}&file=csv").content.decode("utf-8-sig").splitlines()
        assert len(rows) == 2 and "1000000.05" in rows[1]
        assert client.get(f"{page}?day={day}&file=xlsx").content[:2] == b"PK"
        assert client.get(f"{page}?day=01/01/1999&file=json").status_code == 422
        assert client.get(f"{page}?day=nonsense&file=json").status_code == 422
        assert client.get(f"{page}?day={day}&file=exe").status_code == 404

    def test_two_days_are_compared_in_words(self, client_for: Clients) -> None:
        project = make.rich()
        plan = project.plan
        later = NOW + timedelta(days=30)
        actions.edit_project(project, values={"title_fr": "Après"}, by=None, now=later)
        two = make.project(plan, state=ProjectState.LONGLISTED)
        actions.set_state(two, to=ProjectState.SHEET, by=None, now=later)
        actions.set_state(two, to=ProjectState.SHORTLISTED, by=None, now=later)
        page = f"{url('versions', plan)}?before={TODAY:%d/%m/%Y}&after={later:%d/%m/%Y}"
        changes = client_for(manager(plan)).get(page).context["changes"]
        assert [each["number"] for each in changes["came"]] == [two.number]
        assert [row.after for row in changes["changed"][0]["rows"]] == ["Après"]

    def test_versions_of_a_project_are_compared_and_taken_one_by_one(self, client_for: Clients) -> None:
        project = make.rich()
        client = client_for(manager(project.plan))
        page = url("changes", project.plan, project.number)
        last = project.versions.order_by("-number").first()
        answer = client.get(f"{page}?before=1&after={last.number}")
        assert answer.context["changes"] and answer.context["before"].number == 1
        kept = json.loads(client.get(f"{page}?file={last.number}").content)
        assert (kept["version"], kept["digest"]) == (last.number, last.digest)
        assert client.get(f"{page}?file=9999").status_code == 404
