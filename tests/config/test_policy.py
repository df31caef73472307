"""What a browser is told that a page may load."""

import base64
import hashlib
import json
import os
import subprocess
import sys

import pytest

from tests.participation.processes import factories as make_process
from tests.people.organisations import factories as make
from zenne.config import policy

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
    assert said["script-src"] == ["'self'"] and said["style-src"] == ["'self'"]
    assert said["connect-src"] == said["font-src"] == said["form-action"] == said["frame-ancestors"] == ["'self'"]
    assert not [value for name, values in said.items() if name != "frame-src" for value in values if "//" in value]
    assert "'unsafe-eval'" not in answer_text(said)


def test_a_date_field_of_the_back_office_is_started_and_nothing_else_is(client_for):
    process = make_process.draft(make.organisation())
    answer = client_for(make.platform_admin()).get(f"/manage/process_phase/new/?process={process.pk}")
    starters = policy.INLINE.findall(answer.text)
    assert starters and all("Chooser(" in starter for starter in starters)
    assert directives(answer)["script-src"] == ["'self'", *policy.starter_digests(answer.text)]
    assert len(policy.starter_digests(answer.text)) == len(starters)


def test_style_elements_are_taken_where_there_is_an_editor_and_style_attributes_nowhere(client_for):
    process, staff = make_process.draft(make.organisation()), client_for(make.platform_admin())
    editor = directives(staff.get(f"/manage/process/text/{process.pk}/"))
    assert editor["style-src-elem"] == ["'self'", "'unsafe-inline'"] and editor["style-src"] == ["'self'"]
    assert "style-src-elem" not in directives(staff.get("/manage/organisation/"))


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'initDateChooser("id_day", {"format": "d/m/Y"}); alert(1);',
        'initDateChooser("id_day", alert(1));',
        'initDateChooser("id_day", {"format": alert(1)});',
        'new Chooser("id")(alert(1));',
        'new Function("alert(1)");',
        "initDateChooser(`${alert(1)}`);",
    ],
)
def test_a_script_that_does_more_than_start_a_field_gets_no_digest(script):
    assert policy.starter_digests(f"<script>{script}</script>") == []


def test_the_digest_of_a_starter_is_of_its_very_characters():
    starter = 'initDateChooser("id_\\u002Dday", {"dayOfWeekStart": 1});'
    wanted = base64.b64encode(hashlib.sha256(starter.encode()).digest()).decode()
    assert policy.starter_digests(f"<p></p><script>{starter}</script>" * 2) == [f"'sha256-{wanted}'"]


def answer_text(said: dict[str, list[str]]) -> str:
    return " ".join(value for values in said.values() for value in values)


@pytest.mark.parametrize("address", ["/fr/", "/fr/account/login/", "/fr/nothing-here/", "/manage/", "/health/"])
def test_every_answer_says_what_others_and_devices_may(client_for, address):
    answer = client_for(None).get(address)
    assert answer["X-Frame-Options"] == "SAMEORIGIN" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    allowed = dict(part.split("=") for part in answer["Permissions-Policy"].split(", "))
    assert (
        allowed["geolocation"] == "(self)" and allowed["camera"] == allowed["microphone"] == allowed["payment"] == "()"
    )
    if answer["Content-Type"].startswith("text/html"):
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_public_installation_is_stricter():
    """The settings of an installation that strangers reach, read by a process of its own."""
    environ = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "ZENNE_DATA")},
        "ALLOWED_HOSTS": "participate.example.org",
        "BASE_URL": "https://participate.example.org",
        "SECRET_KEY": "k" * 60,
        "MAIL_URL": "smtp://mail.example.org",
        "DATABASE_URL": "postgresql://nobody@localhost/none",
    }
    wanted = (
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME LANGUAGE_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE "
        "SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY SESSION_COOKIE_DOMAIN SECURE_HSTS_SECONDS"
    )
    code = f"import json; from django.conf import settings; print(json.dumps({{n: getattr(settings, n) for n in {wanted.split()}}}))"
    environ["DJANGO_SETTINGS_MODULE"] = "zenne.config.settings"
    said = json.loads(subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, check=True).stdout)
    names = [said.pop(name) for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")]
    assert all(name.startswith("__Host-") for name in names)
    assert said.pop("SESSION_COOKIE_DOMAIN") is None, "a browser refuses such a cookie with a domain"
    assert said.pop("SECURE_HSTS_SECONDS") >= 31_536_000
    assert all(said.values())


@pytest.mark.parametrize(
    "address", ["/manage/nothing-here/", "/manage/organisation/1/nothing/", "/files/nothing/", "/media/nothing/"]
)
def test_an_unknown_address_without_a_language_is_not_sent_to_one(client_for, address):
    answer = client_for(make.platform_admin()).get(address)
    assert answer.status_code == 404 and "Wagtail" not in answer.text.partition("</noscript>")[2]
