"""The pages: what everybody reads, the one door of the room tried from every side, and what each page of it does."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.participation.ideas.factories import NOW, resident, staff
from tests.participation.panels.factories import (
    amendment,
    body,
    by_post,
    draft,
    keys,
    manager,
    meeting,
    member,
    panel,
    paper,
)
from zenne.messaging.campaigns.kinds import audiences
from zenne.messaging.outbox.tasks import send_due
from zenne.opendata.exports.kinds import Wish, datasets
from zenne.participation.panels import actions, queries
from zenne.participation.panels.enums import DraftState
from zenne.participation.panels.models import Amendment, Panel, Paper, Post, StrawPoll
from zenne.participation.panels.urls import urlpatterns
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def address(name: str, made: Panel, *more: object, language: str = "fr") -> str:
    url = reverse(f"panels:{name}", args=[made.process.slug, made.pk, *more])
    return f"/{language}{url[3:]}"


@pytest.fixture
def two():
    made = panel()
    return made, member(made, "An Secret"), member(made, "Bo Secret")


def doors(made: Panel, an) -> list[str]:
    """Every private address of a panel with something in each."""
    later = NOW.replace(year=2027)
    thread = actions.open_thread(made, title="SUJET-PRIVE", text="MOT-PRIVE", by=an.person, now=NOW)
    poll = actions.ask(made, question="SONDAGE-PRIVE", options=["A", "B"], closes_at=later, by=an.person, now=NOW)
    text = draft(made, an.person, "TEXTE-PRIVE", amending=True)
    one, file, first = amendment(text, an.person), paper(made, an.person), keys(text)[0]
    more = {
        "meeting": [meeting(made).pk],
        "paper": [file.pk],
        "thread": [thread.pk],
        "post": [thread.posts.get().pk],
        "poll": [poll.pk],
        "draft": [text.pk],
        "new_paragraph": [text.pk],
        "paragraph": [text.pk, first],
        "propose": [text.pk, first],
        "versions": [text.pk],
        "restore": [text.pk, 1],
        "amendment": [text.pk, one.pk],
    }
    names = [each.name for each in urlpatterns if each.name not in ("join", "page")]
    return [*(address(name, made, *more.get(name, [])) for name in names), file.upload.get_absolute_url()]


def test_no_door_of_the_room_opens_for_who_does_not_sit_today(two, client_for):
    made, an, bo = two
    addresses = doors(made, an)
    former = bo.person
    actions.vacate(bo, by=former, now=NOW)
    made.group.members.add(resident("Handmade"))  # a group that somebody edited opens nothing here
    strangers = {
        "a resident": resident(),
        "a former member": former,
        "in the group by hand": made.group.members.get(name="Handmade"),
        "a member of another panel": member(panel()).person,
        "a manager elsewhere": manager(panel()),
        "a moderator of the house": staff(made.process.organisation, Role.MODERATOR),
    }
    for name, person in strangers.items():
        client = client_for(person)
        for url in addresses:
            for method in ("get", "post"):
                answer = getattr(client, method)(url, follow=True)  # what is only posted to leads to its page
                refused = (403, 404) if method == "get" else (403, 404, 405)
                assert answer.status_code in refused, (name, method, url, answer.status_code)
                assert b"PRIVE" not in answer.content and b"Secret" not in answer.content, (name, url)
    visitor = client_for(None)
    for url in addresses:
        answer = visitor.get(url)
        assert answer.status_code in (302, 404) and b"PRIVE" not in answer.content, url
        assert visitor.post(url).status_code in (302, 403, 404, 405)
    assert (Post.objects.count(), Paper.objects.count(), StrawPoll.objects.count()) == (1, 1, 1)


def test_every_door_opens_for_a_member_and_the_secretariat(two, client_for):
    made, an, bo = two
    addresses = doors(made, an)
    for person in (bo.person, manager(made), staff(made.process.organisation, Role.EDITOR)):
        client = client_for(person)
        for url in addresses:
            expected = 200 if "my-seat" not in url or person == bo.person else 403
            assert client.get(url, follow=True).status_code == expected, (person.name, url)


def test_things_of_another_panel_are_not_found_through_ones_own(two, client_for):
    made, _an, bo = two
    other = panel(made.process, name={"fr": "B", "nl": "B", "en": "B"})
    stranger = member(other, "Stranger")
    theirs = [url.replace(f"/panels/{other.pk}/", f"/panels/{made.pk}/") for url in doors(other, stranger)[:-1]]
    client = client_for(bo.person)
    for url in theirs:
        assert b"PRIVE" not in client.get(url).content, url
        client.post(url, {"text": "Intrus", "verb": "delete", "to": "writing"})
    assert not Post.objects.filter(text="Intrus", thread__panel=other).exists()
    assert Post.objects.get(thread__panel=other).text == "MOT-PRIVE"


def test_the_public_page_names_nobody_who_did_not_choose_it(two, client_for):
    made, an, _bo = two
    actions.introduce(an, name="Annelies", district="Bosnie", by=an.person, now=NOW)
    meeting(made, days=3, private=False, title="Séance ouverte")
    meeting(made, days=4, private=True, title="Séance fermée")
    page = client_for(None).get(address("page", made)).content.decode()
    assert "Annelies, Bosnie" in page and "Siège 2</p>" in page
    assert "Secret" not in page and "Séance ouverte" in page and "Séance fermée" not in page
    assert "Que faire de la place" in page and "50 €" in page.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_public_page_is_there_in_every_language(two, client_for, language):
    assert client_for(None).get(address("page", two[0], language=language)).status_code == 200


def test_the_public_page_costs_the_same_for_many_seats(client_for):
    costs = []
    for number in (1, 3):
        made = panel()
        for at in range(number):
            member(made, f"N{at}")
        client = client_for(None)
        client.get(address("page", made))
        with _counted() as counted:
            client.get(address("page", made) + "?x=1")
        costs.append(len(counted))
    assert costs[0] == costs[1]


def _counted() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def test_lists_of_the_room_cost_the_same_for_one_thing_and_three(two, client_for):
    made, an, bo = two
    client, later = client_for(bo.person), NOW.replace(year=2027)

    def fill() -> None:
        thread = actions.open_thread(made, title="Sujet", text="Mot", by=an.person, now=NOW)
        actions.say(thread, text="Encore", by=manager(made), now=NOW)
        poll = actions.ask(made, question="Q", options=["A", "B"], closes_at=later, by=an.person, now=NOW)
        actions.answer_poll(poll, options=[poll.options.first().pk], by=bo.person, now=NOW)
        draft(made, an.person)
        paper(made, an.person)
        meeting(made, days=2)

    def costs() -> list[int]:
        numbers = []
        for name in ("room", "agenda", "papers", "threads", "polls", "drafts"):
            with _counted() as counted:
                assert client.get(address(name, made)).status_code == 200
            numbers.append(len(counted))
        return numbers

    fill()
    client.get(address("room", made))
    one = costs()
    fill()
    fill()
    assert costs() == one


def test_the_desk_costs_the_same_for_one_seat_and_three(client_for):
    costs = []
    for number in (1, 3):
        made = panel()
        for at in range(number):
            member(made, f"N{at}")
            meeting(made, days=-at - 1)
        client = client_for(manager(made))
        client.get(desk(made))
        with _counted() as counted:
            assert client.get(desk(made)).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_a_member_talks_and_the_secretariat_moderates(two, client_for):
    made, an, _bo = two
    mine, theirs = client_for(an.person), client_for(manager(made))
    answer = mine.post(address("new_thread", made), {"title": "Arbres", "text": "Plantons."})
    thread = made.threads.get()
    assert answer.url.endswith(address("thread", made, thread.pk)[3:])
    assert mine.post(address("thread", made, thread.pk), {"text": ""}).status_code == 422
    post = thread.posts.get()
    theirs.post(address("post", made, post.pk), {"verb": "hide", "reason": "Hors sujet"})
    page = mine.get(address("thread", made, thread.pk)).content.decode()
    assert "Hors sujet" in page and "Plantons." not in page
    theirs.post(address("thread", made, thread.pk), {"closed": "1"})
    assert mine.post(address("thread", made, thread.pk), {"text": "Encore"}).status_code == 422


def test_a_secret_poll_shows_nothing_before_it_closes(two, client_for):
    made, an, bo = two
    poll = actions.ask(
        made,
        question="Qui ?",
        options=["Alpha", "Beta"],
        secret=True,
        closes_at=NOW.replace(day=20),
        by=an.person,
        now=NOW,
    )
    mine = client_for(bo.person)
    url = address("poll", made, poll.pk)
    assert mine.post(url, {}).status_code == 422
    assert mine.post(url, {"options": poll.options.first().pk}).status_code == 302
    page = mine.get(url).content.decode()
    assert "100 %" not in page and 'class="bars"' not in page
    actions.close_poll(poll, by=manager(made), now=NOW)
    assert 'class="bars"' in mine.get(url).content.decode()


def test_what_was_typed_is_kept_when_somebody_was_first(two, client_for):
    made, an, bo = two
    text = draft(made, an.person)
    first = keys(text)[0]
    mine = client_for(bo.person)
    url = address("paragraph", made, text.pk, first)
    actions.word_paragraph(
        text, key=first, base=3, title="Point 1", text="Le texte de An.", asks=True, by=an.person, now=NOW
    )
    answer = mine.post(url, {"title": "Point 1", "text": "Le texte de Bo.", "asks": "on", "base": "3"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Le texte de Bo.</textarea>" in page and "<del>An</del>" in page
    again = mine.post(url, {"title": "Point 1", "text": "An et Bo.", "asks": "on", "base": "4"})
    assert again.status_code == 302
    assert text.versions.order_by("-number").first().paragraphs[0]["text"] == "An et Bo."


@pytest.mark.parametrize(
    "given", [{}, {"base": "x"}, {"base": "-1", "text": "a"}, {"base": "99999999999", "text": "a"}]
)
def test_bad_forms_of_a_paragraph_are_answered_in_words(two, client_for, given):
    made, an, _bo = two
    text = draft(made, an.person)
    assert client_for(an.person).post(address("paragraph", made, text.pk, keys(text)[0]), given).status_code == 422


def test_versions_are_compared_and_bad_numbers_fall_back(two, client_for):
    made, an, _bo = two
    text = draft(made, an.person)
    mine = client_for(an.person)
    for asked in ("", "?from=1&to=3", "?from=3&to=1", "?from=x&to=999999999999999999999", "?from=\u0663"):
        assert mine.get(address("versions", made, text.pk) + asked).status_code == 200
    page = mine.get(address("versions", made, text.pk) + "?from=1&to=3").content.decode()
    assert "<ins>Des arbres.</ins>" in page


def test_an_amendment_goes_its_way_on_the_page(two, client_for):
    made, an, bo = two
    text = draft(made, an.person, amending=True)
    mine, keeper = client_for(bo.person), client_for(an.person)
    first = keys(text)[0]
    sent = {"change": "rewrite", "title": "Point 1", "text": "Dix arbres.", "motive": "Plus clair."}
    assert mine.post(address("propose", made, text.pk, first), {**sent, "motive": ""}).status_code == 422
    assert mine.post(address("propose", made, text.pk, first), sent).status_code == 302
    one = Amendment.objects.get()
    url = address("amendment", made, text.pk, one.pk)
    assert keeper.post(url, {"verb": "say", "text": "Bien."}).status_code == 302
    assert mine.post(url, {"verb": "take", "take-title": "P", "take-text": "t", "take-base": "3"}).status_code == 403
    assert keeper.post(url, {"verb": "refuse", "refuse-reason": ""}).status_code == 422
    taken = {"verb": "take", "take-title": "Point 1", "take-text": "Dix arbres.", "take-base": "3"}
    assert keeper.post(url, taken).status_code == 302
    assert "Bien." in mine.get(url).content.decode()
    assert keeper.post(url, taken).status_code in (200, 409, 422)


def test_the_code_of_a_letter_opens_the_room_once(client_for, mailbox):
    made = panel()
    seat = actions.seat(
        made, contact=actions.Contact(name="Karim", email="karim@example.org", language="fr"), by=None, now=NOW
    )
    actions.write_to(seat, by=None, now=NOW)
    send_due()
    letter = mailbox[-1].get_body(("plain",)).get_content()
    code = actions.code_of(seat)
    assert code in letter and "Conseil citoyen" in mailbox[-1]["Subject"]
    visitor = client_for(None).get("/fr/panels/join/?code=x")
    assert visitor.status_code == 302
    me = client_for(resident("Karim"))
    assert code in me.get(f"/fr/panels/join/?code={code}").content.decode()
    assert me.post("/fr/panels/join/", {"code": "nothing"}).status_code == 422
    assert me.post("/fr/panels/join/", {"code": code}).status_code == 302
    assert me.get(address("room", made)).status_code == 200
    assert client_for(resident()).post("/fr/panels/join/", {"code": code}).status_code == 422


def test_members_hear_that_there_is_something_never_what_was_said(two, django_capture_on_commit_callbacks):
    made, an, bo = two
    with_text = "Le secret de la place."
    with django_capture_on_commit_callbacks(execute=True):
        actions.open_thread(made, title="Arbres", text=with_text, by=an.person, now=NOW)
    told = bo.person.notifications.get()
    assert "Arbres" in str(told.facts)
    assert with_text not in str(told.facts) and not an.person.notifications.exists()


def test_a_campaign_reaches_whoever_sits(two):
    made, an, bo = two
    audience = audiences["panels.members"]
    house = made.process.organisation
    assert set(audience.people(house, made.pk)) == {an.person, bo.person}
    assert not audience.people(panel().process.organisation, made.pk)


# The back office


def desk(made: Panel, name: str = "edit", *more: object) -> str:
    return reverse(f"panel:{name}", args=[made.pk, *more])


def test_managers_form_a_panel_seat_people_and_print_their_letter(client_for):
    made = panel()
    boss = manager(made)
    client = client_for(boss)
    given = {
        "process": made.process_id,
        "size": 2,
        "allowance": "62.50",
        "begins_on": "2026-06-01",
        "ends_on": "2027-05-31",
        "half_ends_on": "2028-05-31",
    }
    assert client.post(reverse("panel:add"), given).status_code == 422  # its name is missing
    names = {"name_fr": "Panel A", "name_nl": "Panel A", "name_en": "Panel A"}
    assert client.post(reverse("panel:add"), {**given, **names}).status_code == 302
    fresh = Panel.objects.exclude(pk=made.pk).get()
    assert (fresh.allowance, fresh.terms.count()) == (6250, 2)
    seat = {"verb": "seat", "name": "Karim", "address": "Rue 1", "language": "nl"}
    assert client.post(desk(fresh), {**seat, "address": ""}).status_code == 422
    assert client.post(desk(fresh), seat).status_code == 302
    one = fresh.seats.get()
    page = client.get(desk(fresh, "letter", one.pk)).content.decode()
    assert actions.code_of(one) in page and "U hebt een zetel" in page
    assert Entry.objects.filter(event="panel.code_shown", about_id=one.pk).exists()
    assert client.post(desk(fresh, "vacate", one.pk), {"end": "withdrawn", "reason": ""}).status_code == 422
    assert client.post(desk(fresh, "vacate", one.pk), {"end": "withdrawn", "reason": "Parti."}).status_code == 302
    assert client.get(desk(fresh, "letter", one.pk)).status_code == 404


def test_the_secretariat_takes_attendance_and_managers_take_the_list_to_pay(client_for):
    made = panel()
    an, karim = member(made, "An"), by_post(made)
    account = {"account": "BE68 5390 0754 7034"}
    actions.change_contact(an, contact=actions.Contact(name="An"), **account, by=an.person, now=NOW)
    one = meeting(made)
    editor, boss = client_for(staff(made.process.organisation, Role.EDITOR)), client_for(manager(made))
    url = desk(made, "attendance", one.pk)
    assert editor.post(url, {"present": ["999999"]}).status_code == 422
    assert editor.post(url, {"present": [an.pk, karim.pk]}).status_code == 302
    pay = {"verb": "pay", "first_day": "2026-06-01", "last_day": "2026-06-15"}
    editor.post(desk(made), pay)
    assert not made.payouts.exists()
    assert boss.post(desk(made), pay).status_code == 302
    closed = made.payouts.get()
    answer = boss.get(desk(made, "payout", closed.pk, "csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ["BE68539007547034", "", ""]  # pragma: allowlist secret
    assert [(row[1], row[3], row[4], row[5]) for row in rows[1:]] == [
        ("An", "1", "50.00", "5000"),
        ("Karim", "1", "50.00", "5000"),
        ("", "2", "100.00", "10000"),
    ]
    taken = Entry.objects.get(event="panel.payout_taken")
    assert taken.details["accounts_of_seats"] == [an.number]
    assert boss.get(desk(made, "payout", closed.pk, "xlsx")).content[:2] == b"PK"
    assert boss.get(desk(made, "payout", closed.pk, "exe")).status_code == 404
    home = reverse("wagtailadmin_home")
    for name, more in (
        ("payout", [closed.pk, "csv"]),
        ("letter", [karim.pk]),
        ("contact", [an.pk]),
        ("vacate", [an.pk]),
    ):
        answer = editor.get(desk(made, name, *more))
        assert answer.status_code == 403 or (answer.status_code == 302 and answer.url == home), name


def test_managers_issue_a_text_from_the_desk(two, client_for):
    made, an, _bo = two
    text = draft(made, an.person, amending=True)
    boss = client_for(manager(made))
    url = desk(made, "issue", text.pk)
    assert boss.get(url).status_code == 200
    assert boss.post(url, {"body": body(made).pk, "due_on": "2026-01-01"}).status_code == 422
    assert boss.post(url, {"body": body(panel()).pk, "due_on": "2026-09-01"}).status_code == 422
    assert boss.post(url, {"body": body(made).pk, "due_on": "2026-09-01"}).status_code == 302
    text.refresh_from_db()
    assert text.state == DraftState.ISSUED
    public = client_for(None).get(address("page", made)).content.decode()
    assert "Une place pour tous" in public


@pytest.mark.parametrize(
    "given",
    [
        {"verb": "renew", "begins_on": "0001-01-01", "ends_on": "9999-12-31"},
        {"verb": "renew", "begins_on": "2027-01-02", "ends_on": "2027-01-01"},
        {"verb": "split", "term": "x", "ends_on": "2027-01-01"},
        {"verb": "pay", "first_day": "2026-06-20", "last_day": "2026-06-01"},
        {"verb": "end", "reason": " "},
        {"verb": "seat", "name": "x", "email": "no", "language": "xx"},
    ],
)
def test_bad_forms_of_the_desk_are_answered_in_words(two, client_for, given):
    assert client_for(manager(two[0])).post(desk(two[0]), given).status_code == 422


def test_an_unknown_button_or_seat_does_nothing(two, client_for):
    client = client_for(manager(two[0]))
    for given in ({"verb": "nothing"}, {"verb": "welcome", "item": "x"}, {"verb": "code", "item": "9" * 30}):
        assert client.post(desk(two[0]), given).status_code == 302


# What goes out to everyone


def test_the_dataset_sums_terms_and_names_nobody(two):
    made, an, _bo = two
    actions.take_attendance(made, meeting(made), present=[an.pk], by=manager(made), now=NOW)
    dataset = datasets["panels"]
    rows = list(dataset.rows(Wish(now=NOW, asked={"process": str(made.process_id)})))
    assert [row[-4:] for row in rows] == [(2, 1, 2, 1)]
    assert "Secret" not in str(rows) and not any(column.personal for column in dataset.columns)
    assert list(dataset.rows(Wish(now=NOW, asked={"process": "x"}))) == []


def test_the_api_tells_the_sums_and_names_nobody(two, client_for):
    made, an, bo = two
    actions.introduce(an, name="Annelies", district="", by=an.person, now=NOW)
    actions.take_attendance(made, meeting(made), present=[an.pk, bo.pk], by=manager(made), now=NOW)
    answer = client_for(None).get("/api/v1/panels")
    found = answer.json()["items"][0]
    assert (found["size"], found["meetings"], found["expected"], found["attended"]) == (3, 1, 2, 2)
    assert "Annelies" not in answer.content.decode() and "Secret" not in answer.content.decode()
    assert client_for(None).get(f"/api/v1/panels/{made.pk}").json()["id"] == made.pk
    assert client_for(None).get("/api/v1/panels/99999").status_code == 404


def test_a_process_shows_its_panels_and_a_member_the_way_in(two, client_for):
    made, an, _bo = two
    assert address("page", made) in client_for(None).get(f"/fr/processes/{made.process.slug}/").content.decode()
    assert made.room_url[3:] in client_for(an.person).get("/fr/account/profile/", follow=True).content.decode()


def test_panels_of_drafts_are_not_there(two, client_for):
    made = two[0]
    type(made.process).objects.filter(pk=made.process_id).update(state="draft")
    assert client_for(None).get(address("page", made)).status_code == 404
    assert client_for(None).get(f"/api/v1/panels/{made.pk}").status_code == 404
    assert not queries.public()


def test_a_file_that_is_none_is_told_so(two, client_for):
    made, an, _bo = two
    mine = client_for(an.person)
    url = address("papers", made)
    assert mine.post(url, {}).status_code == 422
    assert mine.post(url, {"file": SimpleUploadedFile("x.exe", b"MZ\x00\x01")}).status_code in (413, 415, 422)
    assert mine.post(url, {"file": SimpleUploadedFile("x.txt", b"Bonjour"), "title": "Note"}).status_code == 302
    assert made.papers.get().upload.owner is None
