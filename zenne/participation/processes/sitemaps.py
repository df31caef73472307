"""Which processes, news and organisations search engines are told of."""

from collections.abc import Iterator

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import News, Process
from .queries import public


def _processes(request: HttpRequest) -> QuerySet[Process]:
    return public().filter(organisation__in=listed(request)).order_by("id")


def _news(request: HttpRequest) -> QuerySet[News]:
    found = News.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)
    return found.filter(process__in=_processes(request)).order_by("id")


def process_pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _processes(request).filter(pk__gt=after, pk__lte=up_to)
    found = found.annotate(changed=Greatest("published_at", "archived_at", Max("changes__changed_at")))
    for slug, changed in found.values_list("slug", "changed"):
        yield Page(reverse("processes:page", args=[slug]), changed)


def news_pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _news(request).filter(pk__gt=after, pk__lte=up_to).annotate(changed=Coalesce("edited_at", "published_at"))
    for pk, slug, changed in found.values_list("pk", "process__slug", "changed"):
        yield Page(reverse("processes:news_post", args=[slug, pk]), changed)


def organisation_pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    for organisation in listed(request).filter(pk__gt=after, pk__lte=up_to):
        yield Page(organisation.get_absolute_url())


def highest(found: QuerySet) -> int:
    return found.order_by("-pk").values_list("pk", flat=True).first() or 0


sitemaps.register("organisations", Section(lambda request: highest(listed(request)), organisation_pages))
sitemaps.register("processes", Section(lambda request: highest(_processes(request)), process_pages))
sitemaps.register("news", Section(lambda request: highest(_news(request)), news_pages))
