"""What a body decides about something else than ideas: a plan, a project, money."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.core.errors import Invalid
from zenne.core.search import findable
from zenne.opendata.api.kinds import Narrowing, narrowings
from zenne.participation.decisions import actions
from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body, Decision
from zenne.participation.selections import actions as selections
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make.body(organisations.organisation(languages=["fr", "nl"]))


def prepared(body, **given):
    by = ideas.staff(body.organisation)
    return actions.prepare(None, values=make.values(body.organisation, body=body, **given), by=by, now=make.LATER)


class TestPublishing:
    def test_it_is_public_by_itself_and_promises_nothing(self, body):
        decision = make.of_body(body)
        assert (decision.published_at, decision.process, decision.selection) == (make.LATER, None, None)
        assert not decision.annulled and not decision.commitments.exists()

    def test_its_title_stands_in_every_promised_language(self, body):
        decision = prepared(body, title_nl="")
        with pytest.raises(Invalid), override("en"):
            actions.publish(decision, by=ideas.staff(body.organisation), now=make.LATER)

    def test_an_editor_prepares_and_does_not_publish(self, body):
        editor = ideas.staff(body.organisation, Role.EDITOR)
        values = make.values(body.organisation, body=body)
        decision = actions.prepare(None, values=values, by=editor, now=make.LATER)
        with pytest.raises(NotAllowed):
            actions.publish(decision, by=editor, now=make.LATER)
        with pytest.raises(NotAllowed):
            actions.prepare(None, values=values, by=ideas.staff(organisations.organisation()), now=make.LATER)

    def test_once_public_nothing_of_it_changes(self, body):
        decision = make.of_body(body)
        with pytest.raises(NotAllowed):
            actions.edit_decision(
                decision, values={"reference": "13"}, by=ideas.staff(body.organisation), now=make.LATER
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(reference="13")

    def test_half_a_process_is_refused_by_the_database(self, body):
        decision = prepared(body)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(process=ideas.process(body.organisation))

    def test_a_role_that_does_not_exist_is_refused_by_the_database(self, body):
        with pytest.raises(IntegrityError), transaction.atomic():
            Body.objects.filter(pk=body.pk).update(role="king")


class TestReading:
    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_its_page_and_the_list_read_in_three_languages(self, client, body, language):
        decision = make.of_body(body)
        page = client.get(f"/{language}/decisions/{decision.pk}/")
        assert page.status_code == 200 and f"Décision {language}" in page.text and "2026/0617/12" in page.text
        assert f"Décision {language}" in client.get(f"/{language}/decisions/").text

    def test_one_being_prepared_is_nobodys_to_read(self, client, body):
        decision = prepared(body)
        assert client.get(f"/en/decisions/{decision.pk}/").status_code == 404
        assert "2026/0617/12" not in client.get("/en/decisions/").text
        assert client.get(f"/api/v1/decisions/{decision.pk}").status_code == 404

    def test_the_list_is_narrowed_by_the_kind_of_body(self, client):
        for role in (BodyRole.COLLEGE, BodyRole.STEERING):
            body = make.body(organisations.organisation())
            Body.objects.filter(pk=body.pk).update(role=role)
            make.of_body(body, reference=f"ref-{role}")
        text = client.get("/en/decisions/?role=steering").text
        assert "ref-steering" in text and "ref-college" not in text
        everything = client.get("/en/decisions/?role=king").text
        assert "ref-steering" in everything and "ref-college" in everything, "what means nothing narrows nothing"

    def test_the_feed_and_the_search_find_it(self, client, body):
        decision = make.of_body(body, statement_en="A park for the Marolles")
        assert decision.get_absolute_url().removeprefix("/fr") in client.get("/fr/decisions.atom").text
        found = findable["decisions"].find("park marolles", body.organisation_id, make.LATER, 5)
        assert [hit.url for hit in found] == [decision.get_absolute_url()]
        assert findable["decisions"].find("park laeken", None, make.LATER, 5) == []

    @pytest.mark.parametrize("number", [1, 3])
    def test_three_ask_no_more_of_the_database_than_one(self, client, django_assert_num_queries, body, number):
        for each in range(number):
            make.of_body(body, reference=str(each))
        client.get("/en/decisions/")
        with django_assert_num_queries(5):
            client.get("/en/decisions/")


class TestApi:
    def test_every_published_decision_is_listed_about_ideas_or_not(self, client, body):
        about_ideas = make.published([ideas.idea()])
        other = make.of_body(body)
        said = {each["id"]: each for each in client.get("/api/v1/decisions").json()["items"]}
        assert set(said) == {about_ideas.pk, other.pk}
        assert (said[other.pk]["process"], said[other.pk]["selection"]) == (None, None)
        assert said[other.pk]["decided_on"] == "2026-06-17" and said[other.pk]["body"]["nl"] == "College"
        assert said[other.pk]["url"].endswith(f"/decisions/{other.pk}/")
        assert said[about_ideas.pk]["process"] == about_ideas.process.slug
        assert client.get(f"/api/v1/decisions/{other.pk}").json() == said[other.pk]

    def test_an_annulled_one_stays_and_says_so(self, client):
        decision = make.published([ideas.idea()])
        staff = ideas.staff(decision.organisation)
        selections.annul(decision.selection, reason=make.NO, by=staff, now=make.LATER + timedelta(minutes=1))
        assert client.get(f"/api/v1/decisions/{decision.pk}").json()["annulled"] is True

    def test_an_app_above_narrows_the_list(self, client, body, monkeypatch):
        kept, _other = make.of_body(body, reference="kept"), make.of_body(body, reference="other")
        narrowing = Narrowing(lambda rows, value: rows.filter(reference=value), "Only those with this reference.")
        monkeypatch.setitem(narrowings._items, "decisions.called", narrowing)
        monkeypatch.setitem(narrowings._items, "elsewhere.called", narrowing)

        def asked(value):
            return [each["id"] for each in client.get("/api/v1/decisions", {"called": value}).json()["items"]]

        assert asked("kept") == [kept.pk] and asked("nothing") == [] and asked("clé") == [] and len(asked("")) == 2

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_asks_as_much_for_three_as_for_one(self, client, django_assert_num_queries, body, number):
        for each in range(number):
            make.of_body(body, reference=str(each))
        client.get("/api/v1/decisions")
        with django_assert_num_queries(2):
            assert len(client.get("/api/v1/decisions").json()["items"]) == number


def test_from_the_form_to_a_public_decision(client_for, body, clock_shows):
    clock_shows(make.LATER)
    manager = client_for(ideas.staff(body.organisation))
    given = {"source": "", "body": body.pk, "reference": "12", "decided_on": "2026-06-17"}
    titles = {f"title_{code}": f"Décision {code}" for code in ("fr", "nl", "en")}
    assert manager.post("/manage/decision/new/", {**given, **titles}).status_code == 302
    decision = Decision.objects.get()
    desk = f"/manage/decision/desk/{decision.pk}/"
    assert manager.get(desk).status_code == 200
    assert manager.post(desk, {"verb": "publish"}).status_code == 302
    assert Decision.objects.get().published_at is not None
