"""The public pages: in three languages, with and without something to show, for visitors, staff and holders of a key."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.documents import get_document_model

from tests.people.organisations.factories import member, person
from zenne.participation.processes import actions
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Document, FrequentQuestion, TeamMember
from zenne.people.organisations.enums import Role
from zenne.places.areas.models import Area
from zenne.web import slots

from .factories import AFTER, BEFORE, CLOSES, DURING, draft, manager_of, news, only_activity, phase, published, texts

LANGUAGES = ["fr", "nl", "en"]
PAGES = ["", "news/", "changes/", "rules/", "poster/"]
WHY = {"fr": "Trop chaud", "nl": "Te warm"}


@pytest.fixture(autouse=True)
def during(clock_shows):
    return clock_shows(DURING)


@pytest.fixture
def visit(client_for):
    return client_for(None).get


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def full(jette, kind):
    """A process with something in every corner of its page, where a rule changed."""
    process = published(
        jette, kind=kind, contact_name="An", contact_email="an@jette.test", **texts(contact_text="Mornings")
    )
    by = manager_of(jette)
    actions.add_content(
        process, FrequentQuestion, values=texts(question="Who?", answer="All of you"), by=by, now=DURING
    )
    actions.add_content(process, TeamMember, values={"name": "Bart", **texts(task="Moderates")}, by=by, now=DURING)
    news(process)
    actions.extend_window(
        only_activity(process).phase, closes_at=CLOSES + timedelta(days=2), reason=WHY, by=by, now=DURING
    )
    return process


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_every_language(visit, full, language, page):
    response = visit(f"/{language}/processes/{full.slug}/{page}")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in text(response)


def test_a_page_in_a_language_nobody_promised_marks_the_words_of_another(visit, full):
    full.title_en = full.summary_en = ""
    full.save()
    assert '<h1><span lang="fr">Our squares fr</span></h1>' in text(visit(f"/en/processes/{full.slug}/"))
    assert "<h1>Our squares nl</h1>" in text(visit(f"/nl/processes/{full.slug}/"))


def test_the_page_tells_where_it_stands_and_what_can_be_done(visit, full):
    page = text(visit(f"/en/processes/{full.slug}/"))
    assert "Call en: open, 11 days left" in page
    assert "Open until 23 June included" in page
    assert f'href="/fr/trial/{full.slug}/"' in page
    for words in ("Who?", "All of you en", "Bart", "Moderates en", "an@jette.test", "We are off en"):
        assert words in page


def test_a_page_asks_as_much_for_three_of_each_as_for_one(visit, full, django_assert_num_queries):
    by = manager_of(full.organisation)

    def add_one_of_each(number):
        phase(full, opens_at=CLOSES + timedelta(days=9 + number), closes_at=None)
        actions.add_content(full, FrequentQuestion, values=texts(question="Why?", answer="So"), by=by, now=DURING)
        news(full)

    add_one_of_each(0)
    visit(f"/fr/processes/{full.slug}/")
    with CaptureQueriesContext(connection) as once:
        visit(f"/fr/processes/{full.slug}/")
    add_one_of_each(1)
    add_one_of_each(2)
    with django_assert_num_queries(len(once)):
        visit(f"/fr/processes/{full.slug}/")
    assert len(once) <= 20


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(visit, jette, count, django_assert_num_queries):
    for _number in range(count):
        published(jette)
    visit("/fr/processes/")
    with django_assert_num_queries(4):
        visit("/fr/processes/")


@pytest.mark.parametrize("page", PAGES)
def test_a_draft_is_not_there_without_its_key(visit, client_for, jette, page):
    process = draft(jette)
    address = f"/fr/processes/{process.slug}/{page}"
    assert visit(address).status_code == 404
    assert visit(f"{address}?preview=wrong").status_code == 404
    shown = visit(f"{address}?preview={process.preview_key}")
    assert shown.status_code == 200
    assert "noindex" in text(shown)
    assert client_for(member(jette, Role.EDITOR)).get(address).status_code == 200


def test_a_preview_stays_one_from_page_to_page(visit, jette):
    process = draft(jette)
    phase(process)
    assert f"/poster/?preview={process.preview_key}" in text(visit(process.get_preview_url()))


def test_the_old_preview_link_opens_nothing_any_more(visit, jette, manager):
    process = draft(jette)
    old = process.get_preview_url()
    actions.renew_preview_link(process, by=manager, now=BEFORE)
    assert visit(old).status_code == 404


def test_an_archived_process_stays_at_its_address(visit, full, manager):
    actions.archive_process(full, by=manager, now=AFTER)
    assert "This process is archived" in text(visit(f"/en/processes/{full.slug}/"))


def test_the_list_is_searched_and_narrowed(visit, jette):
    wanted = published(jette, title_fr="La fontaine")
    other = published(jette)
    page = text(visit("/fr/processes/?q=FONTAINE"))
    assert wanted.slug in page and other.slug not in page
    assert "Nothing matches" in text(visit("/en/processes/?state=past"))
    assert other.slug in text(visit(f"/fr/processes/?organisation={jette.slug}&state=open"))


@pytest.mark.parametrize(
    "query", ["state=nonsense", "organisation=nobody", "after=x", "after=999999", "q=" + "x" * 500]
)
def test_an_address_that_makes_no_sense_narrows_nothing(visit, jette, query):
    process = published(jette)
    response = visit(f"/fr/processes/?{query}")
    assert response.status_code == 200
    assert process.slug in text(response)


def test_an_empty_platform_says_so_calmly(visit, db):
    assert "Nothing yet" in text(visit("/en/processes/"))


def test_a_long_list_goes_on_by_key(visit, jette):
    made = [published(jette) for _number in range(13)]
    first = text(visit("/fr/processes/"))
    assert f"after={made[1].pk}" in first and f"/{made[0].slug}/" not in first
    assert f"/{made[0].slug}/" in text(visit(f"/fr/processes/?after={made[1].pk}"))


def test_htmx_gets_only_the_results(visit, jette):
    published(jette)
    page = text(visit("/fr/processes/", headers={"HX-Request": "true"}))
    assert "<html" not in page and 'class="card' in page


def test_a_folder_shows_its_public_processes(visit, jette, manager):
    folder = actions.create_folder(
        organisation=jette, values={"slug": "2020", **texts(title="The year")}, by=manager, now=BEFORE
    )
    assert visit("/fr/processes/folders/2020/").status_code == 404
    process = actions.move_to_folder(published(jette), folder=folder, by=manager, now=BEFORE)
    page = text(visit("/nl/processes/folders/2020/"))
    assert "The year nl" in page and process.slug in page


def test_news_is_read_until_it_is_withdrawn(visit, full, manager):
    post = full.news.get()
    address = f"/en/processes/{full.slug}/news/{post.pk}/"
    assert "First ideas are in. en" in text(visit(address))
    actions.withdraw_news(post, by=manager, now=DURING)
    assert visit(address).status_code == 404
    assert "No news yet" in text(visit(f"/en/processes/{full.slug}/news/"))


def test_a_change_is_told_in_words(visit, full):
    page = text(visit(f"/en/processes/{full.slug}/changes/"))
    assert "before: </span>21 June 2020 included</del>" in page
    assert "after: </span>23 June 2020 included</ins>" in page
    assert '<span lang="fr">Trop chaud</span>' in page
    assert "Te warm" in text(visit(f"/nl/processes/{full.slug}/changes/"))


def test_a_changed_permission_and_a_kinds_own_rule_are_told_in_words(visit, full, manager, limit):
    activity = only_activity(full)
    home = Area.objects.create(kind="commune", code="21010", name_fr="Jette", name_nl="Jette")
    values = {"level": "verified", "area": home, "minimum_age": 16, "questions": ["gender"]}
    actions.set_permission(activity, action=Action.PROPOSE, values=values, by=manager, now=DURING, reason=WHY)
    with actions.changing_settings(activity, by=manager, now=DURING, reason=WHY):
        limit["most"] = None
    page = text(visit(f"/en/processes/{full.slug}/changes/"))
    assert "Residents whose identity was checked, living in Jette, aged 16 or more · What is your gender?" in page
    assert "<dt>Ideas each</dt>" in page
    assert "before: </span>3</del>" in page and "after: </span>–</ins>" in page


def test_rules_stand_word_for_word_with_their_fingerprint(visit, full):
    page = visit(f"/en/processes/{full.slug}/rules/").content.decode()
    for version in only_activity(full).rule_versions.all():
        assert version.digest in page
        assert version.text.replace('"', "&quot;") in page
        file = visit(f"/en/processes/{full.slug}/rules/{version.pk}.json").content
        assert hashlib.sha256(file).hexdigest() == version.digest
    assert visit(f"/en/processes/{full.slug}/rules/0.json").status_code == 404


def test_following_leads_through_signing_in_and_back(client_for, full):
    address = f"/fr/processes/{full.slug}/follow/"
    away = client_for(None).post(address)
    assert (away.status_code, "/account/" in away.headers["Location"]) == (302, True)
    resident = person()
    client = client_for(resident)
    assert client.post(address).headers["Location"] == f"/fr/processes/{full.slug}/#follow"
    assert full.follows.get().person == resident
    button = client.post(address, {"stop": "1"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in text(button)
    assert not full.follows.exists()


def test_the_qr_code_and_the_picture_are_made(visit, full):
    code = visit(f"/fr/processes/{full.slug}/qr.svg")
    assert (code.headers["Content-Type"], code.content[:4]) == ("image/svg+xml", b"<svg")
    picture = visit(f"/fr/processes/{full.slug}/picture.png")
    assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
    assert f"/fr/processes/{full.slug}/picture.png" in text(visit(f"/fr/processes/{full.slug}/"))


def test_the_area_is_drawn_where_there_is_an_outline(visit, full):
    assert visit(f"/fr/processes/{full.slug}/area.json").status_code == 404
    square = {"type": "Polygon", "coordinates": [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.8]]]}
    box = {"west": 4.3, "east": 4.4, "south": 50.8, "north": 50.9}
    full.area = Area.objects.create(
        kind="commune", code="21010", name_fr="Jette", name_nl="Jette", outline=square, **box
    )
    full.save()
    assert visit(f"/fr/processes/{full.slug}/area.json").json()["features"][0]["geometry"] == square
    assert "area.json" in text(visit(f"/fr/processes/{full.slug}/"))


def test_rooms_above_fill_the_slots_of_the_page(visit, full, monkeypatch):
    monkeypatch.setattr(slots.fills, "_items", {})
    slots.register("process.facts", lambda request, process: f"<div><dt>ideas</dt><dd>42 {process.slug}</dd></div>")
    slots.register("process.activities.trial", lambda request, activity: f"<p>within {activity.pk}</p>")
    slots.register("process.after", lambda request, process: "<p>afterwards</p>")
    page = text(visit(f"/fr/processes/{full.slug}/"))
    for words in (f"42 {full.slug}", f"within {only_activity(full).pk}", "afterwards"):
        assert words in page


def test_documents_are_shown_in_the_language_of_the_page(visit, full, manager):
    for language in ("fr", "nl"):
        file = get_document_model().objects.create(title=language, file=ContentFile(b"x", f"plan-{language}.txt"))
        values = {"file": file, "language": language, f"title_{language}": f"Plan {language}"}
        actions.add_content(full, Document, values=values, by=manager, now=DURING)
    page = text(visit(f"/nl/processes/{full.slug}/"))
    assert "Plan nl" in page and "Plan fr" not in page
