import pytest

from zenne.web import navigation, slots


@pytest.fixture(autouse=True)
def web_alone(settings):
    """Only web's own pages; nothing from the rooms above."""
    settings.ROOT_URLCONF = "tests.web.urls"
    above = "zenne.people.organisations.middleware.OrganisationMiddleware"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != above]


@pytest.fixture(autouse=True)
def nothing_declared(monkeypatch):
    """No menu entries and no slots from above, but what a test registers itself."""
    monkeypatch.setattr(navigation.entries, "_items", {})
    monkeypatch.setattr(slots.fills, "_items", {})
