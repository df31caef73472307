"""What everyone reads of advices, as pages, feed, table, report and through the API, and what staff do at the desk."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from tests.visitors import streamed
from zenne.core.search import findable
from zenne.participation.advices import actions
from zenne.participation.advices.enums import Verdict
from zenne.participation.advices.models import Advice
from zenne.participation.advices.report import write
from zenne.participation.advices.webhooks import advice_data
from zenne.participation.decisions import actions as following
from zenne.participation.decisions.models import Commitment
from zenne.participation.reporting.kinds import Frozen
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "nl", "en")
LATE = make.NOW + timedelta(days=73)
COUNTED = {"fr": "13 jours de retard", "nl": "13 dagen te laat", "en": "13 days late"}


@pytest.fixture(autouse=True)
def today(clock_shows):
    return clock_shows(make.NOW + timedelta(minutes=2))


def at(advice, language="fr"):
    with override(language):
        return advice.get_absolute_url()


def home(advice, language="fr"):
    return f"/{language}/processes/{advice.process.slug}/"


def of_body(advice, language="fr"):
    return f"/{language}/organisations/{advice.process.organisation.slug}/bodies/{advice.body_id}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_advice_its_answer_and_its_promises_read_in_three_languages(client, language):
    advice = make.answered()
    page = client.get(at(advice, language))
    assert page.status_code == 200
    for words in (make.ISSUER, make.TITLE, make.TEXT, make.WHY, make.NO, make.asked(1).title, make.asked(2).text):
        assert words[language].replace("'", "’") in page.text.replace("&#x27;", "’").replace("'", "’")
    for address in (home(advice, language), f"{home(advice, language)}advices/", of_body(advice, language)):
        assert make.ISSUER[language] in client.get(address).text
    promises = client.get(f"{home(advice, language)}decisions/").text
    assert make.asked(1).title[language] in promises and f"{at(advice, language)}#recommendation-1" in promises


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_does_not_come_is_shown_everywhere_with_the_days_counted(client, clock_shows, language):
    advice = make.issued()
    addresses = [
        at(advice, language),
        home(advice, language),
        f"{home(advice, language)}advices/",
        of_body(advice, language),
    ]
    assert not any(COUNTED[language] in client.get(address).text for address in addresses)
    clock_shows(LATE)
    for address in addresses:
        assert COUNTED[language] in client.get(address).text
    make.answered(advice, now=LATE)
    clock_shows(LATE + timedelta(days=100))
    assert COUNTED[language] in client.get(at(advice, language)).text, "an answer that came late says so for ever"


def test_a_withdrawn_advice_stays_with_its_reason_on_top(client):
    advice = make.issued()
    actions.withdraw(advice, reason=make.NO, by=None, now=make.NOW)
    page = client.get(at(advice)).text
    assert make.NO["fr"] in page and make.asked(1).title["fr"] in page


def test_a_draft_of_an_advice_or_of_an_answer_is_nobodys_to_read(client):
    advice = make.issued()
    staff = ideas.staff(advice.process.organisation)
    actions.answer(advice.recommendations.first(), verdict=Verdict.REFUSED, reason=make.NO, by=staff)
    actions.edit_answer(advice, values={"statement_fr": "Secret."}, by=staff)
    values = {"body": advice.body, "due_on": make.DUE, "title_fr": "Brouillon"}
    draft = actions.prepare(advice.process, values=values, by=staff, now=make.NOW)
    for address in (
        at(advice),
        home(advice),
        f"{home(advice)}advices/",
        of_body(advice),
        f"{home(advice)}advices.atom",
        f"/api/v1/advices/{advice.pk}",
        f"/api/v1/processes/{advice.process.slug}/advices",
    ):
        text = client.get(address).text
        assert make.NO["fr"] not in text and "Secret." not in text and "Brouillon" not in text
    assert make.NO["fr"] not in table(client, advice)
    assert client.get(f"/api/v1/advices/{draft.pk}").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "9" * 25])
def test_an_address_that_leads_nowhere_is_not_found(client, number):
    advice = make.issued()
    assert client.get(f"{home(advice)}advices/{number}/").status_code == 404
    assert client.get(of_body(advice).replace(f"/{advice.body_id}/", f"/{advice.body_id}{number}/")).status_code == 404


def test_a_body_that_was_asked_nothing_and_a_process_without_advice_say_so(client):
    process = ideas.process()
    body = decisions.body(process.organisation)
    assert client.get(f"/fr/organisations/{process.organisation.slug}/bodies/{body.pk}/").status_code == 200
    assert "Aucun avis pour l’instant" in client.get(f"/fr/processes/{process.slug}/advices/").text
    assert 'id="advices"' not in client.get(f"/fr/processes/{process.slug}/").text


def table(client, advice):
    return streamed(client.get(f"{home(advice)}data/advices.csv"))


def test_the_table_has_a_row_per_recommendation(client, clock_shows):
    clock_shows(LATE)
    advice = make.answered(now=LATE)
    rows = list(csv.DictReader(io.StringIO(table(client, advice))))
    assert [(row["recommendation"], row["verdict"], row["days_late"]) for row in rows] == [
        ("1", "taken", "13"),
        ("2", "refused", "13"),
    ]
    assert rows[0]["promise"].endswith("#recommendation-1") and rows[1]["promise"] == ""
    promises = streamed(client.get(f"{home(advice)}data/commitments.csv"))
    (promise,) = csv.DictReader(io.StringIO(promises))
    assert promise["promise"] == "Demande 1" and promise["origin"].endswith("#recommendation-1")


def test_programs_read_the_same(client, clock_shows):
    clock_shows(LATE)
    advice = make.issued()
    found = json.loads(client.get(f"/api/v1/advices/{advice.pk}").text)
    assert (found["state"], found["days_late"], found["due_on"]) == ("issued", 13, make.DUE.isoformat())
    assert found["recommendations"][0]["answer"] is None and found["statement"]["fr"] is None
    make.answered(advice, now=LATE)
    found = json.loads(client.get(f"/api/v1/advices/{advice.pk}").text)
    assert [each["answer"]["verdict"] for each in found["recommendations"]] == ["taken", "refused"]
    assert found["recommendations"][0]["answer"]["promise"] == "planned"
    listed = json.loads(client.get(f"/api/v1/processes/{advice.process.slug}/advices").text)
    assert [each["id"] for each in listed["items"]] == [advice.pk]
    assert client.get("/api/v1/processes/nowhere/advices").status_code == 404
    assert advice_data(advice.pk, {})["advice"]["state"] == "answered" and advice_data(0, {}) is None


def test_the_feed_the_search_and_the_sitemap_know_it(client):
    advice = make.issued()
    feed = client.get(f"{home(advice)}advices.atom").text
    assert make.TITLE["fr"].replace("'", "&#x27;") in feed or make.TITLE["fr"] in feed
    hits = findable["advices"].find("demande arbres", None, make.NOW, 5)
    assert [hit.url for hit in hits] == [advice.get_absolute_url()]
    assert findable["advices"].find("téléphérique", advice.process.organisation_id, make.NOW, 5) == []
    assert findable["advices"].find(" ", None, make.NOW, 5) == []


def test_a_report_tells_it_as_it_stood():
    advice = make.answered(make.issued(), now=LATE)
    with override("fr"):
        for moment, said in ((make.NOW, "encore 60 jours pour répondre"), (LATE, "Répondu, 13 jours de retard")):
            blocks = write(Frozen(process=advice.process, moment=moment, language="fr", base="https://x.example"))
            assert said in json.dumps(blocks, ensure_ascii=False)
            assert (make.NO["fr"] in json.dumps(blocks, ensure_ascii=False)) == (moment == LATE)


@pytest.mark.parametrize("number", [1, 3])
class TestQuestionsToTheDatabase:
    """Three ask no more than one."""

    def test_lists(self, client, django_assert_num_queries, number):
        process = ideas.process()
        body = decisions.body(process.organisation)
        made = [make.issued(process, body=body) for _ in range(number)]
        for address, questions in ((f"{home(made[0])}advices/", 3), (of_body(made[0]), 3)):
            client.get(address)
            with django_assert_num_queries(questions):
                client.get(address)

    def test_an_advice_with_its_answers_and_promises(self, client, django_assert_num_queries, number):
        advice = make.answered(make.issued(recommendations=number), refused=0)
        staff = ideas.staff(advice.process.organisation)
        for commitment in Commitment.objects.all():
            following.add_milestone(commitment, title={"fr": "Pas"}, due_on=make.DUE, by=staff, now=make.NOW)
        client.get(at(advice))
        with django_assert_num_queries(9):
            client.get(at(advice))

    def test_the_promises_of_a_process(self, client, django_assert_num_queries, number):
        advice = make.answered(make.issued(recommendations=number), refused=0)
        address = f"{home(advice)}decisions/"
        client.get(address)
        with django_assert_num_queries(6):
            client.get(address)


class TestDesk:
    def test_from_the_form_to_the_answer(self, client_for):
        process = ideas.process()
        manager = client_for(ideas.staff(process.organisation))
        given = {"process": process.pk, "body": decisions.body(process.organisation).pk, "due_on": make.DUE.isoformat()}
        words = {f"{name}_{code}": f"{name} {code}" for name in ("issuer", "title", "text") for code in LANGUAGES}
        assert manager.post("/manage/advice/new/", {**given, **words, "due_on": "x"}).status_code == 422
        assert manager.post("/manage/advice/new/", {**given, **words}).status_code == 302
        advice = Advice.objects.get()
        desk = f"/manage/advice/desk/{advice.pk}/"
        assert manager.get(desk).status_code == 200
        assert manager.post(desk, {"verb": "issue"}).status_code == 422, "nothing is recommended yet"
        assert manager.post(desk, {"verb": "add", "recommendation-title_fr": ""}).status_code == 422
        for title in ("Des bancs", "Des arbres", "Trop"):
            said = {"verb": "add", "recommendation-title_fr": title, "recommendation-text_fr": "Svp."}
            assert manager.post(desk, said).status_code == 302
        one, _two, three = advice.recommendations.all()
        manager.post(desk, {"verb": "drop", "recommendation": three.pk})
        changed = {"verb": "change", "recommendation": one.pk, f"recommendation-{one.pk}-title_fr": "Dix bancs"}
        assert manager.post(desk, changed).status_code == 302
        assert manager.post(desk, {"verb": "issue"}).status_code == 302
        assert [each.title for each in advice.recommendations.all()] == ["Dix bancs", "Des arbres"]
        self.answer(manager, advice, desk)

    def answer(self, manager, advice, desk):
        whole = {"whole-reference": "2026/12", "whole-statement_fr": "Merci."}
        verdicts = {f"answer-{each.pk}-verdict": "taken" for each in advice.recommendations.all()}
        assert manager.get(desk).status_code == 200
        assert manager.post(desk, {"verb": "keep", **whole, **verdicts}).status_code == 302
        refused = manager.post(desk, {"verb": "publish", **whole, **verdicts})
        assert refused.status_code == 422 and "Merci." in refused.text, "what was typed is kept"
        organisation = advice.process.organisation
        reasons = {
            f"answer-{each.pk}-reason_{code}": "Oui."
            for each in advice.recommendations.all()
            for code in organisation.languages
        }
        assert manager.post(desk, {"verb": "publish", **whole, **verdicts, **reasons}).status_code == 302
        advice.refresh_from_db()
        assert (advice.state, advice.reference, Commitment.objects.count()) == ("answered", "2026/12", 2)
        assert manager.get(desk).status_code == 200 and manager.get("/manage/advice/").status_code == 200
        promise = manager.get(f"/manage/commitment/promise/{Commitment.objects.first().pk}/")
        assert desk in promise.text and manager.get("/manage/commitment/").status_code == 200

    def test_a_manager_withdraws_with_a_reason(self, client_for):
        advice = make.issued()
        manager = client_for(ideas.staff(advice.process.organisation))
        desk = reverse("advice:desk", args=[advice.pk])
        assert manager.post(desk, {"verb": "withdraw"}).status_code == 422
        assert manager.post(desk, {"verb": "withdraw", "withdrawal-reason_fr": "Fusionné."}).status_code == 302
        assert manager.get(desk).status_code == 200

    def test_an_editor_drafts_and_does_not_publish(self, client_for):
        advice = make.issued(recommendations=1)
        editor = client_for(ideas.staff(advice.process.organisation, Role.EDITOR))
        desk, key = reverse("advice:desk", args=[advice.pk]), f"answer-{advice.recommendations.get().pk}"
        said = {f"{key}-verdict": "taken", f"{key}-reason_fr": "Oui."}
        assert editor.post(desk, {"verb": "keep", **said}).status_code == 302
        assert editor.post(desk, {"verb": "publish", **said}).status_code == 403
        assert editor.post(desk, {"verb": "nonsense"}).status_code == 302
        assert not Commitment.objects.exists()

    def test_the_page_of_the_process_leads_there(self, client_for):
        advice = make.issued()
        manager = client_for(ideas.staff(advice.process.organisation))
        overview = manager.get(reverse("process:overview", args=[advice.process_id]))
        assert reverse("advice:desk", args=[advice.pk]) in overview.text
