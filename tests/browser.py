"""Chromium, driven by Playwright, against Django's live server."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: `make test` installs it")
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "fr-BE", "timezone_id": "Europe/Brussels", "viewport": DESKTOP}


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    """What a test opens in it is closed with the test: a page left behind ticks on, and asks the server in the middle of other tests."""
    yield browser
    for context in browser.contexts:
        context.close()


@pytest.fixture
def sign_in(live_server, client_for) -> Callable[..., None]:
    """`sign_in(page, person)`: the browser's context carries that person's session from then on."""

    def give(page, person) -> None:
        client = client_for(person)
        session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return give


@pytest.fixture
def axe(request) -> Callable[..., None]:
    """`axe(page)`: no accessibility fault on the page as it stands. The whole report of a failure goes to `.cache/axe/`."""

    def check(page, *, within: str = "", without: tuple[str, ...] = ()) -> None:
        if not AXE.exists():
            pytest.skip("axe-core is not installed: `make setup` installs it")
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        options = {
            # all rules run; what passes is not described element by element, which takes longer than the rules
            "resultTypes": ["violations"],
            "runOnly": {"type": "tag", "values": STANDARDS},
            "rules": {rule: {"enabled": False} for rule in without},
        }
        faults = page.evaluate(
            "([within, options]) => axe.run(within || document, options).then((report) => report.violations)",
            [within, options],
        )
        if not faults:
            return
        place = ROOT / ".cache/axe" / f"{re.sub(r'[^a-z0-9]+', '-', request.node.nodeid.lower())}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(faults, indent=1, ensure_ascii=False))
        lines = [
            f"{fault['id']} ({fault['impact']}): {node['html'][:160]}"
            for fault in faults
            for node in fault["nodes"][:3]
        ]
        pytest.fail(
            f"{page.url} has accessibility faults (all in {place.relative_to(ROOT)}):\n" + "\n".join(lines[:12])
        )

    return check


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """`screenshot(page, "name")`: a picture of the whole page in `.cache/screenshots/`, where ZENNE_TEST_PICTURES is set: they are for eyes alone."""

    def take(page, name: str) -> None:
        if os.environ.get("ZENNE_TEST_PICTURES"):
            place = ROOT / ".cache/screenshots" / f"{name}-{page.viewport_size['width']}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(place), full_page=True)

    return take
