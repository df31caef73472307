"""What travels: the page and what it needs before it is read, for who comes first and for who comes again."""

import re
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

NEEDED = re.compile(
    r'<(?:link[^>]+rel="(?:stylesheet|preload|modulepreload|icon)"[^>]*|script[^>]+src[^>]*|img[^>]+src[^>]*|use[^>]+)>'
)
ADDRESS = re.compile(r'(?:href|src)="([^"#]+)')


@dataclass(frozen=True)
class Size:
    """Bytes: all of a first visit, of a later one, and of scripts alone."""

    first: int
    later: int
    scripts: int


def size_of(port: int, path: str) -> Size:
    connection = HTTPConnection("127.0.0.1", port)
    page, _body, _control = _fetched(connection, path)
    html = _plain(connection, path)
    first, later, scripts = page, page, 0
    for tag in dict.fromkeys(NEEDED.findall(html)):
        if 'loading="lazy"' in tag or not (found := ADDRESS.search(tag)):
            continue
        address = urljoin(path, unescape(found[1]))
        if address.startswith(("http", "data:")) and urlsplit(address).hostname not in ("127.0.0.1", None):
            continue
        if address in _seen.setdefault(path, set()):
            continue
        _seen[path].add(address)
        bytes_, _body, control = _fetched(connection, address)
        first += bytes_
        scripts += bytes_ if tag.startswith("<script") else 0
        later += 0 if "immutable" in control or "max-age" in control else bytes_
    _seen.pop(path, None)
    return Size(first, later, scripts)


_seen: dict[str, set[str]] = {}


def _fetched(connection: HTTPConnection, path: str) -> tuple[int, bytes, str]:
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip", "Accept": "*/*"})
    answer = connection.getresponse()
    body = answer.read()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 17
    return head + len(body), body, answer.getheader("Cache-Control", "")


def _plain(connection: HTTPConnection, path: str) -> str:
    connection.request("GET", path, headers={"Accept-Encoding": "identity", "Accept": "text/html"})
    return connection.getresponse().read().decode()
