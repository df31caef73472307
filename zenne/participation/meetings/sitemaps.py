"""Which meetings search engines are told of: the public ones."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Meeting
from .queries import public


def _meetings(request: HttpRequest) -> QuerySet[Meeting]:
    return public().filter(process__organisation__in=listed(request)).order_by("pk")


def last(request: HttpRequest) -> int:
    return _meetings(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _meetings(request).filter(pk__gt=after, pk__lte=up_to)
    for number, changed in found.values_list("pk", "changed_at"):
        yield Page(reverse("meetings:page", args=[number]), changed)


sitemaps.register("meetings", Section(last, pages))
