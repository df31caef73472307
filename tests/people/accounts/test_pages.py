"""Every page of an account in a real browser: accessible, without sideways scrolling, under the strict content security policy."""

import re
import time

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore

from tests.browser import PHONE
from tests.people.accounts.factories import a_person
from zenne.people.accounts.enums import Purpose
from zenne.people.accounts.models import Consent

pytestmark = pytest.mark.django_db(transaction=True)

ENTRANCE = ["login/", "login/password/", "password/reset/", "inactive/", "deleted/", "3rdparty/login/cancelled/"]
MINE = [
    *(
        "profile/",
        "security/",
        "sessions/",
        "consents/",
        "data/",
        "delete/",
        "welcome/",
        "email/",
        "password/set/",
        "logout/",
    ),
    *("2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "reauthenticate/code/", "3rdparty/"),
    *("answers/?ask=birth-year&ask=gender&ask=residence", "verify/"),
]


def fresh(page, live_server, person) -> None:
    """As somebody who signed in a moment ago, so that the pages of safety open."""
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    session = SessionStore(key)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": time.time(), "reauthenticated": True}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()


def visit(page, live_server, address: str, axe, screenshot) -> None:
    noise = []
    page.on("console", lambda message: noise.append(message.text) if message.type == "error" else None)
    page.set_viewport_size(PHONE)
    answer = page.goto(f"{live_server.url}{address}")
    assert answer.status == 200, address
    assert page.url == f"{live_server.url}{address}"
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"
    assert [text for text in noise if "Content Security Policy" in text] == []
    screenshot(page, f"accounts-{address.split('?')[0].strip('/').replace('/', '-')}")


def test_pages_for_everybody(page, live_server, axe, screenshot):
    for path in ENTRANCE:
        visit(page, live_server, f"/fr/account/{path}", axe, screenshot)


def test_pages_of_ones_own(page, live_server, axe, screenshot, sign_in, mailbox, now):
    person = a_person("nele.vandenbroeck@example.org", name="Nele Vandenbroeck")
    Consent.objects.create(person=person, purpose=Purpose.NEWS, given_at=now)
    sign_in(page, person)
    page.goto(f"{live_server.url}/fr/account/sessions/")
    fresh(page, live_server, person)
    for path in MINE:
        visit(page, live_server, f"/fr/account/{path}", axe, screenshot)


def test_pages_of_somebody_well_protected(page, live_server, axe, screenshot, sign_in):
    person = a_person("nele.vandenbroeck@example.org", password="three brave little words")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    sign_in(page, person)
    page.goto(f"{live_server.url}/fr/account/sessions/")
    fresh(page, live_server, person)
    for path in (
        "security/",
        "2fa/totp/deactivate/",
        "2fa/recovery-codes/generate/",
        "password/change/",
        "reauthenticate/",
        "2fa/reauthenticate/",
    ):
        visit(page, live_server, f"/fr/account/{path}", axe, lambda page, name: screenshot(page, f"{name}-protected"))
    page.goto(f"{live_server.url}/fr/account/2fa/recovery-codes/generate/")
    page.click("main form button[type=submit]")
    axe(page)
    assert page.locator("ul.codes li").count() == 10


def test_code_page_and_its_fault(page, live_server, axe, screenshot, mailbox):
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/fr/account/login/")
    page.fill("input[name=email]", "nele@example.org")
    page.click("main form.form button[type=submit]")
    page.wait_for_url("**/login/code/confirm/**")
    axe(page)
    screenshot(page, "accounts-code")
    page.fill("input[name=code]", "0000-0000")
    page.click("main form.form button[type=submit]")
    page.wait_for_selector("[data-error-summary]")
    axe(page)
    screenshot(page, "accounts-code-wrong")
    page.fill("input[name=code]", mailbox[-1]["Subject"].split()[0])
    page.click("main form.form button[type=submit]")
    page.wait_for_url("**/welcome/**")
    axe(page)
    screenshot(page, "accounts-welcome-first")


def authenticator_in(page) -> None:
    """Chromium's virtual authenticator: a phone that says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )


def test_passkey_is_made_and_signs_in(page, live_server, sign_in, mailbox):
    base = live_server.url.replace("127.0.0.1", "localhost")
    person = a_person("nele@example.org")
    sign_in(page, person)
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    authenticator_in(page)
    page.goto(f"{base}/fr/account/sessions/")
    fresh(page, live_server, person)
    page.goto(f"{base}/fr/account/2fa/webauthn/add/")
    page.fill("input[name=name]", "My phone")
    page.click("zenne-passkey button")
    page.wait_for_url("**/2fa/recovery-codes/")
    passkey = Authenticator.objects.get(type="webauthn", user=person)
    assert passkey.wrap().name == "My phone"
    assert passkey.wrap().is_passwordless

    page.context.clear_cookies()
    page.goto(f"{base}/fr/account/login/?next=/fr/account/security/")
    page.click("zenne-passkey button")
    page.wait_for_url(re.compile(r"^[^?]*/fr/account/security/$"))
    assert "My phone" in page.content()


def test_passkey_is_the_second_factor_after_a_code(page, live_server, sign_in, mailbox, axe):
    base = live_server.url.replace("127.0.0.1", "localhost")
    person = a_person("nele@example.org")
    sign_in(page, person)
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    authenticator_in(page)
    page.goto(f"{base}/fr/account/sessions/")
    fresh(page, live_server, person)
    page.goto(f"{base}/fr/account/2fa/webauthn/add/")
    page.click("zenne-passkey button")
    page.wait_for_url("**/2fa/recovery-codes/")
    page.context.clear_cookies()
    mailbox.clear()
    page.goto(f"{base}/fr/account/login/?next=/fr/account/security/")
    page.fill("input[name=email]", "nele@example.org")
    page.click("main form.form button[type=submit]")
    page.wait_for_url("**/login/code/confirm/**")
    page.fill("input[name=code]", mailbox[-1]["Subject"].split()[0])
    page.click("main form.form button[type=submit]")
    page.wait_for_url("**/2fa/authenticate/**")
    axe(page)
    page.click("zenne-passkey button")
    page.wait_for_url(re.compile(r"^[^?]*/fr/account/security/$"))
