"""What no browser sends: lengths that lie, bodies in broken pieces, addresses of others, ten thousand lines. Said to a real server, byte by byte.

Each gets a plain refusal or a page as ever; none a fault of ours, and the server goes on answering.
"""

import socket

import pytest

from tests.journeys.several import installed

pytestmark = pytest.mark.slow
FORM = "POST /fr/account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
CHUNKED = f"{FORM}Transfer-Encoding: chunked\r\n"
PAGE = "GET /fr/ HTTP/1.1\r\nHost: localhost\r\n"
MANY = "&".join(f"f{number}=x" for number in range(10_000))
LINES = "".join(f"X-Line-{number}: x\r\n" for number in range(10_000))
REFUSED = {
    "a length longer than the body": f"{FORM}Content-Length: 5000\r\n\r\nemail=an@example.org",
    "a length shorter than the body": f"{FORM}Content-Length: 3\r\n\r\nemail=an@example.org",
    "a length that is no number": f"{FORM}Content-Length: ten\r\n\r\nemail=x",
    "a length below nothing": f"{FORM}Content-Length: -1\r\n\r\nemail=x",
    "two lengths": f"{FORM}Content-Length: 7\r\nContent-Length: 70\r\n\r\nemail=x",
    "a length and pieces": f"{CHUNKED}Content-Length: 4\r\n\r\n7\r\nemail=x\r\n0\r\n\r\n",
    "a body in pieces": f"{CHUNKED}\r\n7\r\nemail=x\r\n0\r\n\r\n",
    "a piece whose size is no number": f"{CHUNKED}\r\nzz\r\nemail=x\r\n0\r\n\r\n",
    "a piece that is cut off": f"{CHUNKED}\r\nfff\r\nemail=x",
    "pieces of an unknown kind": f"{FORM}Transfer-Encoding: nothing-known\r\n\r\nemail=x",
    "ten thousand fields": f"{FORM}Content-Length: {len(MANY)}\r\n\r\n{MANY}",
    "ten thousand header lines": f"{PAGE}{LINES}\r\n",
    "a header line of a megabyte": f"{PAGE}X-Long: {'x' * 1_000_000}\r\n\r\n",
    "an address of a megabyte": f"GET /fr/?q={'x' * 1_000_000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a header with a zero in it": f"{PAGE}X-Zero: a\x00b\r\n\r\n",
    "a header without a name": f"{PAGE}: x\r\n\r\n",
    "a header that goes on": f"{PAGE}X-One: a\r\n b\r\n\r\n",
    "two hosts": "GET /fr/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "an address of others": "GET http://evil.example/fr/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "an unknown method": "BREW /fr/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an unknown version": "GET /fr/ HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "no request at all": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


@pytest.fixture(scope="module")
def installation(migrated):
    with installed(migrated) as made:
        yield made


@pytest.fixture(scope="module")
def web(installation):
    return installation.web()


def said(web, request: str) -> str:
    """Everything the server answers to these bytes, when nothing follows them."""
    with socket.create_connection(("127.0.0.1", web.port), timeout=20) as line:
        answer = b""
        try:
            line.sendall(request.encode("latin-1"))
            line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it answered before it had heard everything
        try:
            while piece := line.recv(65536):
                answer += piece
        except ConnectionResetError:
            pass  # and hung up on the rest
    return answer.decode(errors="replace")


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_browser_sends_is_refused_and_nothing_breaks(web, installation, name):
    answer = said(web, REFUSED[name])
    statuses = [int(line.split()[1]) for line in answer.splitlines() if line.startswith("HTTP/1.")]
    # 501 is the answer to a coding that nobody knows (RFC 9112, section 6.1); a line may also be hung up without a word
    assert all(400 <= status < 500 or status == 501 for status in statuses), answer[:600]
    assert "evil.example" not in answer and "Traceback" not in answer
    assert "Traceback" not in installation.logs()
    assert web.get("/health/").status == 200


@pytest.mark.parametrize(
    "first", ["GET http://evil.example/fr/ HTTP/1.1\r\nHost: localhost\r\n", "GET /fr/ HTTP/1.1\r\n"]
)
def test_a_page_asked_for_in_an_odd_way_names_no_address_but_ours(web, first):
    answer = said(web, f"{first}Connection: close\r\n\r\n")
    assert answer.split()[1] in ("200", "400") and "evil.example" not in answer
