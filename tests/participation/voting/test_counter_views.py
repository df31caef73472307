"""Voting on a shared device at a counter: what the browser sees, and what is left in it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from zenne import web
from zenne.participation.voting import actions, queries
from zenne.participation.voting.enums import Channel, Districts, Method
from zenne.participation.voting.models import Ballot, CounterPass
from zenne.participation.voting.queries import Guest
from zenne.web import just_wrote

from .factories import NOW, cast, district, resident, staff, vote
from .test_paper import CARD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def device():
    """A browser that checks tokens as a real one must."""
    return Client(enforce_csrf_checks=True)


def opened(of, guest=None, **given):
    clerk = staff(of.process.organisation)
    code = actions.let_vote(of, guest=guest or queries.guest_with_number(CARD), by=clerk, now=NOW, **given)
    return reverse("voting:counter_ballot", args=[of.process.slug, of.pk, code])


def test_a_ballot_is_filled_in_looked_at_and_cast_without_a_cookie(device):
    of = vote()
    here = opened(of)
    assert device.get(here).status_code == 200
    looked = device.post(here, {"o2": "1"})
    assert ("o2", "1") in looked.context["fields"]
    done = device.post(here, {"o2": "1", "cast": "1"})
    assert done.status_code == 200
    ballot = Ballot.objects.get(vote=of)
    assert (ballot.content["choices"], ballot.channel) == (["2"], Channel.COUNTER)
    assert "".join(done.context["code"]) == ballot.leaf
    assert set(device.cookies) <= {just_wrote.COOKIE}  # seconds long, and the same for everybody
    assert done["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_the_ballot_has_every_place_that_its_script_fills(device, client_for):
    of = vote()
    script = (Path(web.__file__).parent / "front/js/ballot.js").read_text()
    places = set(re.findall(r'this\.querySelector\("\[(data-[\w-]+)\]"\)', script)) - {
        "data-out"
    }  # in the lines it makes
    online = reverse("voting:ballot", args=[of.process.slug, of.pk])
    for page in (device.get(opened(of)).text, client_for(resident()).get(online).text):
        assert {place for place in places if f" {place}" not in page} == set() != places


def test_no_answer_is_kept_by_the_browser_and_the_address_shows_nothing_afterwards(device):
    of = vote()
    here = opened(of)
    answers = [device.get(here), device.post(here, {"o1": "1"}), device.post(here, {"o1": "1", "cast": "1"})]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    for method in (device.get, device.post):
        over = method(here)
        assert over.status_code == 404
        assert "Option 1" not in over.content.decode()
    assert "Option 1" not in answers[2].content.decode()


def test_whoever_is_signed_in_on_the_device_is_signed_out(client_for):
    of = vote()
    client = client_for(staff(of.process.organisation))
    here = opened(of)
    answer = client.get(here)
    assert answer.url == here
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert client.get(reverse("vote:edit", args=[of.pk])).status_code == 302


def test_a_code_that_is_over_signs_nobody_out(client_for):
    of = vote()
    client = client_for(staff(of.process.organisation))
    assert client.get(reverse("voting:counter_ballot", args=[of.process.slug, of.pk, "NOTACODE22"])).status_code == 404
    assert client.get(reverse("vote:edit", args=[of.pk])).status_code == 200


def test_a_typed_code_opens_the_ballot_and_a_wrong_one_is_said(device):
    of = vote()
    code = opened(of).rstrip("/").rsplit("/", 1)[1]
    enter = reverse("voting:counter", args=[of.process.slug, of.pk])
    assert device.get(enter, {"code": f"{code[:5]} {code[5:]}".lower()}).url.endswith(f"/{code}/")
    wrong = device.get(enter, {"code": "AAAAABBBBB"})
    assert (wrong.status_code, bool(wrong.context["fault"])) == (404, True)


def test_what_breaks_the_rule_is_said_and_what_was_filled_in_stays(device):
    of = vote(max_choices=1)
    answer = device.post(opened(of), {"o1": "1", "o2": "1"})
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == 2
    assert device.post(opened(of), {"o1": "1", "o2": "1", "cast": "1"}).status_code == 422


def test_leaving_without_voting_keeps_nothing(device):
    of = vote()
    here = opened(of)
    device.post(here, {"o1": "1", "leave": "1"})
    assert not CounterPass.objects.exists()
    assert not Ballot.objects.exists()
    assert device.get(here).status_code == 404


def test_more_time_keeps_what_was_filled_in(device):
    of = vote()
    here = opened(of)
    CounterPass.objects.update(expires_at=NOW.replace(minute=NOW.minute + 1))
    answer = device.post(here, {"o1": "1", "time": "1"})
    assert " checked" in answer.content.decode()
    assert CounterPass.objects.get().expires_at == NOW + actions.counter.PASS_LIFE


def test_the_end_of_the_vote_is_said_where_it_comes_before_the_end_of_the_time_given(device):
    of = vote(closes_at=NOW + timedelta(minutes=7))
    page = device.get(opened(of))
    assert page.context["expires_at"] == NOW + timedelta(minutes=7)
    assert page.context["seconds"] == 420


def test_whoever_just_opened_a_ballot_looks_at_its_code_and_not_at_the_next_person(client_for):
    of = vote(closes_at=NOW + timedelta(minutes=7))
    desk = client_for(staff(of.process.organisation))
    address = f"/manage/votes/{of.pk}/counter/"
    found = desk.post(address, {"verb": "look", "who": CARD})
    page = desk.post(address, {"verb": "screen", "guest": found.context["token"]})
    assert page.context["opened"]["minutes"] == 7
    assert "autofocus" in desk.get(address).text
    assert not any("autofocus" in each.text for each in (found, page))


def test_a_blank_ballot_is_cast(device):
    of = vote()
    here = opened(of)
    assert device.post(here, {"blank": "1"}).context["blank"]
    device.post(here, {"blank": "1", "cast": "1"})
    assert Ballot.objects.get().content["choices"] is None


def test_a_single_choice_is_cast(device):
    of = vote(method=Method.SINGLE)
    here = opened(of)
    assert device.post(here, {"one": "3"}).context["fields"] == [("one", "3")]
    assert device.post(here, {"one": "3", "blank": "1"}).context["fields"] == [("one", "3")], (
        "who thinks again finds it"
    )
    device.post(here, {"one": "3", "cast": "1"})
    assert Ballot.objects.get().content["choices"] == ["3"]


def test_the_group_is_chosen_by_the_voter_where_voters_choose(device):
    of = vote(districts_mode=Districts.ONE)
    where = district(of, 1)
    of.options.update(district=where)
    here = opened(queries.votes().get(pk=of.pk))
    assert device.get(here).context["districts"] == [where]
    assert device.post(here, {"district": "1", "where": "1"}).context["district"] == where
    device.post(here, {"district": "1", "o1": "1", "cast": "1"})
    assert Ballot.objects.get().district == where


def test_a_ballot_cast_online_is_replaced_and_said_so(device):
    of, person = vote(), resident()
    cast(of, person, 1)
    done = device.post(opened(of, Guest(person)), {"o2": "1", "cast": "1"})
    assert done.context["replaced"]


def test_after_the_end_a_code_opens_nothing(device, clock_shows):
    of = vote(closes_at=NOW.replace(minute=NOW.minute + 5))
    here = opened(of)
    clock_shows(NOW.replace(minute=NOW.minute + 6))
    assert device.post(here, {"o1": "1", "cast": "1"}).status_code in (403, 404)
    assert not Ballot.objects.exists()
    assert not queries.votes().get(pk=of.pk).passes.exists()
