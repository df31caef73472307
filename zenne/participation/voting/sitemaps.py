"""Which votes search engines are told of: the page of each public one, and of its result once that is published."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Vote
from .queries import open_votes, with_figures


def _votes(request: HttpRequest) -> QuerySet[Vote]:
    return open_votes().filter(activity__phase__process__organisation__in=listed(request)).order_by("pk")


def last(request: HttpRequest) -> int:
    return _votes(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = with_figures(_votes(request).filter(pk__gt=after, pk__lte=up_to))
    fields = ("pk", "activity__phase__process__slug", "sealed_at", "counted_at", "annulled_at", "is_public")
    for number, slug, sealed_at, counted_at, annulled_at, is_public in found.values_list(*fields):
        yield Page(reverse("voting:page", args=[slug, number]), annulled_at or counted_at or sealed_at)
        if is_public:
            yield Page(reverse("voting:result", args=[slug, number]), annulled_at or counted_at)


sitemaps.register("votes", Section(last, pages))
