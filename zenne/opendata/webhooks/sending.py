"""One POST to an address that a stranger chose, without becoming their tool.

The name is looked up once, every address it has must be one of the public internet, and the connection goes to the very address that was
checked: a name that answers differently the second time (DNS rebinding) changes nothing. No redirect is followed, no more of the
answer is read than is kept, and the whole takes `SECONDS` at most, however slowly the other side speaks. OWASP: server-side request forgery.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 10.0
KEPT_BYTES = 2000
LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}
#: Prefixes that carry an IPv4 address inside, which may be a private one: NAT64, 6to4, Teredo.
WRAPPED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class Refused(Exception):
    """Nothing is sent there. The text is a code: `address`, `scheme`, `unknown-host`, `private-address`."""


@dataclass(frozen=True)
class Answer:
    """What came back. `code` is None when nothing did, and `fault` then says why: `timeout`, `tls`, `connection`, or why it was refused."""

    code: int | None
    milliseconds: int
    fault: str = ""
    text: str = ""

    @property
    def taken(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


def parsed(address: str) -> SplitResult:
    """The parts of an address one may post to. Raises Refused."""
    try:
        parts = urlsplit(address)
        name, _port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused("address") from error
    if not name or parts.username is not None or parts.fragment or not address.isascii() or not address.isprintable():
        raise Refused("address")
    if " " in address or parts.port == 0:
        raise Refused("address")
    local = settings.WEBHOOKS_LOCAL and name in LOCAL_NAMES
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise Refused("scheme")
    return parts


def checked(parts: SplitResult) -> tuple[str, int]:
    """The address and port to connect to. Raises Refused when any address of the name is not of the public internet."""
    name = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused("unknown-host") from error
    hosts = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not hosts:
        raise Refused("unknown-host")
    if not (settings.WEBHOOKS_LOCAL and name in LOCAL_NAMES) and not all(is_public(host) for host in hosts):
        raise Refused("private-address")
    return hosts[0], port


def is_public(host: str) -> bool:
    """Whether an IP address belongs to the public internet, also when it hides in another."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if any(address in net for net in WRAPPED):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def post(address: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send, and say what came of it. Never raises for what the other side does."""
    begun = time.monotonic()

    def took() -> int:
        return int((time.monotonic() - begun) * 1000)

    try:
        parts = parsed(address)
        host, port = checked(parts)
    except Refused as refusal:
        return Answer(None, took(), fault=str(refusal))
    left = SECONDS - (time.monotonic() - begun)
    if left <= 0:
        return Answer(None, took(), fault="timeout")
    connection = _Connection(parts, host, port, left)
    try:
        code, text = connection.exchange(body, headers)
    except TimeoutError:
        return Answer(None, took(), fault="timeout")
    except ssl.SSLError:
        return Answer(None, took(), fault="timeout" if connection.cut else "tls")
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        return Answer(None, took(), fault="timeout" if connection.cut else "connection")
    finally:
        connection.close()
    return Answer(code, took(), text=text)


class _Connection:
    """HTTP/1.1 over a socket to `host`, an address that was checked, speaking to the name in `parts`."""

    def __init__(self, parts: SplitResult, host: str, port: int, seconds: float) -> None:
        self.parts, self.host, self.port, self.seconds = parts, host, port, seconds
        self.cut = False
        self._socket: socket.socket | None = None
        # each single wait has its own limit; this one ends an answer that drips
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def exchange(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        self._timer.start()
        raw = socket.create_connection((self.host, self.port), self.seconds)
        self._socket = raw
        name = self.parts.hostname or ""
        if self.parts.scheme == "https":
            self._socket = ssl.create_default_context().wrap_socket(raw, server_hostname=name)
        speaking = http.client.HTTPConnection(name, self.parts.port or None, timeout=self.seconds)
        speaking.sock = self._socket
        path = f"{self.parts.path or '/'}{'?' if self.parts.query else ''}{self.parts.query}"
        speaking.request("POST", path, body, {"Host": self.parts.netloc, **headers, "Connection": "close"})
        answer = speaking.getresponse()
        text = answer.read(KEPT_BYTES).decode("utf-8", "replace").replace("\x00", "\ufffd")
        if self.cut:
            raise TimeoutError
        return answer.status, text

    def close(self) -> None:
        self._timer.cancel()
        if self._socket is not None:
            self._socket.close()

    def _cut(self) -> None:
        self.cut = True
        if self._socket is not None:
            try:
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return
