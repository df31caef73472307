"""The desk where answers are keyed in, and the post."""

import pytest
from django.urls import reverse

from zenne.participation.sortition import codes, posting
from zenne.participation.sortition.enums import Channel, Says
from zenne.participation.sortition.models import Answer, Mailing, Printing
from zenne.people.organisations.enums import Role

from .factories import AFTER, NOW, invitation, lottery, yes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
GIVEN = {"says": "yes", "group-gender": "w", "group-age": "old", "name": "Jan", "phone": "02 1", "consent": "on"}


def address(name, of, *more):
    return reverse(f"lottery:{name}", args=[of.pk, *more])


def test_a_number_enter_the_answer_enter_the_next_one(at):
    letter = invitation(lottery())
    client = at(letter.lottery, Role.EDITOR)
    here = address("answers", letter.lottery)
    found = client.post(here, {"find": str(letter.number), "channel": "phone"}, follow=True).content.decode()
    assert letter.name in found
    entered = client.post(here, {**GIVEN, "letter": letter.number, "channel": "phone"}, follow=True)
    assert f"The answer to letter {letter.number} is in." in entered.content.decode()
    given = Answer.objects.get()
    assert (given.says, given.channel, given.features) == (Says.YES, Channel.PHONE, {"gender": "w", "age": "old"})


def test_a_code_leads_to_the_same_letter_and_another_draws_code_to_none(at):
    letter, other = invitation(lottery()), invitation(lottery())
    client, here = at(letter.lottery), address("answers", letter.lottery)
    found = client.post(here, {"find": codes.code_of(letter).lower(), "channel": "post"})
    assert found["Location"].endswith(f"letter={letter.number}")
    assert client.post(here, {"find": codes.code_of(other)}).status_code == 404
    assert client.post(here, {"find": "999999"}).status_code == 404
    assert client.post(here, {"find": ""}).status_code == 404


def test_a_second_answer_by_another_channel_is_told_and_taken_only_when_it_replaces_the_first(at):
    given = yes(lottery())
    letter = given.invitation
    client, here = at(letter.lottery), address("answers", letter.lottery)
    found = client.get(here, {"letter": letter.number, "channel": "post"}).content.decode()
    assert "Answered already" in found
    assert "Online" in found
    assert given.email not in found
    refused = client.post(here, {**GIVEN, "letter": letter.number, "channel": "post"})
    assert refused.status_code == 409
    assert Answer.objects.get().channel == Channel.ONLINE
    client.post(here, {**GIVEN, "letter": letter.number, "channel": "post", "replace": "1"})
    assert Answer.objects.get().channel == Channel.POST


def test_what_lacks_is_said_beside_its_field(at):
    letter = invitation(lottery())
    client = at(letter.lottery)
    refused = client.post(address("answers", letter.lottery), {"says": "yes", "letter": letter.number})
    assert refused.status_code == 422
    assert "Choose one of the groups." in refused.content.decode()


def test_after_the_last_moment_nothing_is_entered_but_a_yes_is_taken_back(at, clock_shows):
    given = yes(lottery())
    of = given.lottery
    late = invitation(of)
    clock_shows(AFTER)
    client, here = at(of), address("answers", of)
    assert "Nothing can be entered now." in client.get(here).content.decode()
    assert client.post(here, {**GIVEN, "letter": late.number}).status_code == 409
    client.post(here, {"letter": given.invitation.number, "withdraw": "1"})
    given.refresh_from_db()
    assert not given.in_pool


def test_who_asks_for_erasure_at_the_desk_is_erased(at):
    given = yes(lottery())
    letter = given.invitation
    client, here = at(letter.lottery), address("answers", letter.lottery)
    assert "The person asks for erasure" in client.get(here, {"letter": letter.number}).content.decode()
    client.post(here, {"letter": letter.number, "erase": "1"})
    given.refresh_from_db()
    assert (given.name, given.erased_at) == ("", NOW)
    found = client.get(here, {"letter": letter.number}).content.decode()
    assert "Erased on" in found and "The person asks for erasure" not in found


def test_another_organisations_staff_find_nothing(at):
    of, other = lottery(), lottery()
    client = at(other)
    for name in ("answers", "post", "specimen"):
        assert client.get(address(name, of)).status_code in (302, 403, 404)


def test_letters_are_asked_for_made_taken_and_deleted(at, monkeypatch):
    from zenne.participation.sortition import printing

    monkeypatch.setattr(printing, "set_letters", lambda *given, **more: b"%PDF-1.7")
    of = lottery()
    invitation(of)
    client, here = at(of), address("post", of)
    assert "Make the letters" in client.get(here).content.decode()
    client.post(here, {"verb": "letters"})
    made = Printing.objects.get()
    assert "0 of 1 letters are made" in client.get(here).content.decode()
    posting.make(made.pk)
    assert "All 1 letters (ZIP)" in client.get(here).content.decode()
    packed = client.get(address("printed", of, made.number))
    assert b"".join(packed.streaming_content).startswith(b"PK")
    assert "no-store" in packed["Cache-Control"]
    part = client.get(address("printed_part", of, made.number, 1))
    assert b"".join(part.streaming_content) == b"%PDF-1.7"
    client.post(here, {"verb": "delete", "printing": made.number})
    assert client.get(address("printed", of, made.number)).status_code == 404


def test_editors_enter_answers_and_print_nothing(at):
    of = lottery()
    invitation(of)
    client = at(of, Role.EDITOR)
    client.post(address("post", of), {"verb": "letters"})
    assert not Printing.objects.exists()


def test_envelope_hours_desk_and_reminder_are_set(at):
    of = lottery()
    client, here = at(of), address("post", of)
    given = {
        "verb": "mailing",
        "envelope": "c4",
        "hours_fr": "9 h",
        "desk_fr": "",
        "remind_days": "7",
    }
    client.post(here, given)
    mailing = Mailing.objects.get()
    assert (mailing.envelope, mailing.hours_fr, mailing.remind_days) == ("c4", "9 h", 7)
    assert client.post(here, {**given, "envelope": "c9"}).status_code == 422


def test_a_letter_that_came_back_is_noted_once(at):
    letter = invitation(lottery())
    client, here = at(letter.lottery), address("post", letter.lottery)
    client.post(here, {"verb": "returned", "number": str(letter.number)})
    letter.refresh_from_db()
    assert letter.returned_at == NOW
    assert client.post(here, {"verb": "returned", "number": "99"}).status_code == 422
    assert client.post(here, {"verb": "returned", "number": "x"}).status_code == 422


def test_the_specimen_is_a_letter_to_nobody(at):
    of = lottery(reply_to="Commune\n1060 Saint-Gilles")
    found = at(of).get(address("specimen", of))
    assert found.content.startswith(b"%PDF-")
