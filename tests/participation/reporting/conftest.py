from datetime import timedelta

import pytest

from .factories import NOW


@pytest.fixture(autouse=True)
def today(clock_shows):
    return clock_shows(NOW + timedelta(minutes=2))


@pytest.fixture
def paper(monkeypatch):
    """The press is the same for all; here only what it is given is looked at."""
    monkeypatch.setattr(
        "zenne.participation.reporting.press.pdf", lambda data, **given: b"%PDF-" + data["language"].encode()
    )
