"""Every public page answers in three languages."""

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

LANGUAGES = ("fr", "nl", "en")
OTHERS = ("manage/", "documents/", "media/", "health/")
# pages that answer nothing to a plain visit, by design, each with the reason
NOT_VISITED = {
    "oembed": "404 by the specification when it is not told which page; tested with the ideas",
    "account_logout": "leaves the session; tested with the accounts",
}
# what a plain visit may be answered: the page, a way to sign in, a redirect to the right page, or a method that is not offered
FINE = {200, 302, 301, 401, 403, 405}


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
