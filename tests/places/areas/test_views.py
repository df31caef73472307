import gzip
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from tests.people.uploads.factories import person
from tests.places.areas.conftest import NOW
from zenne.people.organisations.enums import OrganisationKind, Role
from zenne.people.organisations.models import Membership, Organisation
from zenne.places.areas import views
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.places.areas.queries import base_map

pytestmark = pytest.mark.django_db
BACKEND = "zenne.people.moderation.backends.PersonBackend"
NEW = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"nis": "21010", "nom": "Jette", "hab": "53000"}, "geometry": None},
        {"type": "Feature", "properties": {"nis": "", "nom": "?"}, "geometry": None},
    ],
}


def new_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("new.geojson", json.dumps(NEW).encode())


def test_a_search_answers_programs_in_json(brussels: None, client: Client) -> None:
    answer = client.get("/nl/places/search/", {"q": "Tervurenlaan 12"}, headers={"accept": "application/json"})
    first = answer.json()["places"][0]
    assert first["name"] == "Tervurenlaan" and 4.3 < first["lon"] < 4.5 and 50.8 < first["lat"] < 50.9
    assert "OpenStreetMap" in answer.json()["credit"] and "max-age" in answer["Cache-Control"]


def test_a_search_answers_people_with_a_page_and_htmx_with_its_part(brussels: None, client: Client) -> None:
    page = client.get("/fr/places/search/", {"q": "parc josaphat"}).content.decode()
    part = client.get("/fr/places/search/", {"q": "parc josaphat"}, headers={"hx-request": "true"}).content.decode()
    assert "<html" in page and "<html" not in part
    assert "Parc Josaphat" in page and '<svg class="map-drawn"' in page and "data-lat" not in page
    assert "Parc Josaphat" in part and 'data-lat="50.8' in part and "<html" not in part
    assert client.get("/fr/places/search/").status_code == 200


def test_what_was_typed_is_shown_as_text(brussels: None, client: Client) -> None:
    html = client.get("/fr/places/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


def test_many_searches_from_one_address_wait(brussels: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SEARCHES_A_MINUTE", 2)
    statuses = [
        client.get("/fr/places/search/", {"q": f"rue {word}"}).status_code
        for word in ("haute", "neuve", "royale", "haute")
    ]
    assert statuses == [200, 200, 429, 200], "a search that was made before costs nothing"


def test_the_outlines_for_maps_are_small_and_kept(brussels: None, client: Client) -> None:
    answer = client.get("/fr/places/communes.geojson")
    features = json.loads(answer.content)["features"]
    assert len(features) == 19 and features[0]["properties"] == {"code": "21001", "name": "Anderlecht"}
    assert len(gzip.compress(answer.content)) < 40_000
    assert (
        answer["Cache-Control"].startswith("public, max-age=86400") and answer["Content-Type"] == "application/geo+json"
    )
    again = client.get("/fr/places/communes.geojson", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304 and not again.content
    assert client.get("/nl/places/communes.geojson")["ETag"] != answer["ETag"]


def test_a_map_is_drawn_without_script(brussels: None, django_assert_num_queries: object) -> None:
    template = Template('{% load areas %}{% svg_map label="Ideas" pins=pins chosen=chosen %}')
    district = Area.objects.get(kind=AreaKind.DISTRICT, code="72")
    pins = [{"lat": 50.8776, "lon": 4.3259, "title": 'A <b>"bench"</b>', "category": 1}]
    with django_assert_num_queries(1), override("fr"):
        svg = template.render(Context({"pins": pins, "chosen": district}))
    assert svg.count("<path") == 20 and svg.count("is-on") == 1 and "1. A &lt;b&gt;" in svg
    assert "style=" not in svg and len(gzip.compress(svg.encode())) < 12_000


def test_a_dutch_page_asks_for_the_dutch_streets(settings: object) -> None:
    settings.BASEMAP_URL = "https://example.org/rest/urbisFRGray/default/{z}/{y}/{x}"
    with override("nl"):
        assert "/urbisNLGray/" in base_map()["url"]
    with override("fr"):
        assert "/urbisFRGray/" in base_map()["url"]


def staff(client: Client, **fields: object) -> None:
    member = person(**fields)
    if not member.is_superuser:
        house = Organisation.objects.create(kind=OrganisationKind.COMMUNE, slug="jette", created_at=NOW)
        Membership.objects.create(organisation=house, person=member, role=Role.EDITOR, since=NOW)
    client.force_login(member, backend=BACKEND)


def test_a_member_looks_areas_up_and_cannot_import(brussels: None, client: Client) -> None:
    staff(client)
    listing = client.get("/manage/area/?q=jette")
    assert (
        listing.status_code == 200
        and "21010" in listing.content.decode()
        and "/manage/area/import/" not in listing.content.decode()
    )
    assert client.get("/manage/area/import/").status_code in (302, 403)
    assert client.post("/manage/area/import/", {"step": "import"}).status_code in (302, 403)


def test_an_administrator_sees_what_would_change_before_it_does(brussels: None, client: Client) -> None:
    staff(client, is_superuser=True)
    fields = {"kind": "commune", "code": "nis", "name_fr": "nom", "population": "hab"}
    assert "/manage/area/import/" in client.get("/manage/area/").content.decode()
    wrong = client.post("/manage/area/import/", {**fields, "code": "insee", "file": new_file()})
    assert wrong.status_code == 422 and "nis, nom, hab" in wrong.content.decode()
    preview = client.post("/manage/area/import/", {**fields, "file": new_file()})
    assert preview.status_code == 200 and "<td>21010</td>" in preview.content.decode()
    assert Area.objects.get(kind=AreaKind.COMMUNE, code="21010").population == 52_728
    done = client.post("/manage/area/import/", {"step": "import"})
    assert done.status_code == 302 and Area.objects.get(kind=AreaKind.COMMUNE, code="21010").population == 53_000
    again = client.post("/manage/area/import/", {"step": "import"})
    assert again.status_code == 302 and again["Location"].endswith("/import/")


def test_the_command_imports_and_names_wrong_rows_and_columns(
    brussels: None, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.geojson"
    path.write_text(json.dumps(NEW))
    options = {"kind": "commune", "code": "nis", "name_fr": "nom", "population": "hab"}
    call_command("import_areas", path, **options, dry_run=True)
    assert Area.objects.get(kind=AreaKind.COMMUNE, code="21010").population == 52_728
    call_command("import_areas", path, **options)
    assert Area.objects.get(kind=AreaKind.COMMUNE, code="21010").population == 53_000
    told = capsys.readouterr()
    assert "0 created, 1 changed, 0 unchanged, 1 left out" in told.out and "row 2" in told.err
    with pytest.raises(CommandError, match="nis, nom, hab"):
        call_command("import_areas", path, **{**options, "code": "insee"})
