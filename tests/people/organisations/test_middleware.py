import pytest
from django.test import RequestFactory, override_settings

from tests.people.organisations import factories as make
from zenne.people.organisations import middleware, queries

pytestmark = pytest.mark.django_db


def worn(host):
    seen = {}

    def view(request):
        seen.update(organisation=request.organisation, own_host=request.own_host)

    middleware.OrganisationMiddleware(view)(RequestFactory().get("/", headers={"host": host}))
    return seen["organisation"], seen["own_host"]


def test_the_first_without_a_parent_wears_the_platform():
    region = make.organisation("Region")
    make.organisation("Jette", parent=region)
    assert worn("localhost") == (region, False)


def test_an_own_host_name_decides():
    region = make.organisation("Region")
    jette = make.organisation("Jette", parent=region, host="jette.localhost")
    with override_settings(ALLOWED_HOSTS=[".localhost"]):
        assert worn("JETTE.localhost:8000") == (jette, True)
        assert worn("other.localhost") == (region, False)


def test_before_any_organisation_there_is_none():
    assert worn("localhost") == (None, False)


def test_a_strange_host_is_a_bad_request(client):
    assert client.get("/", headers={"host": "evil.example.com"}).status_code == 400


def test_on_an_own_host_only_its_own_are_listed():
    region = make.organisation("Region")
    jette = make.organisation("Jette", parent=region, host="jette.localhost")
    make.organisation("Soon", parent=region, opened_at=None)
    request = RequestFactory().get("/")
    request.organisation, request.own_host = jette, True
    assert list(queries.listed(request)) == [jette]
    request.organisation, request.own_host = region, False
    assert list(queries.listed(request)) == [region, jette]


@pytest.mark.django_db(transaction=True)
def test_a_remembered_organisation_is_a_copy_per_request():
    region = make.organisation("Region")
    first, _own = worn("localhost")
    first.name = "Spoiled"
    second, _own = worn("localhost")
    assert second == region and second.name == "Region"


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Vos organisations"), ("nl", "Uw organisaties"), ("en", "Your organisations")]
)
def test_the_back_office_speaks_the_language_of_the_person(client, language, words):
    somebody = make.member(make.organisation())
    somebody.language = language
    somebody.save()
    client.force_login(somebody, backend="zenne.people.moderation.backends.PersonBackend")
    assert words in client.get("/manage/").text
