"""An indicator is defined, measured and published; what was frozen or published never changes behind anybody's back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.people.organisations import factories as organisations
from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import NotAllowed
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role
from zenne.strategy.indicators import actions, freezing, queries
from zenne.strategy.indicators.enums import Evidence, Light, MeasurementState
from zenne.strategy.indicators.errors import Unclear
from zenne.strategy.indicators.models import Definition, Indicator, Measurement, Touched

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GOAL = (date(2030, 12, 31), 100)


def light(indicator, now=make.NOW):
    return queries.light(indicator, now=now)


# What it is


def test_an_indicator_is_seen_by_everybody_once_it_is_activated():
    indicator = make.indicator(active=False)
    indicator.organisation.opened_at = make.NOW
    indicator.organisation.save()
    assert indicator not in queries.public()

    actions.activate(indicator, by=None, now=make.NOW)

    assert indicator in queries.public()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"slug": "Water Use"}, "slug"),
        ({"unit": "m//"}, "unit"),
        ({"direction": "within", "least": 3, "most": None}, "most"),
        ({"direction": "within", "least": 3, "most": 2}, "most"),
        ({"baseline_value": 3}, "baseline_on"),
        ({"series": "participation.nothing"}, "series"),
        ({"series": "participation.ideas", "expression": "1 + 1"}, "series"),
        ({"series": "participation.ideas", "unit": "EUR"}, "unit"),
        ({"expression": "nobody_knows"}, "expression"),
        ({"tolerance": -1}, "tolerance"),
        ({"name_fr": "", "name_nl": "", "name_en": ""}, "name_fr"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(values, field):
    with pytest.raises(Unclear) as refused:
        make.indicator(**values)

    assert refused.value.field == field
    assert not Indicator.objects.exists()


def test_two_indicators_have_two_addresses():
    make.indicator(slug="water-use")

    with pytest.raises(Unclear) as refused:
        make.indicator(slug="water-use")

    assert refused.value.field == "slug"


def test_targets_come_after_the_baseline_each_on_its_own_day():
    start = {"baseline_value": 10, "baseline_on": date(2020, 12, 31)}
    for targets in ([(date(2020, 1, 1), 5)], [GOAL, GOAL]):
        with pytest.raises(Unclear) as refused, transaction.atomic():
            make.indicator(**start, targets=targets)
        assert refused.value.field == "targets"


def test_only_managers_define_and_publish_and_nobody_of_another_house():
    indicator = make.indicator()
    editor, stranger = (
        make.staff(indicator.organisation, Role.EDITOR),
        organisations.member(organisations.organisation()),
    )
    value = actions.measure(indicator, value=4, **make.year(2025), by=editor, now=make.NOW)

    for person in (editor, stranger):
        with pytest.raises(NotAllowed):
            actions.publish(value, by=person, now=make.NOW)
        with pytest.raises(NotAllowed):
            actions.change(indicator, values={"name_en": "Mine"}, by=person, now=make.NOW)


def test_the_unit_stays_once_a_value_is_published():
    indicator = make.indicator(unit="EUR")
    make.measured(indicator, 4)

    with pytest.raises(Unclear) as refused:
        actions.change(indicator, values={"unit": "kEUR"}, by=None, now=make.NOW)

    assert refused.value.field == "unit"


# Frozen


def test_what_is_frozen_carries_its_checksum_and_freezing_twice_changes_nothing():
    indicator = make.indicator(targets=[GOAL])

    first = actions.freeze(indicator, because=make.BECAUSE, by=None, now=make.NOW)
    again = actions.freeze(indicator, because=make.BECAUSE, by=None, now=make.NOW)

    assert first == again
    assert freezing.digest(first.canonical) == first.sha256
    assert '"value":"100"' in first.canonical


def test_a_frozen_indicator_changes_only_with_a_public_reason_as_a_new_definition():
    indicator = make.indicator(targets=[GOAL])
    actions.freeze(indicator, because=make.BECAUSE, by=None, now=make.NOW)

    with pytest.raises(Invalid), transaction.atomic():
        actions.change(indicator, values={}, targets=[(GOAL[0], 50)], by=None, now=make.NOW)
    actions.change(indicator, values={}, targets=[(GOAL[0], 50)], because=make.BECAUSE, by=None, now=make.NOW)
    actions.change(indicator, values={"owner_en": "Another service"}, by=None, now=make.NOW)

    assert [each.number for each in indicator.definitions.all()] == [2, 1]


def test_freezing_a_computed_indicator_freezes_what_it_is_computed_from():
    house = organisations.organisation()
    leaks, network = make.indicator(house, slug="leaks"), make.indicator(house, slug="network", unit="km")
    rate = make.indicator(house, slug="leak-rate", unit="1/km", expression="leaks / network")

    first = actions.freeze(rate, because=make.BECAUSE, by=None, now=make.NOW)
    actions.change(network, values={"meaning_en": "Bent"}, because=make.BECAUSE, by=None, now=make.NOW)

    assert leaks.definitions.count() == 1
    assert freezing.current(network).number == 2
    assert freezing.current(rate).number == 2
    assert freezing.current(rate).sha256 != first.sha256


def test_the_database_refuses_every_change_of_a_frozen_definition():
    definition = actions.freeze(make.indicator(), because=make.BECAUSE, by=None, now=make.NOW)

    for change in ({"canonical": "{}"}, {"sha256": "0" * 64}, {"because": "another"}, {"number": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Definition.objects.filter(pk=definition.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Definition.objects.filter(pk=definition.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Definition.objects.create(
            indicator=definition.indicator, number=9, canonical="{}", sha256="0" * 64, frozen_at=make.NOW
        )


# Values


def test_a_value_is_provisional_then_validated_then_published():
    indicator = make.indicator(targets=[GOAL])
    value = actions.measure(indicator, value="4.5", low=4, high=5, **make.year(2025), by=None, now=make.NOW)
    assert value.state == MeasurementState.PROVISIONAL
    assert light(indicator).value is None

    actions.validate(value, by=None, now=make.NOW)
    actions.publish(value, by=None, now=make.NOW)

    assert light(indicator).value == Decimal("4.5")
    events = Entry.objects.filter(about_id=indicator.pk, event__startswith="measurement.").order_by("id")
    assert [entry.event for entry in events] == [
        "measurement.entered",
        "measurement.validated",
        "measurement.published",
    ]


def test_a_provisional_value_is_changed_a_published_one_only_revised_and_the_old_one_stays():
    indicator = make.indicator()
    actions.measure(indicator, value=3, **make.year(2025), by=None, now=make.NOW)
    old = make.measured(indicator, 4)
    with pytest.raises(Conflict):
        actions.measure(indicator, value=5, **make.year(2025), by=None, now=make.NOW)

    new = actions.revise(old, value=5, because=make.BECAUSE, by=None, now=make.NOW)

    old.refresh_from_db()
    assert (old.value, old.state, new.value, new.revision) == (4, MeasurementState.REVISED, 5, 1)
    assert list(queries.all_published(indicator)) == [new, old]
    assert queries.latest([indicator]) == {indicator.pk: new}


def test_a_revision_without_a_reason_in_every_promised_language_is_refused():
    value = make.measured(make.indicator(), 4)

    with pytest.raises(Invalid):
        actions.revise(value, value=5, because={"en": "A typing error."}, by=None, now=make.NOW)


def test_the_database_refuses_to_change_or_delete_what_was_published():
    value = make.measured(make.indicator(), 4)

    for change in (
        {"value": 5},
        {"end": date(2026, 1, 1)},
        {"state": "provisional", "published_at": None},
        {"note": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measurement.objects.filter(pk=value.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(pk=value.pk).delete()


def test_two_values_never_stand_for_one_period_not_even_of_the_whole():
    value = make.measured(make.indicator(), 4)

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(
            'insert into indicators_measurement (indicator_id, start, "end", value, evidence, state, note, because, revision, entered_at)'
            " select indicator_id, start, \"end\", 5, evidence, 'provisional', '', '', 0, entered_at from indicators_measurement where id = %s",
            [value.pk],
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"value": "many"}, "value"),
        ({"value": 4, "low": 5}, "low"),
        ({"value": 4, "high": 3}, "high"),
        ({"value": 4, "start": date(2025, 2, 1), "end": date(2025, 1, 1)}, "end"),
        ({"value": 4, "start": date(1066, 10, 14), "end": date(1066, 10, 14)}, "start"),
        ({"value": "1e30"}, "value"),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_field(given, field):
    indicator = make.indicator()

    with pytest.raises(Unclear) as refused:
        actions.measure(indicator, **{**make.year(2025), **given}, by=None, now=make.NOW)

    assert refused.value.field == field


def test_a_level_is_one_of_those_with_words():
    indicator = make.indicator(nature="qualitative", levels={0: {"fr": "non"}, 2: {"fr": "oui"}})

    make.measured(indicator, 2)
    with pytest.raises(Unclear):
        actions.measure(indicator, value=1, **make.year(2026), by=None, now=make.NOW)


def test_a_value_waiting_is_thrown_away_a_published_one_is_not():
    indicator = make.indicator()
    waiting = actions.measure(indicator, value=3, **make.year(2024), by=None, now=make.NOW)
    published = make.measured(indicator, 4)

    actions.discard(waiting, by=None, now=make.NOW)
    with pytest.raises(NotAllowed):
        actions.discard(published, by=None, now=make.NOW)

    assert list(indicator.measurements.all()) == [published]


# Lights


def test_the_light_compares_the_latest_value_with_the_path_of_its_day():
    start = {"baseline_value": 0, "baseline_on": date(2020, 12, 31), "targets": [GOAL]}
    colours = {}
    for value in (52, 45, 20):
        indicator = make.indicator(**start)
        make.measured(indicator, value)
        colours[value] = light(indicator).light

    assert colours == {52: Light.GREEN, 45: Light.AMBER, 20: Light.RED}


def test_a_late_measurement_is_grey_never_green():
    indicator = make.indicator(targets=[GOAL], baseline_value=0, baseline_on=date(2020, 12, 31))
    make.measured(indicator, 1000)
    due = light(indicator).due
    assert due == date(2027, 1, 1)

    on_time = light(indicator, make.NOW.replace(year=2026, month=12, day=31))
    late = light(indicator, make.NOW.replace(year=2027, month=1, day=1))

    assert (on_time.light, on_time.late) == (Light.GREEN, False)
    assert (late.light, late.late) == (Light.GREY, True)


def test_what_was_never_measured_or_aims_at_nothing_is_grey():
    never, aimless = make.indicator(targets=[GOAL]), make.indicator()
    make.measured(aimless, 4)

    found = queries.lights([never, aimless], now=make.NOW)

    assert {each.light for each in found.values()} == {Light.GREY}


def test_lights_of_many_indicators_are_one_question(django_assert_num_queries):
    made = [make.indicator(targets=[GOAL]) for _each in range(3)]
    for indicator in made:
        make.measured(indicator, 4)

    with django_assert_num_queries(1):
        assert len(queries.lights(made, now=make.NOW)) == 3


def test_a_retired_indicator_says_why_and_takes_no_more_values():
    indicator = make.indicator(targets=[GOAL])
    make.measured(indicator, 1000)

    actions.retire(indicator, because=make.BECAUSE, by=None, now=make.NOW)

    assert light(indicator).light == Light.GREY
    with pytest.raises(NotAllowed):
        actions.measure(indicator, value=5, **make.year(2026), by=None, now=make.NOW)


def test_what_a_formula_names_cannot_be_retired_or_renamed():
    house = organisations.organisation()
    leaks = make.indicator(house, slug="leaks")
    make.indicator(house, slug="twice", expression="leaks * 2")

    with pytest.raises(Invalid):
        actions.retire(leaks, because=make.BECAUSE, by=None, now=make.NOW)
    with pytest.raises(Unclear):
        actions.change(leaks, values={"slug": "drips"}, by=None, now=make.NOW)


def test_only_what_a_formula_names_is_looked_at_again():
    house = organisations.organisation()
    leaks, other = make.indicator(house, slug="leaks"), make.indicator(house)
    make.indicator(house, slug="twice", expression="leaks * 2")

    make.measured(leaks, 4)
    make.measured(other, 4)

    assert [row.indicator_id for row in Touched.objects.all()] == [leaks.pk]


def test_evidence_is_that_of_the_indicator_unless_the_value_says_otherwise():
    indicator = make.indicator(evidence=Evidence.REPORTED)

    usual = make.measured(indicator, 4)
    other = make.measured(indicator, 4, make.year(2024), evidence=Evidence.ESTIMATED)

    assert (usual.evidence, other.evidence) == ("reported", "estimated")


def test_a_draft_is_thrown_away_unless_something_hangs_on_it():
    draft, active = make.indicator(active=False), make.indicator()

    actions.delete_draft(draft, by=None, now=make.NOW)
    with pytest.raises(NotAllowed):
        actions.delete_draft(active, by=None, now=make.NOW + timedelta(days=1))

    assert list(Indicator.objects.all()) == [active]
