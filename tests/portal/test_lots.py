"""Saint-Gilles draws its council by lot: what stands after loading, from the register that nobody keeps to an answer that is late."""

import csv
import io
from collections import Counter
from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.portal.conftest import LOADED_AT
from zenne.core.clock import in_brussels
from zenne.participation.advices import queries as advices
from zenne.participation.decisions.models import Commitment
from zenne.participation.meetings.models import Minutes
from zenne.participation.panels import queries as panels
from zenne.participation.panels.models import Attendance
from zenne.participation.sortition import drawing, queries
from zenne.participation.sortition.enums import LotteryState, OfferState
from zenne.participation.sortition.models import Answer, Draw, Feature, Import, Invitation, Lottery
from zenne.people.history.models import Entry
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import inhabitants_of
from zenne.portal.demonstration.calendar import Calendar
from zenne.portal.demonstration.lots import frame
from zenne.portal.demonstration.reading import read_city

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
SLUG = "conseil-citoyen-saint-gilles"
SAID = read_city(Calendar.of(LOADED_AT)).lots[SLUG]
TODAY = in_brussels(LOADED_AT).date()


@pytest.fixture
def lottery():
    return queries.lotteries().get(activity__phase__process__slug=SLUG)


@pytest.fixture
def draw(lottery):
    return Draw.objects.get(lottery=lottery)


class TestTheRegister:
    def made(self):
        commune = Area.objects.get(kind=AreaKind.COMMUNE, code="21013")
        return commune, frame.register(commune, SAID.lottery.register, year=2026)

    def test_it_is_spread_as_the_figures_of_the_commune_and_repeats_itself(self):
        commune, content = self.made()
        assert content == self.made()[1]
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        figures = inhabitants_of(commune)
        assert len(rows) == 50_000 and len({row["id"] for row in rows}) == 50_000
        women = Counter(row["gender"] for row in rows)["woman"] / len(rows)
        assert women == pytest.approx(figures.women / (figures.women + figures.men), abs=0.01)
        grown = sum(number for decade, number in figures.ages.items() if decade >= 20) + figures.ages[10] * 0.4
        thirties = Counter((2026 - int(row["birth_year"])) // 10 for row in rows)[3] / len(rows)
        assert thirties == pytest.approx(figures.ages[30] / grown, abs=0.01)
        assert min(2026 - int(row["birth_year"]) for row in rows) == 16

    def test_only_the_drawn_letters_were_imported_and_no_file_of_them_is_left(self, lottery):
        assert Invitation.objects.filter(lottery=lottery).count() == 3000
        assert [file.file.name for file in Import.objects.filter(lottery=lottery)] == [""]


class TestTheDraw:
    def test_thirty_five_were_drawn_from_the_committed_pool_within_every_quota(self, lottery, draw):
        assert (lottery.state, draw.pool_size, len(draw.panel), draw.certified) == (LotteryState.SEATED, 130, 35, True)
        seats = drawing.seats_per_group(draw)
        for feature in Feature.objects.filter(category__lottery=lottery).select_related("category"):
            assert feature.minimum <= seats.get((feature.category.key, feature.key), 0) <= feature.maximum

    def test_chance_spoke_after_the_commitment_by_dice_that_two_people_read(self, draw):
        assert draw.published_at < draw.due_at <= draw.drawn_at
        assert draw.randomness == SAID.lottery.dice.throws.replace(" ", "")
        assert draw.readings.count() == 2

    def test_two_said_no_and_two_took_their_places(self, draw):
        offers = list(queries.offers(draw))
        assert Counter(offer.state for offer in offers) == {OfferState.CONFIRMED: 35, OfferState.DECLINED: 2}
        assert {offer.place for offer in offers if offer.replaces} == set(SAID.lottery.declines)
        assert panels.sitting(draw.lottery.panel, LOADED_AT).count() == 35

    def test_what_the_letters_said_of_people_is_destroyed_and_the_history_says_so(self, lottery):
        assert lottery.frame_destroyed_at is not None
        kept = Invitation.objects.filter(lottery=lottery).exclude(name="", address="", household="", features={})
        assert not kept.exists()
        entry = Entry.objects.get(event="lottery.frame_destroyed")
        assert (entry.happened_at, entry.details["letters"]) == (SAID.lottery.destroyed_at, 3000)

    def test_everything_happened_at_its_moment_also_what_the_worker_did(self, lottery):
        found = Entry.objects.filter(event__startswith="lottery.", about_id=lottery.pk)
        assert {entry.happened_at <= LOADED_AT - timedelta(days=90) for entry in found} == {True}
        order = ("framed", "invited", "closed", "checked", "computed", "committed", "drawn", "frame_destroyed")
        moments = [found.get(event=f"lottery.{event}").happened_at for event in order]
        assert moments == sorted(moments)

    def test_answers_came_by_more_than_one_way(self, lottery):
        assert len(set(Answer.objects.filter(lottery=lottery).values_list("channel", flat=True))) > 1


def test_the_council_met_and_its_minutes_are_public(lottery):
    assert Attendance.objects.filter(seat__panel=lottery.panel, present=True).count() == 32
    assert Minutes.objects.get(meeting__process__slug=SLUG).published_at is not None


def test_one_advice_is_answered_and_one_is_late(lottery):
    answered, late = advices.of_process(lottery.process).order_by("number")
    assert (answered.state, answered.days_late(TODAY)) == ("answered", 0)
    assert [each.answer.verdict for each in answered.recommendations.select_related("answer")] == [
        "taken",
        "taken",
        "partly",
        "refused",
    ]
    assert (late.state, late.days_late(TODAY)) == ("issued", 12)
    assert Commitment.objects.filter(process=lottery.process, milestones__isnull=False).count() == 3


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_its_pages_read_in_three_languages(client, clock_shows, language):
    clock_shows(LOADED_AT)
    home = f"/{language}/processes/{SLUG}/"
    late = {"fr": "12 jours de retard", "nl": "12 dagen te laat", "en": "12 days late"}[language]
    assert late in client.get(home).text
    lottery = Lottery.objects.get(activity__phase__process__slug=SLUG)
    draw, panel, meeting = f"lots/{lottery.pk}/draws/1/", f"panels/{lottery.panel_id}/", lottery.process.meetings.get()
    for page in ("advices/", "advices/1/", "advices/2/", "decisions/", f"lots/{lottery.pk}/", draw, panel):
        assert client.get(home + page).status_code == 200, page
    with override(language):
        assert SAID.meeting.minutes[language][:20] in client.get(meeting.get_absolute_url()).text
