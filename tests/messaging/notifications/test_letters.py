"""The letters that carry messages, and the ways out they carry."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.signing import dumps

from tests.messaging.notifications.telling import KIND, post_leaves, tell
from tests.participation.ideas.factories import process, resident
from zenne.messaging.notifications import actions, queries
from zenne.messaging.notifications.digests import last_due
from zenne.messaging.notifications.enums import Frequency
from zenne.messaging.notifications.tasks import open_rounds
from zenne.messaging.outbox.kinds import WayOut
from zenne.messaging.outbox.models import Letter
from zenne.messaging.outbox.ways_out import SALT, token

pytestmark = pytest.mark.django_db
NEWS = "processes.news"
MONDAY_8 = datetime(2026, 6, 15, 6, tzinfo=UTC)
TUESDAY_8 = MONDAY_8 + timedelta(days=1)


def overview(clock_shows, at):
    clock_shows(at)
    open_rounds(at)
    post_leaves(clock_shows, at)


def path_of(letter) -> str:
    [address] = re.findall(r"<(.+)>", letter["List-Unsubscribe"])
    return address.removeprefix("http://127.0.0.1:8000")


# --- the clock ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frequency", "now", "due"),
    [
        (Frequency.DAILY, "2026-06-15T06:00:00", "2026-06-15T06:00:00"),  # 8:00 in summer
        (Frequency.DAILY, "2026-06-15T05:59:59", "2026-06-14T06:00:00"),
        (Frequency.DAILY, "2026-01-15T07:00:00", "2026-01-15T07:00:00"),  # 8:00 in winter
        (Frequency.DAILY, "2026-03-29T06:00:00", "2026-03-29T06:00:00"),  # the night that loses an hour
        (Frequency.DAILY, "2026-03-29T05:00:00", "2026-03-28T07:00:00"),
        (Frequency.DAILY, "2026-10-25T06:30:00", "2026-10-24T06:00:00"),  # the night that gains one
        (Frequency.WEEKLY, "2026-06-15T06:00:00", "2026-06-15T06:00:00"),
        (Frequency.WEEKLY, "2026-06-15T05:00:00", "2026-06-08T06:00:00"),
        (Frequency.WEEKLY, "2026-06-18T12:00:00", "2026-06-15T06:00:00"),
    ],
)
def test_overview_is_due_at_eight_in_brussels_in_every_season(frequency, now, due):
    assert last_due(frequency, datetime.fromisoformat(f"{now}+00:00")).isoformat() == f"{due}+00:00"


def test_every_line_of_what_was_said_stands_under_its_message_and_addresses_under_their_words(mailbox, clock_shows):
    tell(resident(), excerpt="Oui.\nMais qui paie ?", scope=f"processes.process:{process().pk}")
    post_leaves(clock_shows)
    words = mailbox.text().replace("\r\n", "\n")
    assert "\n  Oui.\n  Mais qui paie ?\n  http" in words
    assert all(
        line.startswith("  http")
        for line in words.splitlines()
        if "/mails/stop/" in line and line != words.splitlines()[-1]
    )


def test_daily_overview_gathers_by_process_what_waited_and_goes_once(mailbox, clock_shows):
    person, about = resident(language="nl"), process()
    scope = f"processes.process:{about.pk}"
    for at in range(3):
        tell(person, kind=NEWS, key=f"news:{at}", scope=scope, now=MONDAY_8)
    for _twice in range(2):
        overview(clock_shows, TUESDAY_8)
    assert len(mailbox) == 1
    assert mailbox[0]["Subject"] == "Uw overzicht: 3 berichten"
    assert mailbox.text().count("Nieuws over “Canal”") == 3


def test_overview_is_caught_up_when_the_worker_was_down_and_nobody_gets_two(mailbox, clock_shows):
    person = resident()
    tell(person, kind=NEWS, now=MONDAY_8)
    tell(person, kind=NEWS, key="second", now=MONDAY_8 + timedelta(days=2))
    overview(clock_shows, MONDAY_8 + timedelta(days=3, hours=5))
    assert len(mailbox) == 1
    assert "2 messages" in mailbox[0]["Subject"]


def test_overview_leaves_for_the_next_time_what_happened_after_eight(mailbox, clock_shows):
    tell(resident(), kind=NEWS, now=TUESDAY_8 + timedelta(minutes=1))
    overview(clock_shows, TUESDAY_8 + timedelta(minutes=5))
    assert len(mailbox) == 0
    overview(clock_shows, TUESDAY_8 + timedelta(days=1))
    assert len(mailbox) == 1


def test_overview_broken_off_halfway_is_completed(mailbox, clock_shows):
    people = [resident("Amina"), resident("Bob")]
    tell(people[0], kind=NEWS, now=MONDAY_8)
    overview(clock_shows, TUESDAY_8)
    from zenne.messaging.notifications.models import Round

    Round.objects.update(complete_at=None)
    tell(people[1], kind=NEWS, now=MONDAY_8)
    overview(clock_shows, TUESDAY_8 + timedelta(minutes=5))
    assert [len(mailbox.to(person.email)) for person in people] == [1, 1]


def test_monday_brings_one_overview_with_the_week_and_the_day(mailbox, clock_shows):
    person = resident()
    actions.prefer(person, KIND, Frequency.WEEKLY)
    tell(person, now=MONDAY_8 - timedelta(days=2))
    tell(person, kind=NEWS, key="news", now=MONDAY_8 - timedelta(hours=2))
    overview(clock_shows, MONDAY_8)
    assert len(mailbox) == 1
    assert "Votre semaine : 2 messages" in mailbox[0]["Subject"]


def test_letter_is_plain_text_too_in_short_lines_and_html_in_its_language(mailbox, clock_shows):
    tell(resident(language="nl"), excerpt="woord " * 60)
    post_leaves(clock_shows)
    lines = mailbox.text().splitlines()
    assert all(len(line) <= 78 or "http" in line for line in lines)
    html = mailbox[0].get_body(("html",)).get_content()
    assert '<html lang="nl">' in html
    assert "prefers-color-scheme: dark" in html


def test_letter_hides_no_header_in_what_people_wrote(mailbox, clock_shows):
    tell(resident(), facts={"who": "Nele\r\nBcc: all@example.org", "title": "x"})
    post_leaves(clock_shows)
    assert len(mailbox) == 1
    assert mailbox[0]["Bcc"] is None


# --- ways out ---------------------------------------------------------------------------------------------------------------------


def test_unsubscribe_works_in_one_post_without_signing_in(mailbox, client, clock_shows):
    person = resident()
    tell(person)
    post_leaves(clock_shows)
    assert mailbox[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.post(path_of(mailbox[0]), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert queries.by_kind(person)[KIND] == (Frequency.NEVER, True)


def test_unsubscribe_from_the_overview_stops_every_kind_that_comes_in_it(mailbox, client, clock_shows):
    person = resident()
    actions.prefer_for(person, "processes.process:1", Frequency.DAILY)
    tell(person, kind=NEWS, now=MONDAY_8)
    overview(clock_shows, TUESDAY_8)
    client.post(path_of(mailbox[0]))
    assert {frequency for frequency, _in_app in queries.by_kind(person).values()} == {
        Frequency.IMMEDIATE,
        Frequency.WEEKLY,  # another overview
        Frequency.NEVER,
    }
    assert queries.by_scope(person) == {"processes.process:1": Frequency.NEVER}


def test_unsubscribe_from_one_process_leaves_the_others(client):
    person, about = resident(), process()
    scope = f"processes.process:{about.pk}"
    answer = client.post(f"/fr/mails/stop/{token(person, WayOut('notifications.scope', scope))}/")
    assert str(about.title_fr) in answer.content.decode()
    assert queries.by_scope(person) == {scope: Frequency.NEVER}


def test_unsubscribe_asks_before_it_acts_on_a_get_or_a_head(client):
    person = resident()
    path = f"/nl/mails/stop/{token(person, WayOut('notifications.kind', KIND))}/"
    assert client.get(path).status_code == 200
    assert client.head(path).status_code in (200, 405)
    assert queries.by_kind(person)[KIND] == (Frequency.IMMEDIATE, True)


def test_token_says_no_address(mailbox):
    person = resident()
    import base64

    text = token(person, WayOut("notifications.kind", KIND)).split(":")[0].lstrip(".")
    assert person.email.encode() not in base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


FORGED = {
    "no token": lambda: "forged",
    "of another door": lambda: dumps([1, "notifications.kind", KIND], salt="other"),
    "of nobody": lambda: dumps([10**9, "notifications.kind", KIND], salt=SALT),
    "of no purpose": lambda: dumps([resident().pk, "nothing", KIND], salt=SALT),
    "of no kind": lambda: dumps([resident().pk, "notifications.kind", "nothing"], salt=SALT),
    "of no process": lambda: dumps([resident().pk, "notifications.scope", "processes.process:0"], salt=SALT),
    "of another shape": lambda: dumps({"a": 1}, salt=SALT),
    "of a number that is a word": lambda: dumps(["x", "notifications.kind", KIND], salt=SALT),
}


@pytest.mark.parametrize("forged", FORGED)
def test_unsubscribe_with_a_forged_token_is_not_found(client, forged):
    assert client.post(f"/fr/mails/stop/{FORGED[forged]()}/").status_code == 404
    assert Letter.objects.count() == 0
