"""Which draws by lot search engines are told of: the page of each public one, and of each of its public draws."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from . import queries
from .enums import PUBLIC
from .models import Draw, Lottery


def _lotteries(request: HttpRequest) -> QuerySet[Lottery]:
    return queries.open_lotteries().filter(activity__phase__process__organisation__in=listed(request)).order_by("pk")


def last(request: HttpRequest) -> int:
    return _lotteries(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _lotteries(request).filter(pk__gt=after, pk__lte=up_to)
    draws: dict[int, list[Draw]] = {}
    for draw in Draw.objects.filter(lottery__in=found.values("pk"), state__in=PUBLIC).order_by("lottery_id", "number"):
        draws.setdefault(draw.lottery_id, []).append(draw)
    for number, slug in found.values_list("pk", "activity__phase__process__slug"):
        yield Page(reverse("sortition:page", args=[slug, number]), None)
        for draw in draws.get(number, []):
            moved = draw.annulled_at or draw.drawn_at or draw.published_at
            yield Page(reverse("sortition:draw", args=[slug, number, draw.number]), moved)


sitemaps.register("lotteries", Section(last, pages))
