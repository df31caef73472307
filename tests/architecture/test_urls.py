"""Every public page answers in three languages, and whatever way it is asked for."""

import ast
from http.cookies import SimpleCookie
from uuid import UUID

import pytest
from django.forms import BaseForm
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests.architecture.layers import ROOT
from tests.architecture.test_files import python_files
from tests.journeys.test_hostile_input import addresses, asked, city, routes  # noqa: F401 - the fixture
from tests.participation.ideas.factories import resident

LANGUAGES = ("fr", "nl", "en")
OTHERS = ("manage/", "documents/", "media/", "health/")
# pages that answer nothing to a plain visit, by design, each with the reason
NOT_VISITED = {
    "oembed": "404 by the specification when it is not told which page; tested with the ideas",
    "account_logout": "leaves the session; tested with the accounts",
}
# what a plain visit may be answered: the page, a way to sign in, or a redirect to the right page
FINE = {200, 302, 301, 401, 403}

# addresses that only programs ask: they are answered as their specification says
MACHINES = ("/api/",)
EXAMPLES = {"IntConverter": 1, "UUIDConverter": UUID(int=1)}


def plain_names(resolver: URLResolver, namespace: str = "") -> list[str]:
    """The names of all addresses without parameters."""
    names = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if str(entry.pattern).startswith(OTHERS):
                continue
            names += plain_names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif (
            isinstance(entry, URLPattern)
            and entry.name
            and not entry.pattern.converters
            and "(?P" not in str(entry.pattern)
        ):
            names.append(f"{namespace}{entry.name}")
    return names


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_without_parameters_answers(client, language):
    faults = []
    with override(language):
        for name in plain_names(get_resolver()):
            if name in NOT_VISITED or name == "health":
                continue
            try:
                address = reverse(name)
            except NoReverseMatch:  # it needs parameters after all, from an address above it
                continue
            status = client.get(address).status_code
            if status not in FINE:
                faults.append(f"{name} at {address}: {status}")
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
def test_health_tells_that_the_database_answers(client):
    assert client.get("/health/").json() == {"database": "ok"}


@pytest.mark.django_db
def test_no_address_of_a_page_answers_a_reload_with_a_bare_refusal_of_the_method(client):
    """What is only posted to leads whoever comes by itself back to its page: `zenne.web.sending`."""
    client.force_login(resident())
    refused = []
    with override("en"):
        for route in routes(get_resolver()):
            given = {name: EXAMPLES.get(kind, "word") for name, kind in route.parts}
            try:
                address = reverse(route.name, kwargs=given)
            except NoReverseMatch:  # only a regular expression describes it
                continue
            if not address.startswith(MACHINES) and client.get(address).status_code == 405:
                refused.append(f"{route.name} at {address}")
    assert not refused, "\n".join(refused)


@pytest.mark.django_db
def test_a_form_that_comes_without_any_of_its_fields_is_not_taken_for_a_visit(city, client_for):  # noqa: F811
    """htmx sends the token of a form in a header: what is sent can be empty, and is to be refused in words."""
    client, silent, refused = client_for(city.author), [], 0
    kept = client.cookies.output(header="")
    for route in sorted(set(routes(get_resolver()))):
        for address in addresses(route, city)[:1]:
            client.cookies = SimpleCookie(kept)  # a page may have signed out
            answer = asked(client, "post", address)
            refused += answer.status_code == 422
            if answer.status_code == 200 and isinstance((answer.context or {}).get("form"), BaseForm):
                silent.append(f"{route.name} at {address}")
    assert refused > 12
    assert not silent, "\n".join(silent)


def test_whether_a_form_was_sent_is_asked_of_the_method():
    """`Form(request.POST or None)` takes a form sent empty for a visit: `Form(request.POST if request.method == "POST" else None)`."""
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files("zenne")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.BoolOp) and getattr(node.values[0], "attr", "") in {"POST", "FILES"}
    ]
    assert not faults, "\n".join(faults)
