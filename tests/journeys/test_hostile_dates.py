"""Every day and hour that somebody types: out of order, out of all calendars, in the hour that March leaves out and October has twice.

Either the form comes back with words and what was typed, or a defined moment is kept; nothing breaks.
"""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from tests.messaging.campaigns.factories import campaign
from tests.participation.processes import factories as make
from tests.people.organisations import factories as organisations
from zenne.messaging.campaigns.models import Campaign
from zenne.messaging.notifications.models import Pause
from zenne.participation.processes.models import Activity, Phase, Process
from zenne.people.moderation.models import Block

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
OPENS, CLOSES = datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 11, 30, 23, tzinfo=UTC)  # 1 March to 30 November
WHY = {"reason_fr": "Pluie", "reason_nl": "Regen"}
NO_DAYS = [
    "0001-01-01",
    "9999-12-31",
    "0000-00-00",
    "2026-02-30",
    "10000-01-01",
    "-2026-03-01",
    "soon",
    "\x00",
    "9" * 400,
]
NO_HOURS = ["24:00", "-1:00", "02:60", "2", "now", "\x00"]
MARCH, OCTOBER = datetime(2026, 3, 29, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.fixture
def desk(clock_shows, client_for):
    """A call from March to November of a commune, a letter, a person, and somebody who may do everything there."""
    clock_shows(NOW)
    house = organisations.organisation("Jette", languages=["fr", "nl"])
    process = make.published(house, now=NOW)
    Phase.objects.update(opens_at=OPENS, closes_at=CLOSES)
    other = make.draft(house, now=NOW)
    resident = organisations.person("Amina")
    boss = organisations.platform_admin()
    found = {
        "process": process,
        "phase": process.phases.get(),
        "activity": make.only_activity(process),
        "other": other,
        "letter": campaign(house),
    }
    return house, found, client_for(boss), resident, client_for(resident)


def places(desk):
    """For each form: its address, who sends it, what else stands in it, and its days and hours, beginning before end."""
    house, found, staff, resident, theirs = desk
    phase = {"process": found["other"].pk, **make.texts(title="Appel")}
    activity = {
        "process": found["process"].pk,
        "phase": found["phase"].pk,
        "kind": "information",
        **make.texts(title="Idées"),
    }
    extend = reverse("process_phase:extend", args=[found["phase"].pk])
    window = ("opens_day", "opens_hour", "closes_day", "closes_hour")
    block = {"organisation": house.pk, "email": resident.email, "ground": "commercial", "text": "Publicité."}
    return {
        "a phase": (reverse("process_phase:add"), staff, phase, window),
        "an activity": (reverse("process_activity:add"), staff, activity, window),
        "more time": (extend, staff, WHY, ("closes_day", "closes_hour")),
        "a copy": (reverse("process:duplicate", args=[found["process"].pk]), staff, {"slug": "copie"}, ("begins",)),
        "a letter": (reverse("campaign:edit", args=[found["letter"].pk]), staff, {"verb": "schedule"}, ("day", "hour")),
        "a block": (reverse("moderation_block:add"), staff, block, ("until",)),
        "a pause": ("/fr/messages/choices/pause/", theirs, {}, ("until",)),
    }


FORMS = ["a phase", "an activity", "more time", "a copy", "a letter", "a block", "a pause"]
GOOD = {"day": "2026-12-20", "hour": "10:00"}


def good(name, field):
    if field.endswith("hour"):
        return GOOD["hour"]
    return {"opens_day": "2026-05-01", "closes_day": "2026-05-31"}.get(field, GOOD["day"])


def sent(client, address, data):
    with transaction.atomic():
        answer = client.post(address, data)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("name", FORMS)
def test_a_day_or_an_hour_that_is_none_comes_back_with_words(desk, name):
    address, client, more, fields = places(desk)[name]
    whole = {**more, **{field: good(name, field) for field in fields}}
    if name == "more time":
        whole["closes_day"] = GOOD["day"]
    assert sent(client, address, whole).status_code == 302, "as it is meant, it is taken"
    for field in fields:
        for typed in NO_HOURS if field.endswith("hour") else NO_DAYS:
            answer = sent(client, address, {**whole, field: typed})
            assert answer.status_code == 422, (field, typed)
            assert "error" in answer.text, (field, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("a phase", {"opens_day": "2026-06-01", "closes_day": "2026-05-31"}),
        ("a phase", {"opens_day": "2026-05-31", "closes_day": "2026-05-31", "closes_hour": "09:00"}),
        ("a phase", {"opens_day": "2026-05-31", "closes_day": "2026-05-31", "closes_hour": "10:00"}),
        # on the wall 02:30 comes before 03:15; that night it is 03:30
        (
            "a phase",
            {"opens_day": "2026-03-29", "opens_hour": "02:30", "closes_day": "2026-03-29", "closes_hour": "03:15"},
        ),
        ("an activity", {"opens_day": "2026-06-01", "closes_day": "2026-05-31"}),
        ("an activity", {"opens_day": "2026-02-28"}),
        ("an activity", {"closes_day": "2026-12-01"}),
        (
            "an activity",
            {"opens_day": "2026-03-29", "opens_hour": "02:30", "closes_day": "2026-03-29", "closes_hour": "03:15"},
        ),
        ("more time", {"closes_day": "2026-11-29"}),
        ("a letter", {"day": "2026-01-31"}),
        ("a block", {"until": "2026-01-31"}),
        ("a block", {"until": "2027-02-02"}),
        ("a pause", {"until": "2026-02-01"}),
    ],
)
def test_an_end_before_the_beginning_or_in_the_past_is_refused(desk, name, typed):
    address, client, more, fields = places(desk)[name]
    whole = {**more, **{field: good(name, field) for field in fields}, **typed}
    answer = sent(client, address, whole)
    assert answer.status_code == 422 and "error" in answer.text
    assert all(value in answer.text or "/".join(reversed(value.split("-"))) in answer.text for value in typed.values())


def kept(name):
    """The first moment that a form of this name left."""
    if name in ("a phase", "an activity"):
        return (Phase if name == "a phase" else Activity).objects.order_by("-pk")[0].opens_at
    if name == "more time":
        return Phase.objects.order_by("pk")[0].closes_at
    return Campaign.objects.get().due_at


@pytest.mark.parametrize("name", ["a phase", "an activity", "more time", "a letter"])
@pytest.mark.parametrize(("day", "moment"), [("2026-03-29", MARCH), ("2026-10-25", OCTOBER)])
def test_the_hour_left_out_and_the_hour_that_comes_twice_are_one_defined_moment(desk, name, day, moment):
    address, client, more, fields = places(desk)[name]
    if name == "more time":
        Phase.objects.update(closes_at=datetime(2026, 3, 20, 23, tzinfo=UTC))
    whole = {field: "02:30" if field.endswith("hour") else day for field in fields}
    if "opens_day" in whole:
        whole |= {"closes_day": "2026-11-30", "closes_hour": ""}
    assert client.post(address, {**more, **whole}).status_code == 302
    assert kept(name) == moment


@pytest.mark.parametrize(("begins", "status"), [("2199-12-31", 302), ("1900-01-01", 302), ("2200-01-01", 422)])
def test_a_copy_far_away_moves_all_its_dates_or_none(desk, begins, status):
    address, client, more, _fields = places(desk)["a copy"]
    assert client.post(address, {**more, "begins": begins}).status_code == status
    assert Process.objects.filter(slug="copie").count() == (status == 302)
    for process in Process.objects.filter(slug="copie"):
        overview = client.get(reverse("process:overview", args=[process.pk]))
        assert overview.status_code == 200


def test_a_block_and_a_pause_end_with_their_day_when_clocks_change(desk):
    for name in ("a block", "a pause"):
        address, client, more, _fields = places(desk)[name]
        assert client.post(address, {**more, "until": "2026-10-25"}).status_code == 302
    assert Block.objects.get().ends_at == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert Pause.objects.get().until == datetime(2026, 10, 24, 22, tzinfo=UTC)
