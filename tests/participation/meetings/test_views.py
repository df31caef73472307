"""The pages: what everybody sees, what one's own place shows, what staff do; and that a private meeting is nowhere."""

import json
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from icalendar import Calendar

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import resident
from tests.participation.meetings.factories import (
    NOW,
    SOON,
    WHY,
    activity,
    draft,
    for_group,
    guest,
    manager,
    meeting,
    place,
    values,
)
from tests.participation.meetings.test_actions import picture
from zenne.participation.meetings import actions
from zenne.participation.meetings.enums import Rhythm
from zenne.participation.meetings.models import Meeting, Registration
from zenne.people.access.enums import Level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

AFTER = SOON + timedelta(hours=3)


def read(client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


class TestCalendar:
    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_shows_public_meetings_as_a_list_a_month_and_a_map(self, client_for, language):
        of = meeting(lon=4.33, lat=50.87, needs_offered=["sign", "childcare"], capacity=3)
        online = meeting(address="", venue_fr="", online_url="https://video.example.org/secret")
        draft()
        title = {"fr": "Soirée de quartier", "nl": "Buurtavond", "en": "Evening of the neighbourhood"}[language]
        for view in ("", "?view=month&month=2026-06", "?view=map"):
            page = read(client_for(), f"/{language}/meetings/{view}")
            assert title in page and f"/{language}/meetings/{of.pk}/" in page
            assert "video.example.org" not in page
        assert f"/{language}/meetings/{online.pk}/" in read(client_for(), f"/{language}/meetings/")

    def test_narrows_by_process_organisation_place_need_and_day(self, client_for):
        one, other = meeting(needs_offered=["sign"]), meeting()
        house = one.process.organisation
        asked = (f"process={one.process.slug}", f"organisation={house.slug}", "need=sign")
        for query in asked:
            page = read(client_for(), f"/fr/meetings/?{query}")
            assert f"/fr/meetings/{one.pk}/" in page and f"/fr/meetings/{other.pk}/" not in page
        assert f"/fr/meetings/{one.pk}/" not in read(client_for(), "/fr/meetings/?from=2026-07-01")
        assert f"/fr/meetings/{one.pk}/" not in read(client_for(), "/fr/meetings/?area=21010")

    @pytest.mark.parametrize(
        "query",
        [
            "view=x",
            "month=2026-13",
            "month=0000-01",
            "month=9999-12&view=month",
            "from=x",
            "page=-1",
            "need=nothing",
            "process=no-such",
        ],
    )
    def test_takes_an_address_that_means_nothing_as_one_that_asks_for_nothing(self, client_for, query):
        meeting()
        read(client_for(), f"/fr/meetings/?{query}")

    def test_asks_the_same_six_questions_for_one_meeting_and_for_three(self, client_for, django_assert_num_queries):
        of = activity()
        for more in (1, 2):
            for _each in range(more):
                meeting(of)
            client_for().get("/fr/meetings/")
            with django_assert_num_queries(5):
                client_for().get("/fr/meetings/")


class TestPage:
    def test_registers_who_is_signed_in_and_shows_the_link_to_them_alone(self, client_for):
        of = meeting(online_url="https://video.example.org/secret")
        person = resident()
        client = client_for(person)
        assert "video.example.org" not in read(client, of.get_absolute_url())
        answer = client.post(
            f"/fr/meetings/{of.pk}/register/", {"needs": ["sign", "interpretation"], "interpretation": "arabe"}
        )
        assert answer.status_code == 302
        kept = Registration.objects.get(person=person)
        assert (kept.needs.needs, kept.needs.interpretation) == (["sign", "interpretation"], "arabe")
        page = read(client, answer["Location"])
        assert "video.example.org" in page and kept.code in page
        assert "video.example.org" not in read(client_for(), of.get_absolute_url())

    def test_leads_a_visitor_to_sign_in_where_an_account_is_needed(self, client_for):
        of = meeting(activity(level=Level.CONFIRMED))
        answer = client_for().post(f"/fr/meetings/{of.pk}/register/", {})
        assert answer.status_code == 302 and "/account/" in answer["Location"]

    def test_takes_a_guest_by_letter_and_says_the_same_to_who_is_registered(
        self, client_for, mailbox, django_capture_on_commit_callbacks
    ):
        of = meeting()
        guest(of, "lea@example.org")
        for email in ("lea@example.org", "new@example.org"):
            with django_capture_on_commit_callbacks(execute=True):
                answer = client_for().post(f"/fr/meetings/{of.pk}/register/", {"name": "Léa", "email": email})
            assert answer["Location"].endswith(f"/fr/meetings/{of.pk}/#place")
            assert len(mailbox.to(email)) == 1

    def test_keeps_what_a_guest_typed_beside_what_is_wrong(self, client_for):
        of = meeting()
        answer = client_for().post(
            f"/fr/meetings/{of.pk}/register/", {"name": "Léa", "email": "no", "words": "Une rampe"}
        )
        assert answer.status_code == 422 and "Une rampe" in answer.content.decode()

    def test_a_cancelled_meeting_says_why_in_the_language_it_was_written_in(self, client_for):
        of = meeting()
        actions.cancel_meeting(of, reason={"nl": WHY["nl"]}, by=manager(of), now=NOW)
        page = read(client_for(), f"/fr/meetings/{of.pk}/")
        assert WHY["nl"] in page and 'lang="nl"' in page
        assert (
            client_for().post(f"/fr/meetings/{of.pk}/register/", {"name": "L", "email": "l@example.org"}).status_code
            == 403
        )

    def test_shows_what_stays(self, client_for, clock_shows):
        call = ideas.call()
        of = meeting(activity(call.process))
        by, one = manager(of), place(of, pictures=True)
        actions.set_agenda(of, agenda=[{"title_fr": "Accueil", "minutes": 10}], by=by, now=NOW)
        clock_shows(AFTER)
        actions.write_minutes(of, text={"nl": "Er werd gesproken."}, by=by, now=AFTER)
        assert "Er werd gesproken" not in read(client_for(), of.get_absolute_url())
        actions.publish_minutes(of, by=by, now=AFTER)
        actions.add_picture(of, data=picture(), alt="La salle pleine", people=[one], by=by, now=AFTER)
        made = actions.enter_contribution(
            of,
            call=call,
            title="Un banc",
            text="Devant la poste, il fait trop chaud.",
            author_name="Omar",
            by=by,
            now=AFTER,
        )
        page = read(client_for(), f"/fr/meetings/{of.pk}/")
        for words in ("Er werd gesproken", "La salle pleine", "Un banc", "Accueil"):
            assert words in page
        assert str(of) in read(client_for(), made.idea.get_absolute_url())


class TestPlace:
    def test_guest_confirms_changes_and_gives_back(self, client_for):
        of = meeting()
        asked = actions.register_guest(of, name="Léa", email="lea@example.org", now=NOW)
        url, client = f"/fr/meetings/place/{asked.key}/", client_for()
        read(client, url)
        for verb, state in (
            ("confirm", "registered"),
            ("change", "registered"),
            ("leave", "cancelled"),
            ("leave", "cancelled"),
        ):
            assert client.post(url, {"verb": verb, "needs": ["sign"]}).status_code == 302
            assert Registration.objects.get().state == state
            read(client, url)
        assert client.get(f"{url}qr.svg")["Content-Type"] == "image/svg+xml"

    def test_of_the_waiting_list_says_how_many_are_before(self, client_for):
        of = meeting(capacity=1)
        place(of), place(of)
        assert "1 personne attend avant vous" in read(client_for(), f"/fr/meetings/place/{place(of).key}/")

    def test_at_an_address_nobody_has_is_not_found(self, client_for):
        assert client_for().get("/fr/meetings/place/00000000-0000-0000-0000-000000000000/").status_code == 404


class TestPrivate:
    def test_a_private_meeting_is_nowhere_for_who_is_not_of_the_group(self, client_for):
        member, other = resident(), resident()
        of = for_group(member)
        made = meeting(of, private=True, title_fr="Conclave")
        process = of.process
        addresses = [
            "/fr/meetings/",
            "/fr/meetings/?view=month&month=2026-06",
            f"/fr/processes/{process.slug}/meetings/{of.pk}/",
            f"/fr/processes/{process.slug}/meetings.ics",
            f"/fr/processes/{process.slug}/",
            "/api/v1/meetings",
            f"/api/v1/processes/{process.slug}/meetings",
            "/fr/search/?q=Conclave",
        ]
        for who in (None, other):
            client = client_for(who) if who else client_for()
            for address in addresses:
                assert f"/meetings/{made.pk}/" not in read(client, address), address
            for address in (
                f"/fr/meetings/{made.pk}/",
                f"/fr/meetings/{made.pk}/meeting.ics",
                f"/api/v1/meetings/{made.pk}",
            ):
                assert client.get(address).status_code == 404
            assert client.post(f"/fr/meetings/{made.pk}/register/", {}).status_code == 404
        inside = client_for(member)
        assert "Conclave" in read(inside, f"/fr/meetings/{made.pk}/")
        assert "Conclave" in read(inside, addresses[2])


class TestFeeds:
    def test_of_a_process_has_the_zone_the_sequence_and_what_was_cancelled(self, client_for):
        of = meeting(lon=4.33, lat=50.87)
        gone = meeting(of.activity)
        actions.cancel_meeting(gone, reason=WHY, by=manager(of), now=NOW)
        answer = client_for().get(f"/fr/processes/{of.process.slug}/meetings.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        found = Calendar.from_ical(answer.content)
        assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Brussels"]
        events = {str(event["UID"]): event for event in found.walk("VEVENT")}
        one, other = events[f"meeting-{of.pk}@{_host()}"], events[f"meeting-{gone.pk}@{_host()}"]
        assert (one["STATUS"], one["SEQUENCE"], other["STATUS"], other["SEQUENCE"]) == ("CONFIRMED", 0, "CANCELLED", 1)
        assert one["DTSTART"].dt == SOON and one["DTSTART"].params["TZID"] == "Europe/Brussels"

    def test_what_somebody_typed_never_becomes_a_line_of_the_calendar(self, client_for):
        of = meeting(
            title_fr="Soirée\r\nATTENDEE:mailto:x@example.org",
            text_fr="A\r\nEND:VEVENT\nBEGIN:VALARM\x0b;,\\",
            venue_fr="Salle\nX-EVIL:1",
        )
        answer = client_for().get(f"/fr/meetings/{of.pk}/meeting.ics")
        lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
        assert not [line for line in lines if line.startswith(("ATTENDEE", "X-EVIL", "BEGIN:VALARM"))]
        assert lines.count("END:VEVENT") == 1
        assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75

    def test_of_a_person_is_secret_and_renewable_and_has_the_link(self, client_for):
        of = meeting(online_url="https://video.example.org/secret", capacity=1)
        person, late = resident(), resident()
        place(of, person), place(of, late)
        client = client_for(person)
        assert client.post("/fr/meetings/mine/").status_code == 302
        first = person.meeting_calendar.key
        body = Calendar.from_ical(client_for().get(f"/fr/meetings/mine/{first}.ics").content).walk("VEVENT")
        assert "video.example.org" in str(body[0]["DESCRIPTION"])
        client.post("/fr/meetings/mine/")
        assert client_for().get(f"/fr/meetings/mine/{first}.ics").status_code == 404
        key = actions.renew_calendar_key(late, now=NOW).key
        waits = Calendar.from_ical(client_for().get(f"/fr/meetings/mine/{key}.ics").content).walk("VEVENT")[0]
        assert waits["STATUS"] == "TENTATIVE" and "video.example.org" not in str(waits["DESCRIPTION"])
        assert "Soirée" in read(client, "/fr/meetings/mine/")
        assert client_for().get("/fr/meetings/mine/").status_code == 302


def _host() -> str:
    return str(urlsplit(settings.BASE_URL).hostname)


class TestDoor:
    def test_is_for_staff_and_ticks_without_script(self, client_for, clock_shows):
        clock_shows(SOON)
        of = meeting(now=NOW)
        one, two = place(of), place(of)
        url = f"/fr/meetings/{of.pk}/door/"
        assert client_for().get(url).status_code == 302
        assert client_for(resident()).get(url).status_code == 403
        client = client_for(manager(of))
        page = read(client, url)
        assert one.code in page and "camera=(self)" in client.get(url)["Permissions-Policy"]
        client.post(url, {"present": [one.code, two.code]})
        clock_shows(SOON + timedelta(minutes=1))
        client.post(url, {"was": [one.code, two.code], "present": [two.code]})
        assert list(Registration.objects.filter(present=True)) == [two]
        clock_shows(SOON + timedelta(minutes=2))
        client.post(url, {"code": f"http://x/fr/meetings/check/{one.code}/"})
        client.post(url, {"walk_ins": "12"})
        assert (Registration.objects.filter(present=True).count(), Meeting.objects.get().walk_ins) == (2, 12)
        for wrong in ({"walk_ins": "x"}, {"code": "ABCDEFGH"}):
            assert client.post(url, wrong).status_code == 302
        read(client, url)

    def test_takes_what_a_browser_kept_once(self, client_for, clock_shows):
        clock_shows(SOON)
        of = meeting(now=NOW)
        one = place(of)
        client, url = client_for(manager(of)), f"/fr/meetings/{of.pk}/door/send/"
        ticks = json.dumps([{"code": one.code, "present": True, "at": SOON.isoformat()}])
        for _twice in range(2):
            answer = client.post(url, {"ticks": ticks})
            assert answer.json() == {"known": [one.code], "present": [one.code]}

    @pytest.mark.parametrize(
        "ticks",
        [
            "",
            "{",
            "{}",
            "[1]",
            '[{"code": "x"}]',
            '[{"code":"ABCDEFGH","present":1,"at":"2026-06-22T09:30:00Z"}]',
            '[{"code":"ABCDEFGH","present":true,"at":"2026-06-22T09:30:00"}]',
            '[{"code":"ABCDEFGH","present":true,"at":"2026-99-22T09:30:00Z"}]',
            "[" * 5000,
            '[{"code":null,"present":true,"at":"2026-06-22T09:30:00Z"}]',
        ],
    )
    def test_refuses_what_no_page_of_ours_sends(self, client_for, clock_shows, ticks):
        clock_shows(SOON)
        of = meeting(now=NOW)
        assert client_for(manager(of)).post(f"/fr/meetings/{of.pk}/door/send/", {"ticks": ticks}).status_code == 422

    def test_code_of_a_place_tells_a_passer_by_nothing(self, client_for, clock_shows):
        clock_shows(SOON)
        of = meeting(now=NOW)
        one = place(of, resident("Amina"))
        url = f"/fr/meetings/check/{one.code}/"
        for who in (client_for(), client_for(resident())):
            assert "Amina" not in read(who, url)
            assert who.post(url).status_code == 200
        assert not Registration.objects.get().present
        staff = client_for(manager(of))
        assert "Amina" in read(staff, url)
        assert staff.post(url).status_code == 302 and Registration.objects.get().present
        read(client_for(), "/fr/meetings/check/%F0%9F%98%80/")


class TestDesk:
    def test_a_meeting_is_written_announced_and_cancelled(self, client_for):
        of = activity()
        client = client_for(manager(of))
        given = {
            **{f"title_{code}": f"Assemblée {code}" for code in ("fr", "nl", "en")},
            "day": "2026-06-30",
            "begins": "19:00",
            "ends": "21:30",
            "venue_fr": "Salle 1",
            "every": "1",
            "point1_fr": "Accueil",
            "point1_minutes": "10",
            "needs_offered": ["sign"],
        }
        url = f"/manage/meetings/new/{of.pk}/"
        read(client, url)
        assert client.post(url, {**given, "ends": "18:00"}).status_code == 422
        desk = client.post(url, given)["Location"]
        made = Meeting.objects.get()
        assert made.starts_at.isoformat() == "2026-06-30T17:00:00+00:00" and made.agenda.get().title == "Accueil"
        read(client, desk)
        client.post(desk, {"verb": "announce"})
        client.post(desk, {"verb": "enter", "name": "Mme Peeters", "language": "fr"})
        assert Registration.objects.get().state == "registered"
        read(client, f"/manage/meetings/meeting/{made.pk}/change/")
        assert (
            client.post(f"/manage/meetings/meeting/{made.pk}/change/", {**given, "begins": "18:30"}).status_code == 302
        )
        assert Meeting.objects.get().sequence == 1
        assert client.post(desk, {"verb": "cancel", "words_fr": ""}).status_code == 422
        client.post(desk, {"verb": "cancel", "words_fr": "Inondation"})
        assert Meeting.objects.get().state == "cancelled"
        assert "Assemblée" in read(client, "/manage/meetings/?when=all")

    def test_a_series_is_written_and_dates_that_are_none_are_said(self, client_for):
        of = activity()
        client, url = client_for(manager(of)), f"/manage/meetings/new/{of.pk}/"
        given = {
            "title_fr": "S",
            "day": "2026-06-30",
            "begins": "19:00",
            "ends": "21:30",
            "venue_fr": "Salle",
            "every": "2",
        }
        assert client.post(url, {**given, "rhythm": "list", "dates": "2026-02-30\nhier"}).status_code == 422
        assert client.post(url, {**given, "rhythm": "weekly", "until": ""}).status_code == 422
        assert client.post(url, {**given, "rhythm": "weekly", "until": "2026-08-01"}).status_code == 302
        assert Meeting.objects.count() == 3

    def test_a_series_is_lengthened_and_announced_from_the_desk_of_one_of_its_dates(self, client_for):
        of = activity()
        client = client_for(manager(of))
        until, by = date(2026, 6, 30), manager(of)
        made = actions.write_series(of, values=values(), rhythm=Rhythm.WEEKLY, until=until, by=by, now=NOW)
        desk = f"/manage/meetings/meeting/{made[0].pk}/"
        assert client.post(desk, {"verb": "lengthen", "until": "2026-06-20"}).status_code == 422
        client.post(desk, {"verb": "lengthen", "until": "2026-07-07"})
        assert Meeting.objects.count() == len(made) + 1
        client.post(desk, {"verb": "announce_series"})
        assert set(Meeting.objects.values_list("state", flat=True)) == {"announced"}
        assert read(client, desk).count("/manage/meetings/meeting/") >= len(made)
        listed = actions.write_series(of, values=values(), rhythm=Rhythm.LIST, dates=[until], by=by, now=NOW)
        desk = f"/manage/meetings/meeting/{listed[0].pk}/"
        assert client.post(desk, {"verb": "lengthen", "dates": "hier"}).status_code == 422
        client.post(desk, {"verb": "lengthen", "dates": "2026-07-08"})
        assert listed[0].series.meetings.count() == 3

    def test_what_stays_is_written_and_shown(self, client_for, clock_shows):
        call = ideas.call()
        of = meeting(activity(call.process))
        clock_shows(AFTER)
        client, url = client_for(manager(of)), f"/manage/meetings/meeting/{of.pk}/record/"
        read(client, url)
        client.post(url, {"verb": "publish", "words_fr": "On a parlé."})
        client.post(url, {"verb": "picture", "picture": picture(), "alt": "La salle", "nobody": "on"})
        client.post(
            url,
            {
                "verb": "said",
                "call": call.pk,
                "author_name": "Omar",
                "title": "Un banc",
                "text": "Devant la poste, il fait chaud.",
                "language": "fr",
            },
        )
        assert (of.minutes.published_at, of.pictures.count(), of.contributions.count()) == (AFTER, 1, 1)
        assert client.post(url, {"verb": "picture", "picture": picture(), "alt": "x"}).status_code == 422
        read(client, url)


class TestApi:
    def test_tells_public_meetings_without_their_link(self, client_for):
        of = meeting(online_url="https://video.example.org/secret", needs_offered=["sign"])
        body = read(client_for(), f"/api/v1/meetings/{of.pk}")
        told = json.loads(body)
        assert (told["online"], told["needs_offered"], told["title"]["nl"]) == (True, ["sign"], "Buurtavond")
        assert "video.example.org" not in body
        assert len(json.loads(read(client_for(), "/api/v1/meetings"))["items"]) == 1
