"""What everyone reads of decisions and promises, and what staff do at their desks."""

import csv
import io
from datetime import timedelta

import pytest

from tests.participation.ideas import factories as ideas
from tests.participation.selections import factories as selected
from tests.visitors import streamed
from zenne.participation.decisions import actions
from zenne.participation.decisions.models import Commitment, Decision
from zenne.participation.selections import actions as selections
from zenne.people.organisations.enums import Role

from . import factories as make

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "nl", "en")


@pytest.fixture(autouse=True)
def today(clock_shows):
    return clock_shows(make.LATER + timedelta(minutes=2))


@pytest.fixture
def decided():
    call = ideas.call()
    return make.published([ideas.idea(call, title="Des bancs")], [ideas.idea(call, title="Un téléphérique")])


def home(decision, language="fr"):
    return f"/{language}/processes/{decision.process.slug}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_reads_in_three_languages(client, decided, language):
    page = client.get(f"{home(decided, language)}decisions/{decided.pk}/")
    assert page.status_code == 200
    for text in (f"Décision {language}", make.YES[language], make.NO[language], "2026/0617/12", "Des bancs"):
        assert text in page.text
    assert f"Décision {language}" in client.get(f"{home(decided, language)}decisions/").text
    assert f"Décision {language}" in client.get(f"{home(decided, language)}selections/2/").text, "its trace leads here"


def test_a_decision_being_prepared_is_nobodys_to_read(client):
    made = make.prepared()
    assert client.get(f"{home(made)}decisions/{made.pk}/").status_code == 404
    assert "2026/0617/12" not in client.get(f"{home(made)}decisions/").text


@pytest.mark.parametrize("number", ["0", "9" * 25])
def test_an_address_that_leads_nowhere_is_not_found(client, decided, number):
    assert client.get(f"{home(decided)}decisions/{number}/").status_code == 404


def test_a_late_step_is_shown_as_late_wherever_the_promise_stands(client, clock_shows, decided):
    commitment = decided.commitments.get()
    staff = ideas.staff(decided.process.organisation)
    title = {code: f"Étude {code}" for code in LANGUAGES}
    actions.add_milestone(commitment, title=title, due_on=make.TODAY, by=staff, now=make.LATER)
    addresses = [commitment.idea.get_absolute_url(), f"{home(decided)}decisions/", decided.get_absolute_url()]
    assert not any("Une étape est en retard" in client.get(address).text for address in addresses)
    clock_shows(make.LATER + timedelta(days=3))
    for address in addresses:
        text = client.get(address).text
        assert "Une étape est en retard" in text and "Étude fr" in text


def test_an_annulled_decision_stays_and_promises_nothing(client, decided):
    idea = decided.commitments.get().idea
    staff = ideas.staff(decided.process.organisation)
    selections.annul(decided.selection, reason=make.NO, by=staff, now=make.LATER)
    assert "annulée" in client.get(decided.get_absolute_url()).text
    assert "Ce qui a été promis</h2>" not in client.get(idea.get_absolute_url()).text
    assert "Ce qui a été promis</h2>" not in client.get(home(decided)).text


def test_the_table_has_a_row_per_promise_or_step(client, decided):
    address = f"{home(decided)}data/commitments.csv"

    def rows():
        text = streamed(client.get(address))
        return list(csv.DictReader(io.StringIO(text)))

    assert [(row["idea_title"], row["milestone"]) for row in rows()] == [("Des bancs", "")]
    commitment, staff = decided.commitments.get(), ideas.staff(decided.process.organisation)
    for day in (0, 5):
        due_on = make.TODAY + timedelta(days=day)
        actions.add_milestone(commitment, title={"fr": "Pose"}, due_on=due_on, by=staff, now=make.LATER)
    assert [row["due"] for row in rows()] == ["2026-06-17", "2026-06-22"]


@pytest.mark.parametrize("number", [1, 3])
def test_three_promises_ask_no_more_of_the_database_than_one(client, django_assert_num_queries, number):
    call = ideas.call()
    decision = make.published([ideas.idea(call) for _ in range(number)])
    address = f"{home(decision)}decisions/"
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)


class TestDesk:
    def test_from_the_form_to_a_public_decision(self, client_for):
        source = selected.published([ideas.idea()])
        organisation = source.process.organisation
        manager = client_for(ideas.staff(organisation))
        given = {"source": source.pk, "body": make.body(organisation).pk, "reference": "12", "decided_on": "2026-06-17"}
        titles = {f"title_{code}": f"Décision {code}" for code in LANGUAGES}
        assert manager.post("/manage/decision/new/", {**given, "reference": ""}).status_code == 422
        assert manager.post("/manage/decision/new/", {**given, **titles}).status_code == 302
        decision = Decision.objects.get()
        desk, ruling = f"/manage/decision/desk/{decision.pk}/", decision.rulings.get()
        assert manager.get(desk).status_code == 200
        key = f"ruling-{ruling.pk}"
        assert manager.post(desk, {"verb": "publish", f"{key}-accepted": ""}).status_code == 422
        assert manager.post(desk, {"verb": "keep", f"{key}-accepted": "yes"}).status_code == 302
        said = {"verb": "publish", f"{key}-accepted": "yes", f"{key}-reason_fr": "Oui."}
        assert manager.post(desk, said).status_code == 302
        assert Commitment.objects.get().state == "planned"

    def test_a_body_that_decided_stays_what_it_is(self, decided, client_for):
        body = decided.body
        manager = client_for(ideas.staff(body.organisation))
        address = f"/manage/decision_body/edit/{body.pk}/"
        given = {"organisation": body.organisation_id, "name_fr": "Le Collège", "name_nl": "", "role": "directors"}
        refused = manager.post(address, given)
        assert refused.status_code == 422 and "encodez plutôt un autre organe" in refused.text
        assert manager.post(address, {**given, "role": body.role}).status_code == 302
        body.refresh_from_db()
        assert (body.name_fr, body.role) == ("Le Collège", decided.body.role)

    def test_an_editor_follows_a_promise_up(self, client_for):
        commitment = make.commitment()
        editor = client_for(ideas.staff(commitment.decision.process.organisation, Role.EDITOR))
        address = f"/manage/commitment/promise/{commitment.pk}/"
        assert editor.get(address).status_code == 200 and editor.get("/manage/commitment/").status_code == 200
        step = {"verb": "add", "milestone-title_fr": "Pose", "milestone-due_on": "2026-07-01"}
        assert editor.post(address, {**step, "milestone-title_fr": ""}).status_code == 422
        assert editor.post(address, step).status_code == 302
        milestone = commitment.milestones.get()
        moved = {f"milestone-{milestone.pk}-title_fr": "Pose", f"milestone-{milestone.pk}-due_on": "2026-08-01"}
        assert editor.post(address, {"verb": "change", "milestone": milestone.pk, **moved}).status_code == 302
        done = {"verb": "done", "milestone": milestone.pk, "done_on": "2027-01-01"}
        assert editor.post(address, done).status_code == 422
        assert editor.post(address, {**done, "done_on": "2026-06-17"}).status_code == 302
        assert editor.post(address, {"verb": "state", "state-to": "stopped"}).status_code == 422
        assert editor.post(address, {"verb": "state", "state-to": "under_way"}).status_code == 302
        commitment.refresh_from_db()
        milestone.refresh_from_db()
        assert (commitment.state, milestone.first_due_on.month, milestone.done_on) == ("under_way", 7, make.TODAY)
        assert editor.post(address, {"verb": "nonsense"}).status_code == 302

    def test_an_editor_does_not_publish(self, client_for):
        decision = make.prepared()
        editor = client_for(ideas.staff(decision.process.organisation, Role.EDITOR))
        key = f"ruling-{decision.rulings.get().pk}"
        said = {"verb": "publish", f"{key}-accepted": "yes", f"{key}-reason_fr": "Oui."}
        assert editor.post(f"/manage/decision/desk/{decision.pk}/", said).status_code == 403
        assert not Commitment.objects.exists()
