"""What a person and a program read while the database is away or a disk is full."""

import errno
import json

import psycopg
import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.test import RequestFactory

from zenne.web.outage import failure, passing

TEXT = "Un long texte que personne ne veut écrire deux fois."


def caused(kind: type[Exception], cause: Exception) -> Exception:
    error = kind("…")
    error.__cause__ = cause
    return error


GONE = caused(OperationalError, psycopg.OperationalError("connection refused"))
FULL = OSError(errno.ENOSPC, "No space left on device")


def answer(error: Exception, request):
    try:
        raise error
    except Exception:  # noqa: BLE001 - as the handler meets them
        return failure(request)


@pytest.mark.parametrize(
    "error",
    [
        GONE,
        caused(OperationalError, psycopg.errors.AdminShutdown("terminating connection")),
        caused(OperationalError, psycopg.errors.CannotConnectNow("the database system is starting up")),
        caused(OperationalError, psycopg.errors.TooManyConnections("sorry, too many clients")),
        caused(OperationalError, psycopg.errors.DeadlockDetected("deadlock")),
        caused(InterfaceError, psycopg.InterfaceError("the connection is closed")),
        caused(ValueError, GONE),
    ],
)
def test_a_database_that_is_away_is_no_bug(error):
    assert passing(error).status == 503


@pytest.mark.parametrize("error", [FULL, caused(OperationalError, psycopg.errors.DiskFull("disk full"))])
def test_a_full_disk_has_words_of_its_own(error):
    assert passing(error).status == 507


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        OSError(errno.ENOENT, "no such file"),
        caused(DataError, psycopg.errors.NumericValueOutOfRange("out of range")),
        caused(OperationalError, psycopg.errors.QueryCanceled("canceled by user")),
    ],
)
def test_a_bug_stays_a_bug(error):
    assert passing(error) is None
    assert answer(error, RequestFactory().get("/fr/")).status_code == 500


@pytest.mark.parametrize(
    ("address", "words"),
    [("/fr/search/", "La plateforme redémarre"), ("/nl/", "Het platform wordt herstart"), ("/en/", "being restarted")],
)
def test_the_page_speaks_the_readers_language_and_asks_nothing_of_the_database(address, words):
    said = answer(GONE, RequestFactory().get(address))
    assert (said.status_code, said["Retry-After"]) == (503, "10")
    assert words in said.text and f'lang="{address[1:3]}"' in said.text
    assert f'href="{address}"' in said.text


def test_what_was_written_comes_back_and_what_is_secret_does_not():
    sent = {"text": TEXT, "password": "a very secret password indeed", "name": "An"}
    page = answer(GONE, RequestFactory().post("/fr/comments/", sent)).text
    assert TEXT in page and "very secret" not in page


def test_markup_that_was_written_comes_back_as_text():
    page = answer(GONE, RequestFactory().post("/fr/", {"text": "</textarea><script>alert(1) </script>"})).text
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_htmx_keeps_the_page_and_shows_the_words():
    said = answer(GONE, RequestFactory().post("/fr/", headers={"HX-Request": "true"}))
    assert said.status_code == 503 and said["HX-Retarget"] == "#toasts" and "<html" not in said.text


@pytest.mark.parametrize(
    "request_",
    [RequestFactory().get("/api/v1/ideas/"), RequestFactory().get("/fr/", headers={"Accept": "application/json"})],
)
def test_a_program_reads_a_problem_document(request_):
    said = answer(GONE, request_)
    assert said["Content-Type"] == "application/problem+json" and said["Retry-After"] == "10"
    assert json.loads(said.content)["type"] == "urn:zenne:away"


def test_a_page_that_meets_a_restart_answers_503(client_for, db, monkeypatch):
    def gone(*_args: object, **_kwargs: object) -> None:
        raise GONE

    monkeypatch.setattr("zenne.portal.queries.figures", gone)
    said = client_for(None, raise_request_exception=False).get("/nl/")
    assert said.status_code == 503 and "Het platform wordt herstart" in said.text
