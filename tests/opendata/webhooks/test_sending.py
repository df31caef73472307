"""An address that a stranger chose is called without becoming their tool."""

import socket
import time

import pytest

from tests.opendata.webhooks.factories import receiving
from zenne.opendata.webhooks import sending


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://example.org/", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "address"),
        ("https://user:word@example.org/", "address"),
        ("https://exam ple.org/", "address"),
        ("https://example.org/\r\nX: 1", "address"),
        ("https://exämple.org/", "address"),
        ("https://[bad", "address"),
        ("https://example.org:0/", "address"),
        ("", "address"),
        ("http://localhost/", "scheme"),
    ],
)
def test_an_address_that_is_not_plain_https_is_refused(address, code):
    with pytest.raises(sending.Refused, match=code):
        sending.parsed(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address that must be refused
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[ff02::1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::]",
        "2130706433",
        "0x7f.1",
        "017700000001",
    ],
)
def test_no_address_inside_a_network_is_called_however_it_is_written(host):
    assert sending.post(f"https://{host}/", b"{}", {}).fault == "private-address"


def test_a_public_address_passes():
    assert sending.is_public("93.184.215.14")
    assert sending.is_public("2a00:1450:4001:82b::200e")


def test_one_private_address_among_the_answers_is_enough_to_refuse(monkeypatch):
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_words, **_more: rows)
    assert sending.post("https://two-faced.example/", b"{}", {}).fault == "private-address"


def test_the_address_that_was_checked_is_the_one_that_is_called(monkeypatch):
    """DNS rebinding: the name answers with a public address first, with this machine afterwards. It is asked once."""
    answers = ["93.184.215.14", "127.0.0.1"]
    called = []

    def resolve(_name, port, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    def connect(where, _seconds):
        called.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert sending.post("https://rebinding.example/", b"{}", {}).fault == "connection"
    assert called == [("93.184.215.14", 443)]
    assert answers == ["127.0.0.1"]


def test_a_redirect_is_an_answer_and_is_not_followed():
    with receiving() as there:
        there.codes, there.headers = [302], {"Location": there.address}
        answer = sending.post(there.address, b"{}", {})
    assert answer.code == 302 and not answer.taken
    assert len(there.arrived) == 1


def test_of_a_long_answer_only_the_beginning_is_read():
    with receiving() as there:
        there.answer = b"x" * 5_000_000
        assert len(sending.post(there.address, b"{}", {}).text) == sending.KEPT_BYTES


def test_an_answer_that_drips_is_cut_off(monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.4)
    with receiving() as there:
        there.drip = 0.05
        begun = time.monotonic()
        assert sending.post(there.address, b"{}", {}).fault == "timeout"
    assert time.monotonic() - begun < 3


def test_nobody_there_is_said():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with receiving():
        assert sending.post(f"http://127.0.0.1:{port}/", b"{}", {}).fault == "connection"


def test_an_unknown_host_is_said(monkeypatch):
    def unknown(*_words, **_more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert sending.post("https://nowhere.invalid/", b"{}", {}).fault == "unknown-host"
