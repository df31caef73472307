"""Which advices search engines are told of."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Advice
from .queries import public


def _advices(request: HttpRequest) -> QuerySet[Advice]:
    return public().filter(process__organisation__in=listed(request)).order_by("pk")


def last(request: HttpRequest) -> int:
    return _advices(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _advices(request).filter(pk__gt=after, pk__lte=up_to)
    found = found.annotate(changed=Coalesce("answered_at", "withdrawn_at", "issued_at"))
    for number, slug, changed in found.values_list("number", "process__slug", "changed"):
        yield Page(reverse("advices:page", args=[slug, number]), changed)


sitemaps.register("advices", Section(last, pages))
