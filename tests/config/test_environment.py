"""Every missing or unsafe value of the environment gets a sentence that names it."""

import re

import pytest

from zenne.config.environment import ROOT, UnsafeEnvironment, read

PUBLIC = {
    "ALLOWED_HOSTS": "participate.example.org",
    "BASE_URL": "https://participate.example.org",
    "SECRET_KEY": "k" * 50,
    "MAIL_URL": "smtp://user:password@mail.example.org:587",
}


def test_nothing_set_is_a_safe_local_installation(tmp_path):
    values = read({"ZENNE_DATA": str(tmp_path)})
    assert not values.public
    assert not values.debug
    assert values.base_url == "http://127.0.0.1:8000"
    assert values.database_url == ""


def test_the_secret_of_a_local_installation_is_made_once_and_kept_private(tmp_path):
    first = read({"ZENNE_DATA": str(tmp_path)}).secret_key
    assert len(first) >= 50
    assert read({"ZENNE_DATA": str(tmp_path)}).secret_key == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_complete_public_environment_is_taken(tmp_path):
    values = read({"ZENNE_DATA": str(tmp_path), **PUBLIC})
    assert values.public
    assert values.secure
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a whole number"),
        ({"PORT": "70000"}, "PORT must be a whole number from 1 to 65535"),
        ({"WEB_WORKERS": "0"}, "WEB_WORKERS must be a whole number"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS may not be"),
        ({"ALLOWED_HOSTS": " "}, "ALLOWED_HOSTS is empty"),
        ({"BASE_URL": "participate.example.org"}, "BASE_URL must be the address"),
        ({"DATABASE_URL": "mysql://localhost/zenne"}, "DATABASE_URL must begin with postgresql://"),
        ({"DATABASE_URL": "postgresql://[bad"}, "DATABASE_URL must begin with postgresql://"),
        ({"BASE_URL": "http://[bad"}, "BASE_URL must be the address"),
        ({"ZENNE_DATA": "/proc/nothing/can/be/here"}, "ZENNE_DATA: nothing can be kept in"),
        ({"REPLICA_URL": "sqlite:///x"}, "REPLICA_URL must begin with postgresql://"),
        ({"MAIL_URL": "http://mail"}, "MAIL_URL must begin with"),
        ({"MAIL_RATE": "0"}, "MAIL_RATE must be a whole number from 1"),
        ({"MAIL_BOUNCES": "Bounce <b@x.org>"}, "MAIL_BOUNCES must be one plain address"),
        ({"STORAGE_URL": "ftp://files"}, "STORAGE_URL must begin with"),
        ({"CACHE_URL": "memcached://x"}, "CACHE_URL must begin with"),
        ({"ZENNE_ELECTION": "/nowhere/vote.pb"}, "ZENNE_ELECTION must be a Pabulib file that is there"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"IDENTITY_KEY": "short"}, "IDENTITY_KEY is too short"),
        ({"OIDC_SERVER": "https://id.example.org"}, "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET is missing"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(tmp_path, environ, sentence):
    with pytest.raises(UnsafeEnvironment, match=re.escape(sentence)):
        read({"ZENNE_DATA": str(tmp_path), **environ})


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"MAIL_URL": "file:///tmp/mail"}, "MAIL_URL is missing"),
        ({"ZENNE_DEBUG": "1"}, "ZENNE_DEBUG=1 shows the inside"),
        ({"BASE_URL": "http://participate.example.org"}, "BASE_URL must be https://"),
        ({"WEBHOOKS_LOCAL": "1"}, "WEBHOOKS_LOCAL=1 lets webhooks call this very machine"),
    ],
)
def test_what_is_harmless_at_home_is_refused_in_public(tmp_path, changed, sentence):
    with pytest.raises(UnsafeEnvironment, match=re.escape(sentence)):
        read({"ZENNE_DATA": str(tmp_path), **PUBLIC, **changed})


def test_all_faults_are_told_at_once(tmp_path):
    with pytest.raises(UnsafeEnvironment) as told:
        read({"ZENNE_DATA": str(tmp_path), "ALLOWED_HOSTS": "example.org"})
    assert len(str(told.value).splitlines()) == 3


def test_the_manual_has_a_row_for_every_variable_and_no_other():
    source = (ROOT / "zenne/config/environment.py").read_text() + (ROOT / "zenne/core/postgres.py").read_text()
    read_here = set(re.findall(r'environ(?:\.get\(|\[|, )"([A-Z_]+)"', source))
    manual = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/manual/sysadmin.md").read_text(), re.MULTILINE))
    assert manual == read_here
