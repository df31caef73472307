"""Which panels search engines are told of."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Panel
from .queries import public


def _panels(request: HttpRequest) -> QuerySet[Panel]:
    return public().filter(process__organisation__in=listed(request))


def last(request: HttpRequest) -> int:
    return _panels(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    for panel in _panels(request).filter(pk__gt=after, pk__lte=up_to).order_by("pk"):
        yield Page(panel.get_absolute_url(), panel.ended_at or panel.formed_at)


sitemaps.register("panels", Section(last, pages))
