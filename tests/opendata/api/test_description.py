"""The description is valid, whole, and the manual that people read is made of it."""

from enum import Enum
from typing import Any, get_args

import pytest
import schemathesis
from pydantic import BaseModel

from tests.browser import DESKTOP, PHONE
from tests.opendata.api.factories import Program
from tests.participation.ideas import factories as ideas
from zenne.opendata.api.description import document
from zenne.opendata.api.kinds import needs, resources, scopes
from zenne.opendata.api.representations import Problem
from zenne.opendata.api.service import service

OPERATIONS = [
    (f"{method.upper()} {path}", operation)
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
]


def test_the_description_is_valid_openapi():
    assert document()["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(document()).validate()


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does():
    names = [operation["operationId"] for _label, operation in OPERATIONS]
    assert len(names) == len(set(names))
    assert all(operation["summary"] and operation["description"] for _label, operation in OPERATIONS)


def test_no_address_is_declared_in_two_places():
    """Django would answer by the first, and refuse the methods of the second."""
    declared = [path for router in service()._get_bound_routers() for path in router.path_operations]
    assert len(declared) == len(set(declared))


def test_no_two_schemas_share_a_name():
    """The description keeps one under a name: the second would hide the first, and readers would take it for the other."""
    asked_and_answered = [
        form
        for router in service()._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        for form in (*operation.models, *operation.response_models.values())
    ]
    found: set[type] = set()
    for form in (Problem, *asked_and_answered):
        gather(form, found)
    names = [each.__name__ for each in found if each.__module__.startswith("zenne.")]
    described = {name for name in document()["components"]["schemas"] if not name.startswith("Page_")}
    assert described <= {*names}
    assert sorted({name for name in names if names.count(name) > 1}) == []


def gather(form: Any, found: set[type]) -> None:
    """Every model and enumeration that a form is made of."""
    for part in get_args(form):
        gather(part, found)
    if not isinstance(form, type) or form in found:
        return
    if issubclass(form, Enum):
        found.add(form)
    elif issubclass(form, BaseModel):
        found.add(form)
        for field in form.model_fields.values():
            gather(field.annotation, found)


def test_every_right_an_operation_needs_can_be_given():
    asked = {
        auth.scope
        for router in service()._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        for auth in operation.auth_callbacks
    }
    assert asked == set(scopes())
    assert needs("read").scope == "read"


def test_every_change_needs_a_token():
    for label, operation in OPERATIONS:
        if not label.startswith("GET"):
            assert {} not in operation["security"], label


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_manual_shows_every_operation(client, language):
    page = client.get(f"/{language}/developers/").content.decode()
    for _label, operation in OPERATIONS:
        assert f'id="{operation["operationId"]}"' in page
    for name in resources:
        assert f'id="chapter-{name}"' in page


@pytest.mark.django_db
def test_the_short_address_leads_to_the_manual(client):
    assert client.get("/api/", headers={"Accept-Language": "nl"}).url == "/nl/developers/"
    assert client.get("/api/v1", headers={}).json()["openapi"].endswith("/api/v1/openapi.json")


@pytest.mark.django_db
def test_the_description_is_answered_as_it_is(now):
    assert Program().get("/openapi.json").json()["info"]["title"] == "Zenne"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_manual_and_tokens_are_readable_by_everybody(page, live_server, sign_in, axe, screenshot, size):
    page.set_viewport_size(size)
    page.goto(f"{live_server.url}/fr/developers/")
    page.locator("#send_idea summary").click()
    axe(page)
    screenshot(page, "developers")
    sign_in(page, ideas.resident())
    page.goto(f"{live_server.url}/fr/account/tokens/")
    axe(page)
    screenshot(page, "tokens")
