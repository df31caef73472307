"""For search engines: robots.txt and the sitemaps of every host name.

A section holds one kind of page, cut by number so that each file is made from one range of an index, however many there are: a file has
`STEP` things at most, each in every language, far from the 50,000 lines that sitemaps.org allows. Apps register theirs in `sitemaps.py`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from zenne.core.languages import DEFAULT, LANGUAGES
from zenne.core.registry import Registry

STEP = 5_000
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
HEADERS = {"Cache-Control": "public, max-age=3600"}
PRIVATE = ("account/", "me/", "messages/", "mails/", "search/", "embed/", "styleguide/")


@dataclass(frozen=True)
class Page:
    """A public page: its address in the first language, which languages it is in, and when it last changed."""

    path: str
    changed: datetime | None = None
    languages: tuple[str, ...] = LANGUAGES


@dataclass(frozen=True)
class Section:
    """`last(request)` is the highest number of its things, 0 where there are none; `pages(request, after, up_to)` those numbered in between."""

    last: Callable[[HttpRequest], int]
    pages: Callable[[HttpRequest, int, int], Iterable[Page]]


sitemaps: Registry[Section] = Registry("sitemaps")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = ["/manage/", "/api/", "/oembed", *(f"/{code}/{path}" for code in LANGUAGES for path in PRIVATE)]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=HEADERS)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every file of every section."""
    files = [
        request.build_absolute_uri(reverse("sitemap-section", args=[name, number]))
        for name, section in sitemaps.items()
        for number in range(1, _files(request, section) + 1)
    ]
    lines = "".join(f"<sitemap><loc>{escape(file)}</loc></sitemap>" for file in files)
    return _xml(f"<sitemapindex {SPACES.split(' ')[0]}>{lines}</sitemapindex>")


@require_safe
def section(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One file of a section. One whose things are all gone is empty, because the index names it."""
    found = sitemaps.get(name)
    if found is None or not 0 < number < 10_000_000:
        raise Http404
    with override(DEFAULT):
        pages = list(found.pages(request, (number - 1) * STEP, number * STEP))
    if not pages and number > _files(request, found):
        raise Http404
    lines = "".join(line for page in pages for line in _lines(request, page))
    return _xml(f"<urlset {SPACES}>{lines}</urlset>")


def _files(request: HttpRequest, section: Section) -> int:
    return -(-section.last(request) // STEP)


def _lines(request: HttpRequest, page: Page) -> Iterator[str]:
    """One line for each language, every one naming all of them."""
    rest = page.path.removeprefix(f"/{DEFAULT}")
    addresses = {code: escape(request.build_absolute_uri(f"/{code}{rest}")) for code in page.languages}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in addresses.items()
    )
    changed = f"<lastmod>{page.changed.isoformat(timespec='seconds')}</lastmod>" if page.changed else ""
    for address in addresses.values():
        yield f"<url><loc>{address}</loc>{changed}{links}</url>"


def _xml(body: str) -> HttpResponse:
    declared = f'<?xml version="1.0" encoding="UTF-8"?>{body}'
    return HttpResponse(declared, content_type="application/xml; charset=utf-8", headers=HEADERS)
