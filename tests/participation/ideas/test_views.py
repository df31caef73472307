from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.messaging.notifications.telling import post_leaves, told
from tests.participation.ideas.factories import NO, NOW, call, idea, in_state, on_paper, process, resident, staff
from zenne.participation.ideas import actions
from zenne.participation.ideas import notifications as ideas_say
from zenne.participation.ideas.enums import IdeaState, Moderation
from zenne.participation.ideas.models import Draft, Idea
from zenne.participation.processes.enums import ProcessState
from zenne.people.moderation.actions import decide as hide
from zenne.people.moderation.enums import Ground, Verdict
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(clock_shows):
    clock_shows(NOW)


def text_of(response):
    return response.content.decode()


class TestList:
    def test_shows_public_ideas_and_how_to_propose(self, client):
        shown = idea(title="Un jardin de pluie")
        hidden = in_state(IdeaState.REJECTED, shown.activity, title="Du spam")
        page = text_of(client.get(f"/fr/processes/{shown.process.slug}/ideas/"))
        assert shown.title in page
        assert hidden.title not in page
        assert f"/fr/processes/{shown.process.slug}/ideas/new/" in page

    @pytest.mark.parametrize("view", ["", "list", "map"])
    @pytest.mark.parametrize("sort", ["", "random", "newest", "supported", "discussed", "nonsense"])
    def test_every_way_of_showing_in_every_order(self, client, view, sort):
        shown = idea()
        Idea.objects.filter(pk=shown.pk).update(lon=4.35, lat=50.85)
        answer = client.get(f"/fr/processes/{shown.process.slug}/ideas/", {"view": view, "sort": sort})
        assert answer.status_code == 200
        assert shown.title in text_of(answer)

    @pytest.mark.parametrize(
        "query",
        [
            {"q": "'\"<script>%00"},
            {"theme": "<x>", "status": "x", "place": "x", "answered": "x"},
            {"page": "x"},
            {"box": "a,b,c,d"},
            {"box": "nan,nan,nan,nan"},
            {"mine": "1"},
            {"q": "a" * 5000},
        ],
    )
    def test_strange_addresses_give_a_page(self, client, query):
        activity = call()
        idea(activity)
        assert client.get(f"/fr/processes/{activity.process.slug}/ideas/", query).status_code == 200

    @pytest.mark.parametrize("view", ["", "list"])
    def test_number_of_queries_does_not_grow(self, client, view, django_assert_num_queries):
        activity = call()
        address = f"/fr/processes/{activity.process.slug}/ideas/?view={view}"
        idea(activity, theme=activity.process.themes.first())
        client.get(address)
        with django_assert_num_queries(QUERIES_OF_THE_LIST):
            client.get(address)
        for _number in range(2):
            idea(activity, theme=activity.process.themes.first())
        with django_assert_num_queries(QUERIES_OF_THE_LIST):
            client.get(address)

    def test_htmx_gets_the_results_alone_and_they_are_those_of_the_page(self, client):
        shown = idea()
        address = f"/fr/processes/{shown.process.slug}/ideas/?sort=newest"
        part = text_of(client.get(address, headers={"HX-Request": "true"}))
        assert "<h1" not in part
        assert part.strip() in text_of(client.get(address))

    def test_pages_are_walked_with_next_and_previous(self, client):
        activity, author = call(), resident()
        for number in range(30):
            idea(activity, author=author, now=NOW - timedelta(minutes=number), title=f"Numéro {number:02}")
        address = f"/fr/processes/{activity.process.slug}/ideas/"
        first = client.get(address, {"sort": "newest"})
        second = client.get(address, {"sort": "newest", "page": first.context["page"].next})
        assert [one.title for one in second.context["page"].ideas] == [
            f"Numéro {number:02}" for number in range(24, 30)
        ]
        back = client.get(address, {"sort": "newest", "page": second.context["page"].previous})
        assert back.context["page"].ideas == first.context["page"].ideas

    def test_random_order_is_kept_for_a_visitor(self, client, now):
        activity, author = call(), resident()
        for _number in range(12):
            idea(activity, author=author)
        address = f"/fr/processes/{activity.process.slug}/ideas/"
        orders = {tuple(one.pk for one in client.get(address).context["page"].ideas) for _time in range(3)}
        assert len(orders) == 1

    def test_drafts_of_processes_are_hidden(self, client):
        activity = call()
        activity.process.state = ProcessState.DRAFT
        activity.process.save()
        assert client.get(f"/fr/processes/{activity.process.slug}/ideas/").status_code == 404

    def test_mine_shows_what_still_waits(self, client_for):
        waiting = idea(call(moderation=Moderation.BEFORE), title="En attente")
        page = client_for(waiting.author).get(f"/fr/processes/{waiting.process.slug}/ideas/?mine=1")
        assert "En attente" in text_of(page)

    def test_empty_process_invites(self, client):
        activity = call()
        assert client.get(f"/fr/processes/{activity.process.slug}/ideas/").status_code == 200
        assert client.get(f"/fr/processes/{activity.process.slug}/ideas/?q=rien").status_code == 200


class TestPage:
    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_tells_everything_public(self, client, language):
        made = in_state(IdeaState.INADMISSIBLE, title="Un téléphérique")
        actions.answer_idea(
            made,
            body={"fr": "Trop cher.", "nl": "Te duur.", "en": "Too dear."},
            by=staff(made.process.organisation),
            now=NOW,
        )
        page = text_of(client.get(f"/{language}/processes/{made.process.slug}/ideas/{made.pk}/"))
        assert {"fr": "Parce que non.", "nl": "Daarom niet.", "en": "Because not."}[language] in page
        assert {"fr": "Trop cher.", "nl": "Te duur.", "en": "Too dear."}[language] in page
        assert '<h1 id="idea-title" lang="fr">' in page

    def test_what_people_write_is_shown_as_words(self, client):
        made = idea(title="<b>Gras</b>", text='<script>alert(1)</script>\n\nVoir https://example.org/?a=1&b=2 et "ça"')
        page = text_of(client.get(made.get_absolute_url()))
        assert "<script>alert" not in page
        assert "&lt;b&gt;Gras" in page
        assert 'rel="nofollow"' in page

    def test_short_address_and_old_addresses_lead_on(self, client):
        made = idea()
        old = made.get_absolute_url()
        goal = call(process(made.process.organisation))
        moved = actions.move(made, activity=goal, by=staff(made.process.organisation), now=NOW)
        for address in (old, f"/fr/ideas/{made.pk}/"):
            assert client.get(address).headers["Location"] == moved.get_absolute_url()

    def test_waiting_idea_is_for_its_author_and_staff(self, client_for):
        made = idea(call(moderation=Moderation.BEFORE))
        address = made.get_absolute_url()
        assert client_for(None).get(address).status_code == 404
        assert client_for(resident()).get(address).status_code == 404
        assert client_for(staff(process().organisation)).get(address).status_code == 404
        assert client_for(made.author).get(address).status_code == 200
        assert client_for(staff(made.process.organisation)).get(address).status_code == 200

    def test_removed_idea_gives_its_reason_and_not_its_words(self, client):
        made = in_state(IdeaState.REJECTED, title="Achetez mes montres")
        answer = client.get(made.get_absolute_url())
        assert answer.status_code == 410
        assert "Parce que non." in text_of(answer)
        assert "montres" not in text_of(answer)

    def test_merged_idea_leads_to_the_one_it_joined_and_back(self, client):
        activity = call()
        source, target = on_paper(activity, title="Source"), on_paper(activity, title="Cible")
        manager = staff(activity.process.organisation)
        actions.complete_merge(
            actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW), by=manager, now=NOW
        )
        assert target.get_absolute_url() in text_of(client.get(source.get_absolute_url()))
        assert source.get_absolute_url() in text_of(client.get(target.get_absolute_url()))

    def test_clock_is_public(self, client, clock_shows):
        made = idea(call(answer_days=5))
        clock_shows(NOW + timedelta(days=6))
        assert client.get(made.get_absolute_url()).context["clock"].late

    @pytest.mark.parametrize("name", ["versions/", "print/", "share.png", "qr.svg"])
    def test_what_hangs_on_a_page(self, client, name):
        made = idea()
        assert client.get(made.get_absolute_url() + name).status_code == 200
        waiting = idea(call(moderation=Moderation.BEFORE))
        assert client.get(waiting.get_absolute_url() + name).status_code == 404

    def test_versions_are_compared(self, client):
        made = idea(title="Un banc rouge")
        actions.edit_idea(made, title="Un banc vert", text=made.text, by=made.author, now=NOW)
        page = text_of(client.get(made.get_absolute_url() + "versions/"))
        assert "<del>rouge</del><ins>vert</ins>" in page

    def test_missing_idea(self, client):
        assert client.get("/fr/ideas/999999/").status_code == 404

    def test_number_of_queries_is_that_of_a_page(self, client, django_assert_num_queries):
        made = idea()
        client.get(made.get_absolute_url())
        with django_assert_num_queries(QUERIES_OF_A_PAGE):
            client.get(made.get_absolute_url())
        for _number in range(3):
            actions.support(made, by=resident(), now=NOW)
        with django_assert_num_queries(QUERIES_OF_A_PAGE):
            client.get(made.get_absolute_url())


class TestRefused:
    def test_who_may_not_is_led_back_to_the_process_and_to_whom_to_write(self, client_for):
        made = idea()
        answer = client_for(resident("Bob")).get(f"{made.get_absolute_url()}edit/")
        assert answer.status_code == 403
        page = text_of(answer)
        main = page[page.index("<main") : page.index("</main>")]
        assert f'href="{made.process.get_absolute_url()}"' in main and 'href="/fr/organisations/"' in main

    def test_its_author_finds_the_statement_of_reasons_and_no_promise_of_an_answer(self, client_for):
        made = idea()
        decision = hide(
            made, Verdict.HIDDEN, ground=Ground.HATE, by=staff(made.process.organisation, Role.MODERATOR), now=NOW
        )
        page = text_of(client_for(made.author).get(made.get_absolute_url()))
        assert f'href="{decision.get_absolute_url()}"' in page
        assert "sans réponse" not in page
        page = text_of(client_for(staff(made.process.organisation, name="Other")).get(made.get_absolute_url()))
        assert decision.get_absolute_url() not in page

    def test_nothing_that_was_said_of_it_is_mailed_once_it_is_hidden(self, mailbox, clock_shows, client_for):
        made = idea(title="Un jardin")
        supporter = resident("Bob")
        actions.support(made, by=supporter, now=NOW)
        for person, kind in ((made.author, "ideas.published"), (supporter, "ideas.status")):
            ideas_say.tell(kind, made, to=[person], occasion="change:0", now=NOW, status="x")
        hide(made, Verdict.HIDDEN, ground=Ground.HATE, by=staff(made.process.organisation, Role.MODERATOR), now=NOW)
        post_leaves(clock_shows)
        assert [str(letter["To"]) for letter in mailbox if "Un jardin" in str(letter["Subject"])] == []
        assert told(supporter) == ["ideas.status"]
        messages = text_of(client_for(supporter).get("/nl/messages/"))
        assert "Un jardin" not in messages and "is niet openbaar meer" in messages

    @pytest.mark.parametrize("supporters", [1, 4])
    def test_hiding_costs_the_same_whoever_was_told(self, supporters):
        made = idea()
        people = [resident(f"Bob {at}") for at in range(supporters)]
        for person in people:
            actions.support(made, by=person, now=NOW)
        ideas_say.tell("ideas.status", made, to=people, occasion="change:0", now=NOW, status="x")
        moderator = staff(made.process.organisation, Role.MODERATOR)
        with CaptureQueriesContext(connection) as asked:
            hide(made, Verdict.HIDDEN, ground=Ground.HATE, by=moderator, now=NOW)
        assert not [query["sql"] for query in asked if '"notifications_notification"' in query["sql"]]


class TestVoices:
    def test_supporting_and_no_longer(self, client_for):
        made, person = idea(), resident()
        client = client_for(person)
        address = made.get_absolute_url() + "support/"
        assert client.post(address).status_code == 302
        assert client.get(made.get_absolute_url()).context["voices"].voice == 1
        client.post(address)
        client.post(address + "?stop=1")
        made.refresh_from_db()
        assert made.support_count == 0

    def test_htmx_gets_the_buttons_back(self, client_for):
        made = idea()
        answer = client_for(resident()).post(made.get_absolute_url() + "support/", headers={"HX-Request": "true"})
        assert 'aria-pressed="true"' in text_of(answer)
        assert 'id="voices"' in text_of(answer)

    def test_visitor_signs_in_first(self, client):
        made = idea()
        answer = client.post(made.get_absolute_url() + "support/")
        assert answer.status_code == 302
        assert "/account/" in answer.headers["Location"]

    def test_opposing_where_it_is_not_offered(self, client_for):
        made = idea()
        assert client_for(resident()).post(made.get_absolute_url() + "oppose/").status_code == 403

    def test_a_reload_of_the_button_changes_nothing_and_leads_to_the_idea(self, client_for):
        made = idea()
        answer = client_for(resident()).get(made.get_absolute_url() + "support/")
        assert (answer.status_code, answer.headers["Location"]) == (302, made.get_absolute_url() + "#voices")
        assert client_for(resident()).put(made.get_absolute_url() + "support/").status_code == 405


class TestAuthoring:
    def test_correcting(self, client_for):
        made = idea()
        client, address = client_for(made.author), made.get_absolute_url() + "edit/"
        assert client.get(address).status_code == 200
        wrong = client.post(address, {"title": "", "text": "court", "language": "fr"})
        assert wrong.status_code == 422
        theme = made.process.themes.first()
        right = {"title": "Mieux", "text": "Une description bien plus complète.", "language": "fr", "theme": theme.slug}
        assert client.post(address, right).status_code == 302
        made.refresh_from_db()
        assert (made.title, made.theme) == ("Mieux", theme)

    def test_correcting_is_for_the_author(self, client_for):
        made = idea()
        assert client_for(resident()).get(made.get_absolute_url() + "edit/").status_code == 403
        assert "/account/" in client_for(None).get(made.get_absolute_url() + "edit/").headers["Location"]

    def test_withdrawing(self, client_for):
        made = idea()
        client = client_for(made.author)
        assert client.get(made.get_absolute_url() + "withdraw/").status_code == 200
        assert client.post(made.get_absolute_url() + "withdraw/", {"reason": ""}).status_code == 302
        assert client_for(None).get(made.get_absolute_url()).status_code == 410

    def test_answering_a_merge(self, client_for):
        activity = call()
        source, target = idea(activity), on_paper(activity)
        proposed = actions.propose_merge(
            source=source, target=target, reason=NO, by=staff(activity.process.organisation), now=NOW
        )
        client = client_for(source.author)
        assert "Parce que non." in text_of(client.get(source.get_absolute_url()))
        client.post(f"{source.get_absolute_url()}merge/{proposed.pk}/", {"agreed": "yes"})
        assert proposed.consents.get().agreed is True
        assert (
            client_for(resident())
            .post(f"{source.get_absolute_url()}merge/{proposed.pk}/", {"agreed": "yes"})
            .status_code
            == 403
        )


WORDS = {"title": "Meer bomen op het plein", "text": "Het wordt veel te warm in de zomer, en er is nergens schaduw."}


class TestWriting:
    @pytest.fixture
    def activity(self):
        return call()

    def new(self, activity, step=""):
        return f"/nl/processes/{activity.process.slug}/ideas/new/{step}"

    def write(self, client, activity, **more):
        return client.post(self.new(activity, "idea/"), {**WORDS, "theme": "green", **more})

    def test_from_the_first_word_to_the_page(self, activity, client_for):
        person = resident()
        client = client_for(person)
        assert client.get(self.new(activity)).headers["Location"] == self.new(activity, "idea/")
        assert self.write(client, activity).headers["Location"] == self.new(activity, "place/")
        assert client.post(self.new(activity, "place/"), {"nowhere": "1"}).headers["Location"] == self.new(
            activity, "files/"
        )
        assert client.post(self.new(activity, "files/")).headers["Location"] == self.new(activity, "check/")
        page = client.get(self.new(activity, "check/"))
        assert page.context["language"] == "nl"
        sent = client.post(self.new(activity, "check/"), {"language": "nl"})
        made = Idea.objects.get()
        assert sent.headers["Location"].endswith(f"/ideas/{made.pk}/")
        assert (made.title, made.author, made.theme.slug, made.language) == (WORDS["title"], person, "green", "nl")
        assert not Draft.objects.exists()

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"title": ""}, "title"),
            ({"title": "…!!!"}, "title"),
            ({"title": "x" * 121}, "title"),
            ({"text": ""}, "text"),
            ({"text": "court"}, "text"),
            ({"text": "x" * 10_001}, "text"),
            ({"theme": ""}, "theme"),
            ({"theme": "nope"}, "theme"),
        ],
    )
    def test_each_fault_is_named_and_nothing_is_lost(self, activity, client, given, field):
        answer = self.write(client, activity, **given)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        kept = {**WORDS, **given}
        assert Draft.objects.get().data["title"] == kept["title"]
        assert client.get(self.new(activity, "idea/")).context["form"].initial["text"] == kept["text"]

    def test_draft_is_kept_without_an_account_and_found_by_its_cookie(self, activity, client):
        client.post(self.new(activity, "save/"), {"title": "Een begin", "step": "idea"})
        assert client.get(self.new(activity, "idea/")).context["form"].initial["title"] == "Een begin"
        assert Client().get(self.new(activity, "idea/")).context["form"].initial == {}

    def test_draft_follows_its_writer_through_signing_in_and_to_another_browser(self, activity, client, client_for):
        self.write(client, activity)
        person = resident()
        client.force_login(person, backend="zenne.people.moderation.backends.PersonBackend")
        assert client.get(self.new(activity, "place/")).status_code == 200
        assert Draft.objects.get().person == person
        assert client_for(person).get(self.new(activity, "idea/")).context["form"].initial["title"] == WORDS["title"]

    def test_draft_of_somebody_else_is_never_opened(self, activity, client, client_for):
        self.write(client, activity)
        client.force_login(resident(), backend="zenne.people.moderation.backends.PersonBackend")
        client.get(self.new(activity, "place/"))
        client.logout()
        assert client.get(self.new(activity, "idea/")).context["form"].initial == {}
        client.force_login(resident("Koen"), backend="zenne.people.moderation.backends.PersonBackend")
        assert client.get(self.new(activity, "idea/")).context["form"].initial == {}

    def test_forged_cookie_opens_nothing(self, activity, client):
        self.write(client, activity)
        other = Client()
        other.cookies[f"idea-draft-{activity.pk}"] = str(Draft.objects.get().pk)
        assert other.get(self.new(activity, "idea/")).context["form"].initial == {}

    def test_sending_without_an_account_leads_to_signing_in(self, activity, client):
        self.write(client, activity)
        client.post(self.new(activity, "place/"), {"nowhere": "1"})
        client.post(self.new(activity, "files/"))
        answer = client.post(self.new(activity, "check/"), {"language": "nl"})
        assert "/account/" in answer.headers["Location"]
        assert Draft.objects.exists()

    def test_similar_ideas_are_shown_before_going_on_and_never_twice(self, activity, client):
        known = idea(activity, title="Meer bomen op het Miroirplein", text="Schaduw is nodig.", language="nl")
        asked = self.write(client, activity)
        assert asked.status_code == 200
        assert known.title in text_of(asked)
        assert self.write(client, activity, seen="1").status_code == 302

    def test_similar_ideas_while_typing(self, activity, client):
        known = idea(activity, title="Meer bomen op het Miroirplein", text="Schaduw is nodig.", language="nl")
        assert known.title in text_of(client.get(self.new(activity, "similar/"), WORDS))
        assert text_of(client.get(self.new(activity, "similar/"), {"title": ""})).strip() == ""

    def test_place_is_required_where_the_rule_says_so(self, client):
        activity = call(place="required")
        self.write(client, activity)
        assert client.post(self.new(activity, "place/"), {"nowhere": "1"}).status_code == 422
        assert client.post(self.new(activity, "place/"), {"lat": "50.85", "lon": "4.35"}).status_code == 302

    @pytest.mark.parametrize(
        "place",
        [{"lat": "x", "lon": "y"}, {"lat": "50.85"}, {"lat": "48.85", "lon": "2.35"}, {"lat": "nan", "lon": "inf"}],
    )
    def test_places_that_are_none(self, activity, client, place):
        self.write(client, activity)
        assert client.post(self.new(activity, "place/"), place).status_code == 422

    def test_place_chosen_from_the_search(self, activity, client):
        self.write(client, activity)
        assert client.post(self.new(activity, "place/"), {"search": "1", "address": "Miroir"}).status_code == 200
        client.post(self.new(activity, "place/"), {"chosen": "4.332100|50.877500|Place du Miroir, Jette"})
        assert Draft.objects.get().data["address"] == "Place du Miroir, Jette"

    def test_steps_that_the_rule_does_not_need_are_left_out(self, client):
        activity = call(place="none", max_photos=0, max_files=0)
        assert self.write(client, activity).headers["Location"] == self.new(activity, "check/")
        assert client.get(self.new(activity, "place/")).status_code == 404

    def test_later_steps_need_the_first(self, activity, client):
        assert client.get(self.new(activity, "check/")).headers["Location"] == self.new(activity, "idea/")
        client.post(self.new(activity, "save/"), {"title": "Een begin"})
        assert client.get(self.new(activity, "check/")).headers["Location"] == self.new(activity, "idea/")

    def test_closed_call_says_so(self, activity, client, clock_shows):
        clock_shows(NOW + timedelta(days=60))
        assert client.get(self.new(activity, "idea/")).status_code == 403
        assert client.post(self.new(activity, "save/"), {"title": "x"}).status_code == 403
        assert not Draft.objects.exists()

    def test_photos_are_added_described_removed_and_sent(self, activity, client_for):
        from django.core.files.uploadedfile import SimpleUploadedFile

        from tests.people.uploads import given

        client = client_for(resident())
        self.write(client, activity)
        photo = SimpleUploadedFile("plein.jpg", given.picture(), "image/jpeg")
        client.post(self.new(activity, "files/"), {"given": [photo], "add": "1"})
        ((upload, _alt),) = client.get(self.new(activity, "files/")).context["attached"]
        client.post(self.new(activity, f"files/{upload.pk}/describe/"), {f"{upload.pk.hex}-alt": "Een leeg plein"})
        refused = client.post(
            self.new(activity, "files/"), {"given": [SimpleUploadedFile("x.exe", b"MZ\x90\x00", "x/y")]}
        )
        assert refused.status_code == 422
        client.post(self.new(activity, "check/"), {"language": "nl"})
        made = Idea.objects.get()
        attached = made.attachments.get().upload
        assert (attached.alt, attached.published_at) == ("Een leeg plein", NOW)

    def test_more_photos_than_the_rule_allows_are_refused(self, client_for):
        from django.core.files.uploadedfile import SimpleUploadedFile

        from tests.people.uploads import given

        activity = call(max_photos=1, max_files=0)
        client = client_for(resident())
        self.write(client, activity)
        photos = [SimpleUploadedFile(f"{number}.jpg", given.picture(), "image/jpeg") for number in range(2)]
        assert client.post(self.new(activity, "files/"), {"given": photos, "add": "1"}).status_code == 422
        assert len(client.get(self.new(activity, "files/")).context["attached"]) == 1

    def test_throwing_a_draft_away(self, activity, client):
        self.write(client, activity)
        client.post(self.new(activity, "discard/"))
        assert not Draft.objects.exists()


QUERIES_OF_THE_LIST = 9
QUERIES_OF_A_PAGE = 7
