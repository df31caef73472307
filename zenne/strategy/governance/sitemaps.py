"""Which pages of governance search engines are told of: sittings, and reports of reviews."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from . import queries
from .models import Review, Sitting


def _sittings(request: HttpRequest) -> QuerySet[Sitting]:
    return queries.sittings().filter(body__organisation__in=listed(request)).order_by("pk")


def _reviews(request: HttpRequest) -> QuerySet[Review]:
    return queries.reviews().filter(plan__organisation__in=listed(request)).order_by("pk")


def last_sitting(request: HttpRequest) -> int:
    return _sittings(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def sittings(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _sittings(request).filter(pk__gt=after, pk__lte=up_to)
    for number, called, published in found.values_list("pk", "called_at", "published_at"):
        yield Page(reverse("governance:sitting", args=[number]), published or called)


def last_review(request: HttpRequest) -> int:
    return _reviews(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def reviews(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _reviews(request).filter(pk__gt=after, pk__lte=up_to)
    for number, reported, closed in found.values_list("pk", "reported_at", "closed_at"):
        yield Page(reverse("governance:review", args=[number]), closed or reported)


sitemaps.register("sittings", Section(last_sitting, sittings))
sitemaps.register("reviews", Section(last_review, reviews))
