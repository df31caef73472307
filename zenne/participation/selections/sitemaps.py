"""Which selections search engines are told of."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Selection
from .queries import public


def _selections(request: HttpRequest) -> QuerySet[Selection]:
    return public().filter(process__organisation__in=listed(request)).order_by("pk")


def last(request: HttpRequest) -> int:
    return _selections(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _selections(request).filter(pk__gt=after, pk__lte=up_to)
    found = found.annotate(changed=Coalesce("annulled_at", "published_at"))
    for number, slug, changed in found.values_list("number", "process__slug", "changed"):
        yield Page(reverse("selections:page", args=[slug, number]), changed)


sitemaps.register("selections", Section(last, pages))
