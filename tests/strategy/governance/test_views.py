"""What everyone reads of who decides, and what staff do at the desks."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.strategy.portfolio import factories as plans
from zenne.core.search import findable
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.strategy.governance import actions, flow
from zenne.strategy.governance.enums import ItemKind, MatchState, Step
from zenne.strategy.governance.models import Call, Entry, Match, Piece, Review, Seat, Sitting
from zenne.strategy.portfolio.enums import PlanState
from zenne.strategy.portfolio.models import BudgetLine, Plan

from . import factories as make

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "nl", "en")


@pytest.fixture(autouse=True)
def now(clock_shows):
    return clock_shows(make.AFTER)


def at(thing, language="fr"):
    with override(language):
        return thing.get_absolute_url()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_decides_what_was_resolved_and_the_decision_read_in_three_languages(client, language):
    plan = plans.plan(make.house())
    plans.project(plan, state="shortlisted")
    revision = plans.actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
    body = make.college(plan.organisation)
    make.directors(plan.organisation)
    make.seat(body)
    title = {"fr": "Le budget", "nl": "De begroting", "en": "The budget"}[language]
    home = f"/{language}/governance/?organisation={plan.organisation.slug}"
    assert f"Plan ({language})" in client.get(home).text, "what waits for a decision stands on the page"
    resolution = make.resolved(make.held(body, revision=revision).items.get())
    meeting = resolution.item.sitting
    for address in (home, f"/{language}/governance/bodies/{body.pk}/"):
        page = client.get(address)
        assert page.status_code == 200 and title in page.text and "Camille Peeters" in page.text
    text = client.get(at(meeting, language)).text
    assert title in text and make.WHY[language].replace("'", "’") in text.replace("&#x27;", "’").replace("'", "’")
    assert at(meeting, language) in client.get(at(resolution.decision, language)).text
    assert at(meeting, language) in client.get(f"/{language}/governance/sittings/").text
    assert title in client.get(f"/{language}/governance/sittings.atom").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_its_decision_and_its_budget_read_in_three_languages(client, language):
    line = make.funded(plans.plan(make.house()))
    review = make.decided(make.waiting_for_decision(line))
    text = client.get(at(review, language)).text
    assert make.WHY[language].replace("'", "’") in text.replace("&#x27;", "’").replace("'", "’")
    assert "2026/0618/3" in text and review.digest in text
    assert f"{str(line.project).split(' (')[0]} ({language}) · " in text, "the line in the words of the reader"
    assert at(review, language) in client.get(at(review.plan, language)).text, "the plan leads to it"


@pytest.mark.parametrize(
    ("language", "once", "under_way"),
    [
        ("fr", "Ce plan a déjà une évaluation de la même période.", "Une évaluation de ce plan est déjà en cours."),
        ("nl", "Dit plan heeft al een evaluatie van dezelfde periode.", "Er loopt al een evaluatie van dit plan."),
        ("en", "This plan has a review of the same period already.", "A review of this plan is under way already."),
    ],
)
def test_a_second_review_is_refused_in_words_of_the_house(client_for, language, once, under_way):
    first = make.review()
    boss = make.manager(first.plan.organisation)
    Person.objects.filter(pk=boss.pk).update(language=language)
    given = {"plan": first.plan_id, "body": first.body_id, "starts_on": "2026-01-01"}
    for last_day, refusal in (("2026-03-31", once), ("2026-04-30", under_way)):
        page = client_for(boss).post(reverse("governance_review:add"), {**given, "ends_on": last_day})
        assert page.status_code == 422 and refusal in html.unescape(page.content.decode())


def test_a_confidential_item_has_no_words_anywhere(client):
    meeting = make.called(confidential=True)
    for address in (at(meeting), "/fr/governance/sittings.atom", f"/api/v1/sittings/{meeting.pk}"):
        assert "Le budget" not in client.get(address).text
    assert "Un point confidentiel" in client.get(at(meeting)).text
    assert findable["sittings"].find("budget", None, make.NOW, 5) == []


def test_what_is_prepared_is_nobodys_to_read(client):
    meeting = make.sitting()
    make.item(meeting)
    assert client.get(at(meeting)).status_code == 404
    assert "Le budget" not in client.get("/fr/governance/sittings/").text
    assert client.get(f"/api/v1/sittings/{meeting.pk}").status_code == 404
    match = make.match()
    assert str(match.call) not in client.get("/fr/governance/grants/").text


@pytest.mark.parametrize("path", ["bodies", "sittings", "reviews"])
def test_an_address_that_leads_nowhere_is_not_found(client, path):
    assert client.get(f"/fr/governance/{path}/{'9' * 25}/").status_code == 404


def test_pages_without_anything_say_what_will_stand_there(client):
    for path in ("", "sittings/", "grants/", "registers/"):
        assert client.get(f"/fr/governance/{path}").status_code == 200


def test_a_grant_that_was_refused_is_as_visible_as_one_that_was_granted(client):
    match = make.match()
    Piece.objects.all().delete()
    for to in (MatchState.PREPARED, MatchState.SUBMITTED, MatchState.REFUSED):
        reason = make.WHY if to == MatchState.REFUSED else None
        actions.move_match(match, to=to, reason=reason, by=None, now=make.NOW)
    text = client.get("/en/governance/grants/").text
    assert "Positive energy districts" in text and "Refused" in text and make.WHY["en"] in text


def test_sittings_go_into_ones_calendar_cancelled_ones_too(client):
    meeting = make.called()
    actions.cancel_sitting(meeting, reason=make.WHY, by=None, now=make.NOW)
    text = client.get("/fr/governance/sittings.ics").content.decode()
    assert "STATUS:CANCELLED" in text and f"UID:sitting-{meeting.pk}@" in text and "DTSTART:20260618T093000Z" in text


def test_the_search_finds_a_sitting_by_its_agenda_and_an_entry_by_its_words():
    meeting, entry = make.called(), make.entry()
    assert [hit.url for hit in findable["sittings"].find("budget", None, make.NOW, 5)] == [at(meeting)]
    assert [hit.url for hit in findable["registers"].find("congrès villes", None, make.NOW, 5)] == [at(entry)]


class TestTheDrawing:
    def test_it_shows_the_bodies_that_exist_and_numbers_every_arrow(self):
        house = make.house()
        found = flow.drawn([make.college(house), make.directors(house)])
        assert [node.key for node in found.nodes] == ["college", "directors"]
        assert [arrow.number for arrow in found.arrows] == [1]
        assert all(mark not in arrow.x for arrow in found.arrows for mark in ","), "no language writes its numbers"

    def test_one_body_is_no_flow(self):
        assert flow.drawn([make.college()]) is None


class TestApi:
    def test_bodies_sittings_and_reviews_say_what_the_pages_say(self, client):
        line = make.funded(plans.plan(make.house()))
        review = make.decided(make.waiting_for_decision(line))
        make.seat(review.body)
        make.seat(review.body, name="Former", until=make.TODAY - timedelta(days=1))
        [body] = client.get("/api/v1/bodies").json()["items"]
        assert body["role"] == "college" and [each["name"] for each in body["members"]] == ["Camille Peeters"]
        [meeting] = client.get(f"/api/v1/sittings?plan={review.plan.slug}&body={review.body_id}").json()["items"]
        [item] = meeting["items"]
        assert (item["outcome"], item["reference"], item["decision"]) == ("adopted", "2026/0618/3", review.decision_id)
        [told] = client.get(f"/api/v1/reviews?plan={review.plan.slug}").json()["items"]
        assert (told["step"], told["digest"], told["decision"]) == ("budget", review.digest, review.decision_id)
        decided = client.get(f"/api/v1/decisions?plan={review.plan.slug}").json()["items"]
        assert [each["id"] for each in decided] == [review.decision_id]
        for path in ("sittings", "reviews", "decisions"):
            assert client.get(f"/api/v1/{path}?plan=no-such-plan").json()["items"] == []

    @pytest.mark.parametrize("number", [1, 3])
    def test_lists_ask_as_much_for_three_as_for_one(self, client, django_assert_num_queries, number):
        body = make.college()
        make.seat(body)
        for _each in range(number):
            make.called(body)
        for address, queries in (("/api/v1/sittings", 3), ("/fr/governance/sittings/", 4)):
            client.get(address)
            with django_assert_num_queries(queries):
                client.get(address)


class TestDesks:
    def test_from_an_empty_agenda_to_a_plan_in_force(self, client_for):
        plan = plans.plan(make.house())
        plans.project(plan, state="shortlisted")
        revision = plans.actions.propose(plan, reason=make.WHY, by=None, now=make.NOW)
        body = make.college(plan.organisation)
        seat = make.seat(body)
        manager = client_for(make.manager(plan.organisation))
        given = {"body": body.pk, "starts_at": "2026-06-18 10:00", "place": "Hôtel de Ville"}
        assert manager.get("/manage/governance/").status_code == 200
        assert manager.post("/manage/governance/sittings/new/", {**given, "starts_at": ""}).status_code == 422
        assert manager.post("/manage/governance/sittings/new/", given).status_code == 302
        meeting = Sitting.objects.get()
        desk = reverse("governance_sitting:desk", args=[meeting.pk])
        item = {"verb": "add", "item-kind": "decision", "item-about": f"revision:{revision.pk}"}
        item |= {f"item-title_{code}": f"Plan {code}" for code in LANGUAGES}
        assert manager.post(desk, {"verb": "call"}).status_code == 422, "an empty agenda calls nobody"
        assert manager.post(desk, {**item, "item-about": "revision:0"}).status_code == 422
        assert manager.post(desk, item).status_code == 302
        assert manager.get(desk).status_code == 200
        assert manager.post(desk, {"verb": "call"}).status_code == 302
        assert manager.post(desk, {"verb": "hold", "hold-present": [seat.pk]}).status_code == 302
        row = meeting.items.get()
        said = {"verb": "resolve", "item": row.pk, f"resolve-{row.pk}-outcome": "adopted"}
        assert manager.post(desk, said).status_code == 422, "without a reference"
        assert manager.post(desk, {**said, f"resolve-{row.pk}-reference": "12"}).status_code == 302
        assert Plan.objects.get().state == PlanState.VALID
        assert manager.post(desk, {"verb": "publish", "minutes-minutes_fr": "Le Collège adopte."}).status_code == 302
        assert manager.get(desk).status_code == 200
        meeting.refresh_from_db()
        assert meeting.state == "published" and list(meeting.present.all()) == [seat]
        assert manager.post(desk, {"verb": "nonsense"}).status_code == 302

    def test_an_agenda_is_written_again_moved_and_cancelled(self, client_for):
        body = make.college()
        meeting = make.sitting(body)
        first, second = make.item(meeting), make.item(meeting)
        editor = client_for(make.ideas.staff(body.organisation, Role.EDITOR))
        desk = reverse("governance_sitting:desk", args=[meeting.pk])
        changed = {"verb": "change", "item": first.pk, f"item-{first.pk}-kind": "discussion"}
        assert editor.post(desk, changed).status_code == 422, "without a title"
        assert editor.post(desk, {**changed, f"item-{first.pk}-title_fr": "Débat"}).status_code == 302
        assert editor.post(desk, {"verb": "up", "item": second.pk}).status_code == 302
        assert editor.post(desk, {"verb": "drop", "item": first.pk}).status_code == 302
        assert [row.pk for row in meeting.items.all()] == [second.pk]
        assert editor.post(desk, {"verb": "call"}).status_code == 403, "managers call"
        make.actions.call_sitting(meeting, by=None, now=make.NOW)
        manager = client_for(make.manager(body.organisation))
        assert manager.post(desk, {"verb": "cancel"}).status_code == 422
        assert manager.post(desk, {"verb": "cancel", "cancel-reason_fr": "Grève"}).status_code == 302
        assert Sitting.objects.get().state == "cancelled"

    def test_a_review_from_its_beginning_to_the_budget(self, client_for):
        line = make.funded(plans.plan(make.house()))
        plan = line.project.plan
        body = make.college(plan.organisation)
        manager = client_for(make.manager(plan.organisation))
        given = {"plan": plan.pk, "body": body.pk, "starts_on": "2026-01-01", "ends_on": "2026-03-31"}
        assert manager.post("/manage/governance/reviews/new/", given).status_code == 302
        review = Review.objects.get()
        desk = reverse("governance_review:desk", args=[review.pk])
        assert manager.get(desk).status_code == 200
        stage = review.stages.get(step=Step.BUDGET)
        day = {"verb": "day", "stage": stage.pk}
        assert manager.post(desk, {**day, f"stage-{stage.pk}-due_on": "x"}).status_code == 422
        assert manager.post(desk, {**day, f"stage-{stage.pk}-due_on": "2026-12-01"}).status_code == 302
        assert manager.post(desk, {"verb": "measured"}).status_code == 302
        assert manager.post(desk, {"verb": "report", "conclusion-conclusion_fr": "Bien"}).status_code == 422
        words = {f"conclusion-conclusion_{code}": "Bien" for code in LANGUAGES}
        assert manager.post(desk, {"verb": "report", **words}).status_code == 302
        money = {"verb": "money", "money-line": line.pk, "money-planned": "100000.00", "money-committed": "50000.50"}
        assert manager.post(desk, money).status_code == 422, "without a reason"
        assert manager.post(desk, {**money, "money-reason_fr": "Il le faut"}).status_code == 302
        assert manager.get(desk).status_code == 200
        proposal = {"verb": "propose", "propose-revise": "yes", "propose-reason_fr": "Il le faut"}
        assert manager.post(desk, proposal).status_code == 302
        meeting = make.sitting(body)
        assert manager.get(desk).status_code == 200
        assert manager.post(desk, {"verb": "agenda", "sitting": meeting.pk}).status_code == 302
        make.actions.call_sitting(meeting, by=None, now=make.NOW)
        make.actions.hold_sitting(meeting, by=None, now=make.AFTER)
        assert meeting.items.get().kind == ItemKind.DECISION
        make.resolved(meeting.items.get())
        assert manager.post(desk, {"verb": "budget"}).status_code == 302
        assert BudgetLine.objects.get().committed_cents == 50_000_50
        assert manager.get(desk).status_code == 200 and Review.objects.get().state == Step.CLOSED

    def test_a_call_is_entered_matched_prepared_handed_in_and_granted(self, client_for):
        house = make.house()
        project = plans.project(plans.plan(house))
        manager = client_for(make.manager(house))
        given = {"organisation": house.pk, "funder": "Région", "source": "regional", "due_on": "2026-07-30"}
        given |= {"title_fr": "Appel", "dossier": "Budget", "amount_cents": "12,34,5"}
        refused = manager.post("/manage/governance/calls/new/", given)
        assert 'value="12,34,5"' in refused.content.decode() and not Call.objects.exists()
        assert manager.post("/manage/governance/calls/new/", {**given, "amount_cents": "1 234,56 €"}).status_code == 302
        call = Call.objects.get()
        assert call.amount_cents == 1234_56
        desk = reverse("governance_call:desk", args=[call.pk])
        assert manager.get(desk).status_code == 200
        assert manager.post(desk, {"verb": "match", "match-project": "0"}).status_code == 422
        assert manager.post(desk, {"verb": "match", "match-project": project.pk}).status_code == 302
        match, key = Match.objects.get(), {"match": Match.objects.get().pk}
        facts = {"verb": "facts", **key, f"facts-{match.pk}-asked": "1000.50", f"facts-{match.pk}-note": "vite"}
        assert manager.post(desk, {**facts, f"facts-{match.pk}-asked": "x"}).status_code == 422
        assert manager.post(desk, facts).status_code == 302
        piece = {"verb": "piece", **key, f"piece-{match.pk}-title": "Lettre", f"piece-{match.pk}-required": "on"}
        assert manager.post(desk, {**piece, f"piece-{match.pk}-title": ""}).status_code == 422
        assert manager.post(desk, piece).status_code == 302
        move = f"move-{match.pk}"
        assert manager.post(desk, {"verb": "move", **key, f"{move}-to": "prepared"}).status_code == 302
        assert manager.post(desk, {"verb": "move", **key, f"{move}-to": "submitted"}).status_code == 422
        first, second = match.pieces.all()
        assert manager.post(desk, {"verb": "tick", **key, "piece": first.pk}).status_code == 302
        assert manager.post(desk, {"verb": "drop", **key, "piece": second.pk}).status_code == 302
        assert manager.get(desk).status_code == 200
        assert manager.post(desk, {"verb": "move", **key, f"{move}-to": "submitted"}).status_code == 302
        granted = {"verb": "move", **key, f"{move}-to": "granted", f"{move}-granted": "900"}
        assert manager.post(desk, granted).status_code == 302
        match.refresh_from_db()
        assert (match.state, match.asked_cents, match.line.planned_cents) == ("granted", 1000_50, 900_00)

    def test_members_and_registers_are_written_by_those_who_may(self, client_for):
        body = make.college()
        manager = client_for(make.manager(body.organisation))
        seat = {"body": body.pk, "name": "Nele", "since": "2026-01-01", "position": "1"}
        assert manager.post("/manage/governance/members/new/", {**seat, "until": "2025-01-01"}).status_code == 422
        assert manager.post("/manage/governance/members/new/", seat).status_code == 302
        assert Seat.objects.get().name == "Nele"
        editor = client_for(make.ideas.staff(body.organisation, Role.EDITOR))
        assert editor.get("/manage/governance/members/new/").status_code == 302
        entry = {"organisation": body.organisation.pk, "kind": "event", "title_fr": "Congrès", "public": "on"}
        assert editor.post("/manage/governance/registers/new/", entry).status_code == 302
        assert Entry.objects.get().public

    def test_the_first_page_shows_only_what_is_ones_own(self, client_for):
        theirs = make.called()
        make.call(theirs.body.organisation)
        mine = client_for(make.manager(make.house()))
        text = mine.get("/manage/governance/").text
        assert "Positive" not in text and f"/desk/{theirs.pk}/" not in text
        assert client_for(make.organisations.person("Resident")).get("/manage/governance/").status_code in (302, 403)


def test_a_project_shows_what_was_decided_asked_and_written_down_about_it(client):
    project = plans.project(plans.plan(make.house()), state="shortlisted")
    make.resolved(make.held(make.college(project.plan.organisation), project=project).items.get())
    make.entry(project.plan.organisation, project=project)
    text = client.get(at(project)).text
    assert "Le budget" in text and "Congrès des villes" in text
