"""What everyone reads of studies, what authors adapt, and what staff do at their desks."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from tests.participation.ideas import factories as ideas
from tests.participation.selections import factories as selections
from tests.visitors import streamed
from zenne.opendata.exports.kinds import Wish, datasets
from zenne.participation.feasibility import actions
from zenne.participation.feasibility.enums import StudyState
from zenne.participation.feasibility.models import Feasibility, Study
from zenne.participation.selections.models import Selection
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "nl", "en")


@pytest.fixture(autouse=True)
def today(clock_shows):
    return clock_shows(make.LATER + timedelta(minutes=2))


def public(study, language="fr"):
    return f"/{language}/processes/{study.idea.process.slug}/studies/{study.feasibility_id}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyone_reads_what_was_found_on_the_idea_and_on_the_activity(client, language):
    study = make.answered(ideas.idea(title="Des <b>bancs</b>"), make.REFUSED)
    make.answered(ideas.idea(study.idea.activity))
    for address in (public(study, language), f"/{language}/processes/{study.idea.process.slug}/ideas/{study.idea.pk}/"):
        page = client.get(address)
        assert page.status_code == 200 and make.WHY[language] in page.text and "<b>bancs" not in page.text


def test_costs_and_months_stand_on_the_page_of_the_idea(client):
    study = make.answered()
    page = client.get(study.idea.get_absolute_url()).text
    assert "12\u202f500,50" in page.replace("\xa0", "\u202f") and "6 mois" in page


def test_a_late_answer_is_shown_as_late(client, clock_shows):
    study = make.study(due_on=date(2026, 6, 20))
    assert "La réponse est en retard" not in client.get(public(study)).text
    clock_shows(make.LATER + timedelta(days=10))
    assert "La réponse est en retard" in client.get(public(study)).text


def test_what_staff_ask_a_service_is_not_public(client):
    study = make.study(question="Entre nous")
    for address in (public(study), study.idea.get_absolute_url()):
        assert "Entre nous" not in client.get(address).text
    wish = Wish(now=make.LATER, asked={"process": str(study.idea.process_id)})
    row = next(iter(datasets["studies"].rows(wish)))
    assert "Entre nous" not in map(str, row)


@pytest.mark.parametrize("query", ["?state=feasible", "?state=nonsense", "?page=99", "?page=x"])
def test_filters_of_the_public_list_take_anything(client, query):
    assert client.get(public(make.answered()) + query).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_three_studies_ask_no_more_of_the_database_than_one(client, django_assert_num_queries, number):
    call = ideas.call()
    studies = [make.answered(ideas.idea(call)) for _ in range(number)]
    client.get(public(studies[0]))
    with django_assert_num_queries(7):
        client.get(public(studies[0]))


class TestAdapting:
    def test_the_author_adapts_from_the_page_of_the_idea(self, client_for):
        study = make.answered(finding=make.ADAPT)
        client = client_for(study.idea.author)
        address = f"/fr/processes/{study.idea.process.slug}/studies/adapt/{study.pk}/"
        assert address in client.get(study.idea.get_absolute_url()).text
        assert "Deux mètres plus loin" in client.get(address).text
        same = client.post(address, {"title": study.idea.title, "text": study.idea.text})
        assert same.status_code == 422
        assert client.post(address, {"title": "", "text": "Plus loin."}).status_code == 422
        assert client.post(address, {"title": "Un banc", "text": "Plus loin."}).status_code == 302
        study.refresh_from_db()
        assert study.state == StudyState.IN_PROGRESS
        assert client.post(address, {"title": "Un banc", "text": "Encore."}).status_code == 403

    def test_others_are_refused(self, client, client_for):
        study = make.answered(finding=make.ADAPT)
        address = f"/fr/processes/{study.idea.process.slug}/studies/adapt/{study.pk}/"
        assert client.get(address).status_code in (302, 401, 403)
        assert client_for(ideas.resident()).get(address).status_code == 403
        assert client_for(ideas.resident()).get(address.replace(str(study.pk), "9" * 25)).status_code == 404


class TestDesk:
    def test_a_manager_sends_and_the_service_answers(self, client_for):
        idea = ideas.idea()
        of, organisation = make.activity(idea.activity), idea.process.organisation
        service = make.service(organisation)
        manager, member = client_for(ideas.staff(organisation)), client_for(service.members.get())
        address = f"/manage/feasibility/send/{of.pk}/"
        assert manager.post(address, {"service": service.pk, "due_on": "2026-07-01"}).status_code == 422
        given = {"ideas": [idea.pk], "service": service.pk, "due_on": "2026-07-01", "question": "Possible ?"}
        assert manager.post(address, given).status_code == 302
        study = Study.objects.get()
        desk = f"/manage/study/study/{study.pk}/"
        assert "Possible ?" in member.get(desk).text
        refused = member.post(desk, {"verb": "answer", "to": "refused", "obstacle": "law"})
        assert refused.status_code == 422 and refused.text.count("tout le monde peut la lire.") == 1
        assert member.post(desk, {"verb": "begin"}).status_code == 302
        answer = {"verb": "answer", "to": "feasible", "cost": "12500.50", "delay_months": "6", "reason_fr": "Oui."}
        assert member.post(desk, answer).status_code == 302
        study.refresh_from_db()
        assert (study.state, study.cost_cents, study.reason) == ("feasible", 1_250_050, "Oui.")

    def test_only_managers_reach_the_sending_and_the_list(self, client_for):
        study = make.study()
        editor = client_for(study.service.members.get())
        for name in ("send", "list", "edit"):
            assert editor.get(f"/manage/feasibility/{name}/{study.feasibility_id}/").status_code in (302, 403)

    def test_an_answer_that_can_no_longer_change_is_still_read_at_the_desk(self, client_for):
        study = make.answered(finding=make.REFUSED)
        organisation = study.idea.process.organisation
        made = actions.publish_list(
            study.feasibility, title=make.TITLE, statement={}, by=ideas.staff(organisation), now=make.LATER
        )
        page = client_for(study.service.members.get()).get(f"/manage/study/study/{study.pk}/").text
        assert make.WHY["fr"] in page and "reason_fr" not in page
        assert re.search(rf"Voirie\s: {make.WHY['fr']}", made.choices.get().reason), (
            "French has a space before its colons"
        )

    def test_the_desks_of_activities_are_offered_to_whom_they_open(self, client_for):
        study = make.study()
        manager, member = client_for(ideas.staff(study.idea.process.organisation)), study.service.members.get()
        address = f"/manage/feasibility/send/{study.feasibility_id}/"
        assert address in manager.get("/manage/study/").text
        assert address not in client_for(member).get("/manage/study/").text

    def test_the_list_is_published_from_its_page(self, client_for):
        study = make.answered()
        organisation = study.idea.process.organisation
        manager = client_for(ideas.staff(organisation))
        address = f"/manage/feasibility/list/{study.feasibility_id}/"
        assert study.idea.title in manager.get(address).text
        assert manager.post(address, {}).status_code == 422
        titles = {f"title_{code}": make.TITLE[code] for code in LANGUAGES}
        answer = manager.post(address, titles)
        assert answer.status_code == 302 and answer.url == Selection.objects.get().get_absolute_url()
        assert "title_fr" not in manager.get(address).text, "published once"

    @pytest.mark.parametrize(
        "query", ["", "?due=late", "?state=refused", "?mine=1", "?q=banc", "?service=x", "?page=9"]
    )
    def test_the_overview_filters(self, client_for, query):
        study = make.study(ideas.idea(title="Un banc"))
        page = client_for(study.service.members.get()).get(f"/manage/study/{query}")
        assert page.status_code == 200
        assert ("Un banc" in page.text) == (query not in ("?due=late", "?state=refused"))

    def test_the_overview_begins_with_what_waits(self, client_for):
        answered = make.answered(ideas.idea(title="Un banc"), due_on=date(2026, 6, 20))
        waiting = make.study(ideas.idea(answered.idea.activity, title="Un arbre"), due_on=date(2026, 8, 1))
        page = client_for(answered.service.members.get()).get("/manage/study/").text
        assert page.index(waiting.idea.title) < page.index(answered.idea.title)

    def test_the_overview_of_three_asks_no_more_than_that_of_one(self, client_for, django_assert_max_num_queries):
        call = ideas.call()
        manager = client_for(ideas.staff(call.process.organisation))
        make.study(ideas.idea(call))
        counts = []
        for _ in range(2):
            manager.get("/manage/study/")
            with django_assert_max_num_queries(60) as asked:
                manager.get("/manage/study/")
            counts.append(len(asked))
            make.study(ideas.idea(call))
            make.study(ideas.idea(call))
        assert counts[0] == counts[1]

    def test_the_file_of_the_overview_holds_what_its_filter_shows(self):
        study = make.study(ideas.idea(title="Un banc"), question="=Possible ?")
        wish = Wish(now=make.LATER, asked={"state": "requested"}, organisations=(study.idea.process.organisation_id,))
        desk = datasets["studies.desk"]
        rows = list(desk.rows(wish))
        assert len(rows) == desk.count(wish) == 1 and len(rows[0]) == len(desk.columns)
        nothing = Wish(now=make.LATER, asked={"state": "refused"}, organisations=wish.organisations)
        assert desk.count(nothing) == 0

    def test_settings_ask_a_reason_once_it_opened(self, client_for):
        of = make.activity()
        manager = client_for(ideas.staff(of.activity.process.organisation))
        address = f"/manage/feasibility/edit/{of.pk}/"
        assert "reason_fr" in manager.get(address).text
        given = {"call": of.call.pk, "source": "", "days": "10"}
        assert manager.post(address, given).status_code in (200, 422)
        assert manager.post(address, {**given, "reason_fr": "Plus vite."}).status_code == 302
        assert Feasibility.objects.get().days == 10

    def test_settings_with_a_call_and_a_decision_are_refused_in_words(self, client_for):
        of = make.activity()
        manager = client_for(ideas.staff(of.activity.process.organisation))
        kept = selections.published([ideas.idea(of.call)])
        given = {"call": of.call.pk, "source": kept.pk, "days": "10", "reason_fr": "Plus vite."}
        page = manager.post(f"/manage/feasibility/edit/{of.pk}/", given).text
        assert "Choisissez un appel ou une décision" in page and "feasibility_begins" not in page

    def test_a_service_is_made_of_colleagues(self, client_for):
        organisation = ideas.process().organisation
        colleague, stranger = ideas.staff(organisation, Role.EDITOR), ideas.resident()
        manager = client_for(ideas.staff(organisation))
        given = {"organisation": organisation.pk, "name_fr": "Voirie", "name_nl": "Wegen", "name_en": "Roads"}
        address = "/manage/study_service/new/"
        assert manager.post(address, {**given, "members": [stranger.pk]}).status_code == 422
        assert manager.post(address, {**given, "members": [colleague.pk]}).status_code == 302
        assert list(organisation.services.get().members.all()) == [colleague]


def test_the_table_for_everyone_has_a_row_per_study(client):
    study = make.answered(finding=make.REFUSED)
    answer = client.get(f"/fr/processes/{study.idea.process.slug}/data/studies.csv")
    text = streamed(answer)
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["state"], row["reason"], row["cost_cents"]) == ("refused", make.WHY["fr"], "")
