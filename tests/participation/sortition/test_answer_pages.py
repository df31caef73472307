"""Answering a letter on the web, and the seat that is offered: what each visitor sees and can do, and what nobody can find out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zenne.messaging.outbox.tasks import send_due
from zenne.participation.sortition import actions, codes
from zenne.participation.sortition.enums import Channel, OfferState, Says
from zenne.participation.sortition.models import Answer, Lottery, Offer

from .factories import AFTER, CHANCE, NOW, chief, drawn, invitation, lottery, yes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
GIVEN = {
    "says": "yes",
    "group-gender": "w",
    "group-age": "old",
    "name": "Noor",
    "email": "noor@example.org",
    "consent": "on",
}


def answer_url(of):
    return reverse("sortition:answer", args=[of.process.slug, of.pk]).replace("/fr/", "/en/", 1)


@pytest.fixture
def opened(client):
    """A letter whose code was typed by this client."""
    letter = invitation(lottery())
    client.post(answer_url(letter.lottery), {"code": codes.code_of(letter)})
    return letter


def test_a_code_is_taken_however_it_is_typed_and_leaves_the_address(client):
    letter = invitation(lottery())
    code = codes.code_of(letter)
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        found = client.post(answer_url(letter.lottery), {"code": typed})
        assert found.status_code == 302
        assert found["Location"] == answer_url(letter.lottery)
        assert found["Referrer-Policy"] == "same-origin"
        assert "Do you want to be in the draw?" in client.get(found["Location"]).content.decode()


def test_the_square_code_leads_to_the_same_place_by_the_short_address(client):
    letter = invitation(lottery())
    bare = codes.code_of(letter).replace("-", "")
    found = client.get(f"/en/lots/{letter.lottery_id}/", {"code": bare}, follow=True)
    assert [status for _address, status in found.redirect_chain] == [302, 302]
    assert f"Letter no. {letter.number}" in found.content.decode()


def test_a_wrong_code_another_draws_code_and_a_destroyed_one_are_told_alike(client):
    of, other, gone = lottery(), invitation(lottery()), invitation(lottery(), code_digest=None)
    said = set()
    for typed in ("AAAAA-AAAAA", codes.code_of(other), codes.code_of(gone)):
        found = client.post(answer_url(of), {"code": typed})
        assert found.status_code == 422
        said.add(found.content.decode().replace(typed, ""))
    assert len(said) == 1


def test_guessing_is_slowed_down(client, settings):
    of = lottery()
    settings.THROTTLES = {**settings.THROTTLES, "POST sortition:answer": (3, 3600)}
    tries = [client.post(answer_url(of), {"code": f"AAAAA-AAAA{number}"}).status_code for number in range(5)]
    assert tries == [422, 422, 422, 429, 429]


def test_a_yes_is_taken_with_its_groups_and_a_receipt_leaves(client, opened, mailbox):
    found = client.post(answer_url(opened.lottery), GIVEN, follow=True).content.decode()
    assert "You are in the pool" in found
    assert "noor@example.org" not in found
    given = Answer.objects.get(invitation=opened)
    assert (given.says, given.features, given.channel) == (Says.YES, {"gender": "w", "age": "old"}, Channel.ONLINE)
    send_due()
    assert mailbox[-1]["To"] == "noor@example.org"
    assert f"/lots/{opened.lottery_id}/" in mailbox.text()
    assert codes.code_of(opened) not in mailbox.text()


def test_a_no_needs_nothing_else(client, opened):
    found = client.post(answer_url(opened.lottery), {"says": "no"}, follow=True).content.decode()
    assert "You said no, thank you" in found


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("says", "Say yes or no."),
        ("group-age", "Choose one of the groups."),
        ("name", "Give a name"),
        ("email", "Give an e-mail address or a phone number"),
        ("consent", "We need your agreement"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_is_kept(client, opened, lacking, said):
    found = client.post(answer_url(opened.lottery), {**GIVEN, lacking: ""})
    assert found.status_code == 422
    page = found.content.decode()
    assert said in page
    if lacking != "name":
        assert 'value="Noor"' in page
    assert not Answer.objects.filter(invitation=opened).exists()


@pytest.mark.parametrize("field", ["says", "group-age", "email", "consent", "code", "phone"])
def test_no_input_breaks_the_page(client, opened, field):
    for junk in ("\x00", "é" * 5000, "'; drop table", "<script>"):
        found = client.post(answer_url(opened.lottery), {**GIVEN, field: junk})
        assert found.status_code < 500


def test_an_answer_changes_until_the_end_and_shows_nothing_of_what_was_written(client, opened):
    client.post(answer_url(opened.lottery), GIVEN)
    form = client.get(answer_url(opened.lottery), {"change": "1"}).content.decode()
    assert "Noor" not in form
    assert "noor@example.org" not in form
    client.post(answer_url(opened.lottery), {"says": "no", "change": "1"})
    assert Answer.objects.get(invitation=opened).says == Says.NO


def test_an_earlier_answer_by_another_channel_is_told_by_channel_and_day_and_by_nothing_else(client, opened):
    reply = actions.Reply(Says.YES, {"gender": "m", "age": "old"}, actions.Contact("Jan", "", "02 123"), consent=True)
    actions.answer(opened, reply, channel=Channel.PHONE, by=chief(opened.lottery), now=NOW)
    found = client.get(answer_url(opened.lottery)).content.decode()
    assert "By phone" in found
    assert "Jan" not in found
    assert "02 123" not in found
    again = client.post(answer_url(opened.lottery), GIVEN, follow=True).content.decode()
    assert "This letter was answered already." in again
    assert Answer.objects.get(invitation=opened).channel == Channel.PHONE


def test_a_yes_is_taken_back(client, opened):
    client.post(answer_url(opened.lottery), GIVEN)
    found = client.post(answer_url(opened.lottery), {"withdraw": "1"}, follow=True).content.decode()
    assert "You are not in the draw" in found
    assert not Answer.objects.get(invitation=opened).in_pool


def test_after_the_last_moment_nobody_answers_and_it_is_said_kindly(client, opened, clock_shows):
    clock_shows(AFTER)
    client.post(answer_url(opened.lottery), {"code": codes.code_of(opened)})
    found = client.get(answer_url(opened.lottery)).content.decode()
    assert "The time to answer is over" in found
    client.post(answer_url(opened.lottery), GIVEN)
    assert not Answer.objects.filter(invitation=opened).exists()


def test_what_was_opened_closes_by_itself_and_on_demand(client, opened, clock_shows):
    clock_shows(NOW + timedelta(minutes=29))
    assert "Letter no." in client.get(answer_url(opened.lottery)).content.decode()
    clock_shows(NOW + timedelta(minutes=31))
    assert "The code on your letter" in client.get(answer_url(opened.lottery)).content.decode()
    clock_shows(NOW)
    client.post(answer_url(opened.lottery), {"leave": "1"})
    assert "The code on your letter" in client.get(answer_url(opened.lottery)).content.decode()


def test_another_device_sees_nothing_without_the_code(client_for, client, opened):
    client.post(answer_url(opened.lottery), GIVEN)
    found = client_for(None).get(answer_url(opened.lottery)).content.decode()
    assert "The code on your letter" in found


# --- seats -------------------------------------------------------------------------------------------------------------------


def seat_url(offer):
    of = offer.draw.lottery
    return reverse("sortition:seat", args=[of.process.slug, of.pk, offer.key]).replace("/fr/", "/en/", 1)


@pytest.fixture
def offer(clock_shows):
    draw = drawn()
    clock_shows(CHANCE + timedelta(hours=1))
    return draw.offers.select_related("draw__lottery__activity__phase__process").order_by("position").first()


def test_a_seat_is_taken_with_one_button_and_given_up_with_another(client, offer):
    assert "You were drawn" in client.get(seat_url(offer)).content.decode()
    client.post(seat_url(offer), {"confirm": "1"})
    offer.refresh_from_db()
    assert offer.state == OfferState.CONFIRMED
    assert "You are a member of the panel" in client.get(seat_url(offer)).content.decode()
    client.post(seat_url(offer), {"leave": "1"})
    assert Offer.objects.get(pk=offer.pk).state == OfferState.LEFT


def test_a_declined_seat_goes_to_the_next_and_stays_closed(client, offer):
    client.post(seat_url(offer), {"decline": "1"})
    assert Offer.objects.get(replaces=offer).place == offer.place
    found = client.post(seat_url(offer), {"confirm": "1"}, follow=True).content.decode()
    assert "This seat can no longer be taken" in found
    assert "This seat is no longer open" in found


def test_looking_at_a_seat_answers_nothing(client, offer):
    client.get(seat_url(offer), {"confirm": "1"})
    assert Offer.objects.get(pk=offer.pk).state == OfferState.OFFERED


def test_an_unknown_seat_and_one_of_another_draw_are_not_found(client, offer):
    elsewhere = lottery()
    wrong = reverse("sortition:seat", args=[elsewhere.process.slug, elsewhere.pk, offer.key])
    assert client.get(wrong).status_code == 404


def test_the_reserve_sees_its_place(client, offer):
    of = Lottery.objects.get(pk=offer.draw.lottery_id)
    number = offer.draw.reserve[0]
    letter = of.invitations.get(answer__number=number)
    client.post(answer_url(offer.draw.lottery), {"code": codes.code_of(letter)})
    found = client.get(answer_url(offer.draw.lottery)).content.decode()
    assert f"Your number is {number}" in found
    assert "Place in the reserve" in found


def test_who_was_drawn_is_led_to_the_seat(client, offer):
    letter = offer.answer.invitation
    client.post(answer_url(offer.draw.lottery), {"code": codes.code_of(letter)})
    found = client.get(answer_url(offer.draw.lottery)).content.decode()
    assert str(offer.key) in found


def test_who_has_a_seat_and_no_account_erases_everything_with_the_code_and_the_seat_goes_on(client, offer):
    letter = offer.answer.invitation
    actions.confirm(offer, by=None, now=CHANCE)
    here = answer_url(offer.draw.lottery)
    client.post(here, {"code": codes.code_of(letter)})
    assert "Erase everything about me" in client.get(here).content.decode()
    done = client.post(here, {"erase": "1"}, follow=True).content.decode()
    assert "Everything that led to you is erased" in done
    offer.refresh_from_db()
    seat, given, letter = offer.panel_seat, offer.answer, type(letter).objects.get(pk=letter.pk)
    assert (seat.contact_name, seat.contact_email, seat.end) == ("", "", "erased")
    assert (given.name, given.email, given.features, letter.name, letter.code_digest) == ("", "", {}, "", None)
    assert Offer.objects.get(replaces=offer).state == OfferState.OFFERED
    assert given.number in offer.draw.panel


def test_an_erased_letter_opens_nothing_any_more(client, opened):
    given = yes(opened)
    actions.erase_answer(given, by=None, now=NOW)
    assert "The code on your letter" in client.get(answer_url(opened.lottery)).content.decode()
