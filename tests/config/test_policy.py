"""What a browser is told that a page may load."""

import pytest

from tests.people.organisations import factories as make

pytestmark = pytest.mark.django_db


def directives(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip())
    return {name: values for name, *values in parts}


def test_a_public_page_runs_nothing_inline(client):
    said = directives(client.get("/fr/"))
    assert said["default-src"] == ["'none'"] and said["script-src"] == said["style-src"] == ["'self'"]
    assert said["frame-ancestors"] == ["'self'"] and said["base-uri"] == ["'self'"]


@pytest.mark.parametrize("address", ["/manage/", "/manage/organisation/", "/manage/images/", "/manage/nothing-here/"])
def test_the_back_office_loads_nothing_from_elsewhere(client_for, address):
    said = directives(client_for(make.platform_admin()).get(address))
    assert said["default-src"] == ["'none'"]
    assert said["script-src"] == said["style-src"] == ["'self'", "'unsafe-inline'"]
    assert said["connect-src"] == said["font-src"] == said["form-action"] == said["frame-ancestors"] == ["'self'"]
    assert not [value for name, values in said.items() if name != "frame-src" for value in values if "//" in value]
    assert "'unsafe-eval'" not in answer_text(said)


def answer_text(said: dict[str, list[str]]) -> str:
    return " ".join(value for values in said.values() for value in values)


@pytest.mark.parametrize(
    "address", ["/manage/nothing-here/", "/manage/organisation/1/nothing/", "/files/nothing/", "/media/nothing/"]
)
def test_an_unknown_address_without_a_language_is_not_sent_to_one(client_for, address):
    answer = client_for(make.platform_admin()).get(address)
    assert answer.status_code == 404 and "Wagtail" not in answer.text.partition("</noscript>")[2]
