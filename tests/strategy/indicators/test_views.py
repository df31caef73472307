"""What everybody reads of indicators, what staff do at their desk, and what other software asks."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from tests.people.organisations import factories as organisations
from tests.visitors import boxes, streamed, typed
from zenne.people.organisations.enums import Role
from zenne.places.areas.models import Area
from zenne.strategy.indicators import actions, filing, following, phrasing, tasks
from zenne.strategy.indicators.kinds import Series, Source, listeners, sources
from zenne.strategy.indicators.models import Import, Indicator

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GOAL = (date(2030, 12, 31), 100)


@pytest.fixture
def house():
    return organisations.organisation(languages=["fr", "nl", "en"])


def page(client, indicator, **query):
    return client.get(reverse("indicators:page", args=[indicator.slug]), query)


def test_the_page_says_where_it_stands_good_or_bad(client, house):
    indicator = make.indicator(
        house, unit="kWh", direction="down", baseline_value=200, baseline_on=date(2020, 12, 31), targets=[GOAL]
    )
    make.measured(indicator, 190, low=180, high=200)

    text = page(client, indicator).content.decode()

    assert "190\u00a0kWh" in text
    assert "Far behind" in text
    assert "180 to 200\u00a0kWh" in text
    assert "behind what was aimed at for that day" in text
    assert 'role="img"' in text
    assert "As a table" in text


def test_a_unit_made_of_two_is_written_as_people_do():
    assert phrasing.unit("m2/person") == "m²/person"
    with override("fr"):
        assert phrasing.unit("m2/person") == "m²/personne"


def test_a_late_value_says_so_on_top(client, house):
    indicator = make.indicator(house, targets=[GOAL])
    make.measured(indicator, 500, make.year(2020))

    text = page(client, indicator).content.decode()

    assert "Late: not measured in time" in text
    assert "On course" not in text


def test_revisions_and_frozen_definitions_are_told_with_their_reasons(client, house):
    indicator = make.indicator(house, targets=[GOAL])
    definition = actions.freeze(indicator, because=make.BECAUSE, by=None, now=make.NOW)
    value = make.measured(indicator, 4)
    actions.revise(value, value=5, because={**make.BECAUSE, "en": "A typing error."}, by=None, now=make.NOW)

    text = page(client, indicator).content.decode()
    frozen = client.get(reverse("indicators:definition", args=[indicator.slug, 1]))

    assert "<s>4</s> → 5" in text
    assert "A typing error." in text
    assert definition.sha256 in text
    assert frozen.content.decode() == definition.canonical


def test_what_is_being_defined_is_not_there_for_everybody(client, house):
    draft = make.indicator(house, active=False)

    assert page(client, draft).status_code == 404
    assert page(client, make.indicator(house), area="99999").status_code == 404


def test_a_list_of_three_asks_as_much_as_a_list_of_one(client, house, django_assert_num_queries):
    make.indicator(house)
    client.get(reverse("indicators:list"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(reverse("indicators:list"), {"q": "name"})
    for _each in range(2):
        make.measured(make.indicator(house), 4)
    with CaptureQueriesContext(connection) as three:
        answer = client.get(reverse("indicators:list"), {"q": "name"})

    assert answer.content.decode().count('class="panel indicator"') == 3
    assert len(three) == len(one)


def test_the_list_goes_on_by_address_and_finds_words(client, house):
    for at in range(32):
        make.indicator(house, slug=f"many-{at:02}", name_en=f"Number {at}")

    first = client.get(reverse("indicators:list")).content.decode()
    rest = client.get(reverse("indicators:list"), {"after": "many-29"}).content.decode()
    none = client.get(reverse("indicators:list"), {"q": "zebra"}).content.decode()

    assert "after=many-29" in first
    assert "many-30" in rest
    assert "many-01" not in rest
    assert "No indicator says this" in none


def test_the_values_are_a_table_of_all_that_ever_was_published(client, house):
    indicator = make.indicator(house)
    old = make.measured(indicator, 4)
    actions.revise(old, value=5, because=make.BECAUSE, by=None, now=make.NOW)
    actions.measure(indicator, value=9, **make.year(2026), by=None, now=make.NOW)

    answer = client.get(reverse("indicators:values", args=[indicator.slug]))
    lines = streamed(answer).splitlines()

    assert len(lines) == 3
    assert lines[1].startswith(f"{indicator.slug},,2025-01-01,2025-12-31,5")


def test_the_api_gives_indicators_values_and_definitions(client, house):
    indicator = make.indicator(house, unit="kWh", targets=[GOAL])
    make.measured(indicator, 4)
    actions.freeze(indicator, because=make.BECAUSE, by=None, now=make.NOW)

    listed = client.get("/api/v1/indicators").json()["items"]
    one = client.get(f"/api/v1/indicators/{indicator.slug}").json()
    values = client.get(f"/api/v1/indicators/{indicator.slug}/measurements").json()["items"]

    assert [each["slug"] for each in listed] == [indicator.slug]
    assert listed[0]["standing"]["light"] in ("green", "amber", "red", "grey")
    assert (one["targets"][0]["day"], one["definitions"][0]["number"]) == ("2030-12-31", 1)
    assert values[0]["state"] == "published"
    assert client.get("/api/v1/indicators/nothing").status_code == 404


def test_apps_above_hear_once_of_what_was_published(house):
    heard = []
    listeners._items["test"] = lambda measurement, now: heard.append(measurement)
    try:
        value = make.measured(make.indicator(house), 4)
        tasks.tell(measurement=value.pk)
    finally:
        del listeners._items["test"]

    assert heard == [value]


def test_an_indicator_that_follows_a_series_is_published_and_revised_by_itself(house):
    counted = {"value": 3}
    one = Series(
        "Test",
        "",
        lambda asked: {(None, *period): counted["value"] for period in asked.periods},
        lambda *_: date(2026, 4, 2),
    )
    sources._items["test"] = Source("Test", lambda: {"things": one}, lambda _house: [])
    try:
        indicator = make.indicator(house, frequency="month", series="test.things")
        first = following.read(indicator.pk, make.NOW)
        again = following.read(indicator.pk, make.NOW)
        counted["value"] = 4
        later = following.read(indicator.pk, make.NOW)
    finally:
        del sources._items["test"]

    assert (first, again, later) == (2, 0, 2)
    assert indicator.measurements.filter(state="revised").count() == 2


def test_participation_is_a_series_by_process_and_for_the_house():
    from tests.participation.ideas import factories as ideas
    from zenne.strategy.indicators.kinds import Asked, series

    idea = ideas.idea()
    house, day = idea.process.organisation, ideas.NOW.date()
    period = (day.replace(day=1), day.replace(day=30))

    for of in ("", idea.process.slug):
        found = series("participation.ideas").read(Asked(house, of, [period]))
        assert found[None, *period] == 1
    assert series("participation.ideas").read(Asked(house, "nothing", [period])) == {}
    assert series("participation.participants").read(Asked(house, "", [period])) == {}  # fewer than ten


# The desk


def test_a_manager_defines_measures_publishes_and_retires_at_the_desk(client_for, house):
    client = client_for(make.staff(house))
    form = {
        "organisation": house.pk,
        "slug": "trees",
        "nature": "quantitative",
        "decimals": 0,
        "direction": "up",
        "tolerance": 10,
        "frequency": "year",
        "evidence": "measured",
        "baseline_evidence": "measured",
        **{f"{field}_{code}": "Arbres" for field in ("name", "meaning") for code in ("fr", "nl", "en")},
    }
    bad = client.post(reverse("indicator:add"), {**form, "expression": "1 +"})
    assert bad.status_code == 422
    assert "Ligne 1, colonne 4" in bad.content.decode()

    client.post(reverse("indicator:add"), form)
    indicator = Indicator.objects.get(slug="trees")
    desk = reverse("indicator:desk", args=[indicator.pk])
    client.post(desk, {"verb": "activate"})
    client.post(desk, {"verb": "targets", "targets-day_0": "2030-12-31", "targets-value_0": "100"})
    value = {"value-start": "2025-01-01", "value-end": "2025-12-31", "value-value": "40", "value-evidence": "measured"}
    refused = client.post(desk, {"verb": "measure", **value, "value-low": "50"})
    assert refused.status_code == 422
    client.post(desk, {"verb": "measure", **value})
    made = indicator.measurements.get()
    client.post(desk, {"verb": "publish", "value": made.pk})
    reasons = {f"revise-{made.pk}-because_{code}": "Erreur" for code in ("fr", "nl", "en")}
    client.post(
        desk,
        {
            "verb": "revise",
            "value": made.pk,
            f"revise-{made.pk}-value": "41",
            f"revise-{made.pk}-evidence": "measured",
            **reasons,
        },
    )

    indicator.refresh_from_db()
    assert indicator.state == "active"
    assert indicator.targets.get().value == 100
    assert [row.value for row in indicator.measurements.filter(state="published")] == [41]
    assert client.get(desk).status_code == 200
    assert client.get(reverse("indicator:index")).status_code == 200
    assert client.get(reverse("indicator:history", args=[indicator.pk])).status_code == 200


@pytest.mark.parametrize(
    ("page", "form", "field", "given"),
    [("edit", "form", "name_en", {}), ("desk", "targets_form", "value_0", {"verb": "targets"})],
)
def test_two_managers_on_one_indicator_the_second_sees_what_the_first_wrote_and_saves_again(
    page, form, field, given, client_for, house
):
    indicator = make.indicator(house, targets=[GOAL])
    client = client_for(make.staff(house))
    here = reverse(f"indicator:{page}", args=[indicator.pk])
    read = client.get(here).context[form]
    assert client.post(here, {**given, **typed(read, **{field: "111"})}).status_code == 302

    answer = client.post(here, {**given, **typed(read, **{field: "222"})})

    assert answer.status_code == 409
    again = answer.context[form]
    assert [(each.now, each.mine) for each in again.changes] == [("111", "222")]
    assert client.get(here).context[form][field].value() == "111", "nothing is overwritten"
    assert client.post(here, {**given, **typed(again)}).status_code == 302
    assert client.get(here).context[form][field].value() == "222"


def test_a_value_that_waits_is_replaced_only_by_whoever_was_shown_it(client_for, house):
    indicator = make.indicator(house)
    client = client_for(make.staff(house))
    desk = reverse("indicator:desk", args=[indicator.pk])
    period = {"value-start": "2025-01-01", "value-end": "2025-12-31", "value-evidence": "measured"}
    client.post(desk, {"verb": "measure", **period, "value-value": "40"})

    answer = client.post(desk, {"verb": "measure", **period, "value-value": "41"})

    assert answer.status_code == 409
    assert "attend déjà : 40" in answer.text.replace("\u00a0", " ")
    assert indicator.measurements.get().value == 40
    assert client.post(desk, {"verb": "measure", **boxes(answer.context["value_form"])}).status_code == 302
    assert indicator.measurements.get().value == 41


def test_a_revision_of_what_was_revised_meanwhile_keeps_its_words(client_for, house):
    indicator = make.indicator(house)
    value = make.measured(indicator, 40)
    client = client_for(make.staff(house))
    desk = reverse("indicator:desk", args=[indicator.pk])
    form = client.get(desk).context["published"][0]["form"]
    sent = {"value": "41", **{f"because_{code}": "Erreur" for code in ("fr", "nl", "en")}}
    given = {"verb": "revise", "value": value.pk}
    made = actions.revise(value, value=50, because=make.BECAUSE, by=None, now=make.NOW)

    answer = client.post(desk, {**given, **boxes(form), **{form.add_prefix(k): v for k, v in sent.items()}})

    again = answer.context["published"][0]["form"]
    assert answer.status_code == 409
    assert again["because_fr"].value() == "Erreur"
    assert client.post(desk, {**given, "value": made.pk, **boxes(again)}).status_code == 302


def test_staff_of_another_house_see_nothing_of_it(client_for, house):
    indicator = make.indicator(house, active=False)
    stranger = client_for(organisations.member(organisations.organisation(), Role.ADMIN))

    for name in ("desk", "edit"):
        assert stranger.get(reverse(f"indicator:{name}", args=[indicator.pk])).status_code in (302, 403, 404)


def test_a_file_is_given_looked_at_and_written_at_the_desk(client_for, house):
    indicator = make.indicator(house, slug="trees")
    client = client_for(make.staff(house))
    content = SimpleUploadedFile("trees.csv", b"indicator;period;value\ntrees;2025;4\ntrees;soon;5\n")
    client.post(reverse("measurement_file:add"), {"organisation": house.pk, "enters_as": "published", "file": content})
    file = Import.objects.get()
    here = reverse("measurement_file:page", args=[file.pk])
    assert client.get(here)["Refresh"]
    filing.read(file.pk)

    text = client.get(here).content.decode()
    client.post(here, {"verb": "write"})
    filing.write(file.pk)

    assert "« soon » n’est pas une période." in text
    assert indicator.measurements.get().value == 4
    assert "Ce qui a changé" in client.get(here).content.decode()


def test_what_would_change_is_shown_with_its_area(client_for, house):
    indicator = make.indicator(house, slug="trees")
    Area.objects.create(kind="commune", code="21010", name_fr="Jette", name_nl="Jette")
    rows = b"indicator;period;area;value\ntrees;2025;;4\ntrees;2025;21010;3\n"
    file = actions.read_file(
        house, name="trees.csv", content=rows, enters_as="provisional", by=make.staff(house), now=make.NOW
    )
    filing.read(file.pk)
    page = client_for(make.staff(house)).get(reverse("measurement_file:page", args=[file.pk]))
    assert [str(each["area"]) for each in page.context["examples"]] == ["", "Jette"]
    assert "2025 · Jette" in page.content.decode()
    assert not indicator.measurements.exists()
