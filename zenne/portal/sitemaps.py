"""The platform's own pages for search engines: the front door, the lists, and what was written for everybody."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from zenne.core.languages import DEFAULT
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import EditorialPage

LISTS = ("portal:home", "portal:near", "processes:list", "organisations:list")


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    """A page that staff wrote has the same word as its address in every language in which it exists."""
    yield from (Page(reverse(name)) for name in LISTS)
    found: dict[str, dict[str, EditorialPage]] = {}
    live = EditorialPage.objects.live().public().select_related("locale").order_by("path")
    for page in live[:up_to]:
        if page.url:
            rest = page.url.partition("://")[2].partition("/")[2] if "://" in page.url else page.url.lstrip("/")
            language, _slash, rest = rest.partition("/")
            found.setdefault(rest, {})[language] = page
    for rest, written in found.items():
        changed = max((page.last_published_at for page in written.values() if page.last_published_at), default=None)
        yield Page(f"/{DEFAULT}/{rest}", changed, tuple(sorted(written)))


sitemaps.register("platform", Section(lambda _request: 1, pages))
