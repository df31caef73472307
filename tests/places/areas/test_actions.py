from datetime import date, datetime, timedelta

import pytest

from tests.people.uploads.factories import person
from tests.places.areas.conftest import NOW
from zenne.core.errors import Invalid
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.accounts.personal_questions import questions
from zenne.people.accounts.verified import Facts, listeners
from zenne.people.history.models import Entry
from zenne.places.areas.actions import import_areas, load_brussels, plan_import, set_residence
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.forms import ResidenceField, residence_choices
from zenne.places.areas.models import Area, Place, Residence
from zenne.places.areas.queries import residence_of
from zenne.places.areas.reading import Record

pytestmark = pytest.mark.django_db
SQUARE = {"type": "Polygon", "coordinates": [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.8]]]}


def area(code: str, kind: AreaKind = AreaKind.COMMUNE) -> Area:
    return Area.objects.get(kind=kind, code=code)


def test_loading_brussels_twice_changes_nothing(brussels: None) -> None:
    places, entries = set(Place.objects.values_list("pk", flat=True)), Entry.objects.count()
    assert load_brussels(now=NOW + timedelta(days=1)) == {"region": 0, "commune": 0, "district": 0, "sector": 0}
    assert (set(Place.objects.values_list("pk", flat=True)), Entry.objects.count()) == (places, entries)


def test_an_imported_outline_survives_loading_again(brussels: None, now: datetime) -> None:
    record = Record(1, "21010", "Jette", "Jette", outline=SQUARE, bounds=(4.3, 50.8, 4.4, 50.9))
    import_areas(AreaKind.COMMUNE, [record], by=None, now=now)
    load_brussels(now=now)
    assert area("21010").outline == SQUARE and area("21010").population_at == date(2020, 1, 1)


def test_a_preview_says_what_the_import_then_does(brussels: None, now: datetime) -> None:
    records = [
        Record(1, "21010", "Jette", "Jette"),
        Record(2, "21011", "Koekelberg!", "Koekelberg", population=22_000),
        Record(3, "21099", "Neuve", "Nieuw", parent="04000"),
        Record(4, "21098", "Orpheline", "Wees", parent="99"),
    ]
    plan = plan_import(AreaKind.COMMUNE, records)
    assert not Area.objects.filter(code="21099").exists()
    outcome = import_areas(AreaKind.COMMUNE, records, by=person(is_superuser=True), now=now)
    assert plan == outcome
    assert (outcome.created, outcome.changed, outcome.unchanged) == (["21099"], {"21011": ["name_fr", "population"]}, 1)
    assert [(fault.number, "99" in fault.message) for fault in outcome.faults] == [(4, True)]
    assert area("21099").parent == area("04000", AreaKind.REGION)
    assert area("21010").population == 52_728, "what the file leaves open stays"
    assert Entry.objects.filter(event="areas.imported", actor__isnull=False, details__created=1).count() == 1


def test_only_platform_administrators_import(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        import_areas(AreaKind.COMMUNE, [], by=person(), now=now)


def test_a_person_says_where_they_live_and_may_change_it(brussels: None, now: datetime) -> None:
    resident = person()
    set_residence(person=resident, commune=area("21010"), district=area("72", AreaKind.DISTRICT), by=resident, now=now)
    set_residence(person=resident, commune=area("21013"), by=resident, now=now + timedelta(days=1))
    residence = Residence.objects.get(person=resident)
    assert (residence.commune.code, residence.district, residence.changed_at) == (
        "21013",
        None,
        now + timedelta(days=1),
    )
    before = Entry.objects.count()
    set_residence(person=resident, commune=area("21013"), by=resident, now=now + timedelta(days=2))
    assert Entry.objects.count() == before


def test_a_district_must_lie_in_the_commune(brussels: None, now: datetime) -> None:
    resident = person()
    for commune, district in (
        (area("21013"), area("72", AreaKind.DISTRICT)),
        (area("outside", AreaKind.OUTSIDE), area("72", AreaKind.DISTRICT)),
    ):
        with pytest.raises(Invalid):
            set_residence(person=resident, commune=commune, district=district, by=resident, now=now)
    with pytest.raises(Invalid):
        set_residence(person=resident, commune=area("72", AreaKind.DISTRICT), by=resident, now=now)


def test_nobody_says_where_somebody_else_lives(brussels: None, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        set_residence(person=person(), commune=area("21010"), by=person(), now=now)


def test_a_checked_commune_is_not_overwritten_by_saying_so(brussels: None, now: datetime) -> None:
    resident = person()
    listeners["residence"](resident, Facts(postcode="1090", locality="Jette"), now)
    assert (residence_of(resident.pk).commune.code, residence_of(resident.pk).verified) == ("21010", True)
    with pytest.raises(NotAllowed):
        set_residence(person=resident, commune=area("21013"), by=resident, now=now)
    set_residence(person=resident, commune=area("21010"), district=area("72", AreaKind.DISTRICT), by=resident, now=now)
    assert residence_of(resident.pk).verified and residence_of(resident.pk).district.code == "72"
    listeners["residence"](resident, Facts(postcode="1060", locality="Sint-Gillis"), now)
    assert (residence_of(resident.pk).commune.code, residence_of(resident.pk).district) == ("21013", None)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (Facts(postcode="1130"), "21004"),
        (Facts(postcode="9000", locality="Gent"), "outside"),
        (Facts(birth_year=1980), None),
    ],
)
def test_a_checked_address_gives_the_commune_or_elsewhere(
    brussels: None, now: datetime, facts: Facts, code: str | None
) -> None:
    resident = person()
    listeners["residence"](resident, facts, now)
    known = residence_of(resident.pk)
    assert (known.commune.code if known else None) == code


def test_the_question_offers_each_district_under_its_commune_and_elsewhere(brussels: None) -> None:
    groups = dict(residence_choices())
    assert len(groups) == 20 and sum(map(len, groups.values())) == 19 + 204 + 1
    assert ("21010:72", "Jette: Jette Centre") in [(value, str(label)) for value, label in groups["Jette"]]


def test_the_question_is_asked_saved_and_known(brussels: None, now: datetime) -> None:
    resident, question = person(), questions["residence"]
    assert not question.known(resident)
    field = question.fields(resident)["residence"]
    question.save(resident, {"residence": field.clean("21010:72")}, now)
    assert question.known(resident) and question.fields(resident)["residence"].initial == "21010:72"


def test_the_question_is_made_without_a_query_for_each_commune(
    brussels: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):
        list(ResidenceField().choices)


def test_a_checked_answer_is_shown_and_closed(brussels: None, now: datetime) -> None:
    resident = person()
    set_residence(person=resident, commune=area("21010"), by=None, now=now, verified=True)
    assert questions["residence"].fields(resident)["residence"].disabled


def test_a_residence_is_handed_over_and_erased(brussels: None, now: datetime) -> None:
    resident = person()
    set_residence(person=resident, commune=area("21010"), by=resident, now=now)
    data = personal_data["residence"]
    assert data.export(resident) == {"commune": "Jette", "district": None, "checked": False, "since": now}
    data.erase(resident, now)
    assert not Residence.objects.exists() and data.export(resident) == {}
