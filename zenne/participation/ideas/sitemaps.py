"""Which ideas search engines are told of: by ranges of their numbers, so that a million is read a few thousand at a time."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.urls import reverse

from zenne.participation.processes.enums import ProcessState
from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Idea


def _ideas(request: HttpRequest) -> QuerySet[Idea]:
    found = Idea.objects.filter(listed=True, process__organisation__in=listed(request))
    return found.exclude(process__state=ProcessState.DRAFT)


def last(request: HttpRequest) -> int:
    return _ideas(request).order_by("-pk").values_list("pk", flat=True).first() or 0


def pages(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = _ideas(request).filter(pk__gt=after, pk__lte=up_to).order_by("pk")
    found = found.annotate(changed=Greatest("published_at", "answered_at"))
    for pk, slug, changed in found.values_list("pk", "process__slug", "changed"):
        yield Page(reverse("ideas:page", args=[slug, pk]), changed)


sitemaps.register("ideas", Section(last, pages))
