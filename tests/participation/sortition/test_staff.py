"""The back office of draws by lot, page by page."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.participation.ideas.factories import process
from zenne.participation.sortition import actions, computing, framing, queries
from zenne.participation.sortition.enums import DrawState, ImportState, LotteryState, OfferState
from zenne.participation.sortition.models import Category, Draw, Feature, Import, Lottery
from zenne.people.organisations.enums import Role
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from .factories import (
    CHANCE,
    DICE,
    LATER,
    NOW,
    checked,
    chief,
    closed,
    committed,
    design,
    drawn,
    lottery,
    pool,
    ready,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
CSV = "name;address;language\nAnn;Rue A 1|1060 Saint-Gilles;fr\nBram;Rue B 2|1060 Saint-Gilles;nl\n"


def address(name, of, *more):
    return reverse(f"lottery:{name}", args=[of.pk, *more])


def said(client, name, of):
    return client.get(address(name, of)).content.decode()


def press(client, name, of, verb, **given):
    return client.post(address(name, of), {"verb": verb, **given}, follow=True)


# --- the list and the board -------------------------------------------------------------------------------------------------


def test_the_list_asks_as_much_for_three_draws_as_for_one(at, django_assert_num_queries):
    of = lottery()
    client = at(of)
    client.get(reverse("lottery:index"))
    with django_assert_num_queries(13):
        client.get(reverse("lottery:index"))
    lottery(of.process), lottery(of.process)
    with django_assert_num_queries(13):
        assert client.get(reverse("lottery:index")).content.decode().count("data-label") == 9


def test_the_board_says_where_it_stands_and_what_is_missing(at):
    of = lottery(state=LotteryState.DESIGNED, quotas={})
    page = said(at(of), "edit", of)
    assert 'aria-current="step">Being designed' in page
    assert "The categories that the panel mirrors" in page
    assert address("quotas", of) in page


@pytest.mark.parametrize("name", ["edit", "settings", "quotas", "letters", "pool", "draw", "seats"])
def test_every_page_answers_at_every_step_of_the_way(at, name):
    for of in (lottery(state=LotteryState.DESIGNED), lottery(), closed(), checked()):
        assert at(of).get(address(name, of)).status_code == 200
    for draw in (ready(), committed(), drawn()):
        assert at(draw.lottery).get(address(name, draw.lottery)).status_code == 200


@pytest.mark.parametrize("name", ["edit", "settings", "quotas", "letters", "pool", "draw", "seats"])
def test_staff_of_another_organisation_find_nothing(at, name):
    mine, other = lottery(), lottery(process())
    answer = at(mine).get(address(name, other))
    assert answer.status_code in (302, 403, 404)


def test_every_member_sees_the_pool_and_only_managers_the_settings(at):
    of = lottery()
    client = at(of, Role.EDITOR)
    assert client.get(address("pool", of)).status_code == 200
    assert client.get(address("settings", of)).status_code in (302, 403)


# --- designing --------------------------------------------------------------------------------------------------------------


def test_the_assistant_proposes_groups_and_quotas_from_the_figures_of_the_area(at):
    place = Area.objects.create(kind=AreaKind.COMMUNE, code="21013", name_fr="Saint-Gilles", name_nl="Sint-Gillis")
    of = design(quotas={}, size=35, area=place)
    client = at(of)
    press(client, "quotas", of, "add", kind="age", ages="16, 30, 60")
    press(client, "quotas", of, "add", kind="gender")
    assert press(client, "quotas", of, "add", kind="gender").status_code == 409
    age, gender = Category.objects.filter(lottery=of).order_by("position")
    assert [feature.key for feature in age.features.all()] == ["16-29", "30-59", "60-plus"]
    assert sum(feature.share for feature in age.features.all()) == pytest.approx(100, abs=0.01)
    for feature in age.features.all():
        assert feature.minimum <= float(feature.share) / 100 * 35 <= feature.maximum
    assert "Statbel" in age.figures_fr
    assert [feature.share is None for feature in gender.features.all()] == [False, False, True]


def test_the_table_of_quotas_is_saved_and_a_contradiction_is_said_beside_its_cell(at):
    of = design()
    client = at(of)
    given = {}
    for feature in Feature.objects.filter(category__lottery=of):
        given |= {f"{feature.pk}-minimum": "0", f"{feature.pk}-maximum": "3"}
    first = Feature.objects.filter(category__lottery=of).first()
    answer = client.post(address("quotas", of), {"verb": "save", **given, f"{first.pk}-minimum": "4"})
    assert answer.status_code == 422
    assert "At most cannot be below at least." in answer.content.decode()
    assert client.post(address("quotas", of), {"verb": "save", **given}).status_code == 302
    assert set(Feature.objects.filter(category__lottery=of).values_list("minimum", "maximum")) == {(0, 3)}


def test_impossible_quotas_are_said_in_plain_words(at):
    of = lottery(state=LotteryState.DESIGNED, quotas={"gender": {"w": (3, 4), "m": (3, 4)}})
    page = said(at(of), "quotas", of)
    assert "the smallest numbers add up to 6, but there are 4 seats" in page


def test_settings_are_saved_and_after_the_letters_only_a_later_end_with_a_reason(at):
    of = lottery(state=LotteryState.DESIGNED)
    client = at(of)
    given = {
        "size": "35",
        "algorithm": "leximin",
        "per_address": "1",
        "source": "drand",
        "confirm_days": "7",
        "begins_on": "01/01/2027",
        "ends_on": "31/12/2028",
        "response_percent": "4",
        "tolerance_percent": "10",
        "keep_days": "30",
        "until_day": "10/07/2026",
        "letter_fr": "Bonjour",
        "reason_fr": "Au début",
    }
    assert client.post(address("settings", of), given).status_code == 302
    of.refresh_from_db()
    assert (of.size, of.begins_on, of.letter_fr) == (35, date(2027, 1, 1), "Bonjour")
    Lottery.objects.filter(pk=of.pk).update(state=LotteryState.INVITED, invited_at=NOW)
    assert 'name="size"' not in said(client, "settings", of)
    answer = client.post(address("settings", of), {**given, "until_day": "09/07/2026"})
    assert answer.status_code == 422
    assert "it can be moved later, never earlier" in answer.content.decode()
    later = {**given, "until_day": "20/07/2026"}
    assert client.post(address("settings", of), {**later, "reason_fr": ""}).status_code == 422
    assert client.post(address("settings", of), later).status_code == 302


# --- the file of letters ----------------------------------------------------------------------------------------------------


def give(client, of, text=CSV):
    file = SimpleUploadedFile("lettres.csv", text.encode(), content_type="text/csv")
    return client.post(address("letters", of), {"verb": "read", "file": file})


def test_a_file_is_read_shown_and_written_only_then(at):
    of = lottery(state=LotteryState.DESIGNED)
    client = at(of)
    assert give(client, of).status_code == 302
    file = Import.objects.get()
    answer = client.get(address("letters", of))
    assert answer["Refresh"]
    assert "The file is being read" in answer.content.decode()
    framing.read(file.pk)
    assert not of.invitations.exists()
    assert "<strong>2</strong>" in said(client, "letters", of)
    press(client, "letters", of, "write")
    framing.write(file.pk)
    assert of.invitations.count() == 2
    file.refresh_from_db()
    assert (file.state, file.file.name) == (ImportState.WRITTEN, "")
    press(client, "letters", of, "send")
    of.refresh_from_db()
    assert of.state == LotteryState.FRAMED  # the seats have no days yet: the page says so
    Lottery.objects.filter(pk=of.pk).update(begins_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    press(client, "letters", of, "send")
    of.refresh_from_db()
    assert of.state == LotteryState.INVITED


def test_faults_are_shown_with_line_and_column(at):
    of = lottery(state=LotteryState.DESIGNED)
    client = at(of)
    give(client, of, CSV + "Ann;Rue A 1|1060 Saint-Gilles;fr\n;Rue C 3;xx\n")
    framing.read(Import.objects.get().pk)
    page = said(client, "letters", of)
    cells = re.findall(r'<td data-label="Line">(\d+)</td><td data-label="Column"><code>(\w+)</code>', page)
    assert cells == [("4", "name"), ("5", "name"), ("5", "language")]
    assert "stands on line 2 already" in page


# --- the draw ---------------------------------------------------------------------------------------------------------------


def test_the_whole_way_from_the_closed_pool_to_the_drawn_panel(at, clock_shows):
    of = closed()
    clock_shows(LATER)
    client = at(of)
    press(client, "draw", of, "check")
    computing.check(of.pk)
    press(client, "draw", of, "compute")
    draw = Draw.objects.get()
    assert client.get(address("draw", of))["Refresh"]
    computing.compute(draw.pk)
    given = {"draw": "1", "source": "dice", "day": "07/07/2026", "hour": "11:31", "throws": "20", "place": "Ici"}
    assert "Commit in public" in said(client, "draw", of)
    assert press(client, "draw", of, "commit", **{**given, "day": "01/07/2026"}).status_code == 422
    press(client, "draw", of, "commit", **given)
    clock_shows(CHANCE)
    client, second = at(of), at(of)
    assert press(client, "draw", of, "dice", draw="1", digits="12").status_code == 422
    press(client, "draw", of, "dice", draw="1", digits=DICE)
    press(client, "draw", of, "draw", draw="1")
    draw.refresh_from_db()
    assert draw.state == DrawState.COMMITTED
    press(second, "draw", of, "dice", draw="1", digits=DICE)
    for each in (client, second, client):
        assert press(each, "draw", of, "draw", draw="1").status_code == 200
    draw.refresh_from_db()
    assert draw.state == DrawState.DRAWN
    assert draw.offers.count() == 4


def test_a_page_that_shows_an_earlier_draw_does_nothing_to_the_next(at):
    draw = ready()
    client = at(draw.lottery)
    press(client, "draw", draw.lottery, "discard", draw="1")
    ready(queries.lotteries().get(pk=draw.lottery_id))
    press(client, "draw", draw.lottery, "discard", draw="1")
    assert list(Draw.objects.order_by("number").values_list("state", flat=True)) == ["discarded", "ready"]


def test_impossible_quotas_are_offered_the_smallest_changes_and_one_is_taken_with_a_reason(at):
    quotas = {"gender": {"w": (4, 4), "m": (0, 0)}, "age": {"young": (0, 0), "old": (4, 4)}}
    of = checked(quotas=quotas, people=8)
    client = at(of)
    page = said(client, "draw", of)
    assert address("widen", of, 0) in page
    assert client.post(address("widen", of, 0), {"reason_fr": ""}).status_code == 422
    assert client.post(address("widen", of, 0), {"reason_fr": "Trop peu de réponses."}).status_code == 302
    computing.check(of.pk)
    of.refresh_from_db()
    assert of.state == LotteryState.CHECKED


def test_annulling_asks_for_a_reason(at, clock_shows):
    draw = drawn()
    clock_shows(CHANCE)
    client = at(draw.lottery)
    assert client.post(address("annul", draw.lottery), {"reason_fr": ""}).status_code == 422
    assert client.post(address("annul", draw.lottery), {"reason_fr": "Un dé est tombé."}).status_code == 302
    draw.refresh_from_db()
    assert draw.state == DrawState.ANNULLED


# --- pool and seats ---------------------------------------------------------------------------------------------------------


def test_the_pool_asks_as_much_for_many_as_for_few(at, django_assert_num_queries):
    of = lottery()
    client = at(of)
    pool(of, 1)
    client.get(address("pool", of))
    with django_assert_num_queries(21):
        page = client.get(address("pool", of)).content.decode()
    assert "Too few for the quota" in page
    pool(of, 6)
    with django_assert_num_queries(21):
        page = client.get(address("pool", of)).content.decode()
    assert "Too few for the quota" not in page


def test_the_file_of_the_pool_has_numbers_and_groups_and_nobody(at):
    of = closed()
    text = at(of).get(address("pool_file", of)).content.decode()
    assert text.splitlines()[0] == "id,age,gender,address"
    assert len(text.splitlines()) == 13
    assert "Personne" not in text
    assert "@" not in text


def test_before_the_pool_closes_there_is_no_file(at):
    of = lottery()
    pool(of, 3)
    assert at(of).get(address("pool_file", of)).content == b""


def test_replies_by_phone_are_entered_and_a_free_seat_names_who_is_asked_next(at, clock_shows):
    draw = drawn()
    clock_shows(CHANCE)
    client = at(draw.lottery, Role.MANAGER)
    first, second = draw.offers.order_by("place")[:2]
    press(client, "seats", draw.lottery, "confirm", offer=first.pk)
    press(client, "seats", draw.lottery, "decline", offer=second.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (OfferState.CONFIRMED, OfferState.DECLINED)
    assert draw.offers.filter(replaces=second).exists()


def test_the_seats_ask_as_much_for_many_as_for_few(at, django_assert_num_queries, clock_shows):
    draw = drawn()
    clock_shows(CHANCE)
    client = at(draw.lottery)
    client.get(address("seats", draw.lottery))
    with django_assert_num_queries(20):
        client.get(address("seats", draw.lottery))
    for offer in draw.offers.all():
        actions.decline(offer, by=chief(draw.lottery), staff=True, now=CHANCE)
    with django_assert_num_queries(20):
        client.get(address("seats", draw.lottery))
