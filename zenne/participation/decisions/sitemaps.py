"""Which decisions search engines are told of: those that are not about ideas, which the pages of their process lead to."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Decision
from .queries import published


def _decisions(request: HttpRequest) -> QuerySet[Decision]:
    return published().filter(process__isnull=True, body__organisation__in=listed(request)).order_by("pk")


def last(request: HttpRequest) -> int:
    return _decisions(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    for number, changed in _decisions(request).filter(pk__gt=after, pk__lte=up_to).values_list("pk", "published_at"):
        yield Page(reverse("decisions:of_body", args=[number]), changed)


sitemaps.register("decisions", Section(last, pages))
