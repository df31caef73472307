"""Which indicators search engines are told of."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from zenne.web.sitemaps import Page, Section, sitemaps

from .queries import shown_list


def last(request: HttpRequest) -> int:
    return shown_list(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = shown_list(request).filter(pk__gt=after, pk__lte=up_to).order_by("pk")
    for slug, changed in found.values_list("slug", "changed_at"):
        yield Page(reverse("indicators:page", args=[slug]), changed)


sitemaps.register("indicators", Section(last, pages))
