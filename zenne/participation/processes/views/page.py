from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound
from zenne.opendata.statistics.enums import PageKind
from zenne.people.moderation.queries import figures_of
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render
from zenne.web.sending import sent_from
from zenne.web.shared import own, shared
from zenne.web.tags import labels
from zenne.web.visited import visited

from .. import actions, queries, showing
from ..enums import ProcessState
from ..models import Process
from ..rules import may_see


@require_safe
@shared
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A process: what it is about, where it stands, and what one can do now."""
    told = queries.with_words(slug)
    process = seen(request, told.process if told else None)
    assert told  # else nobody was told of a process
    activities = showing.activities(process, request.now)
    visited(request, PageKind.PROCESS, process=process.pk, organisation=process.organisation_id)
    context = around(request, process) | {
        "stops": showing.stops(process, request.now),
        "pill": showing.pill(process, request.now),
        "description": showing.description(process, process.organisation.languages),
        "activities": activities,
        "news": told.news,
        "open_now": next((each for each in activities if each.is_open and each.url), None),
        "documents": showing.documents(process),
        "follow": own(request, follow_button, process),
        "changed": told.changed,
        "frozen": any(each.activity.frozen_at for each in activities),
    }
    return render(request, "participation/processes/page.html", context)


@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    process = process_at(request, slug)
    context = around(request, process) | {"news": queries.published_news(process)}
    return render(request, "participation/processes/news.html", context)


@require_safe
def news_post(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    process = process_at(request, slug)
    post = queries.published_news(process).filter(pk=pk).first()
    if post is None:
        raise NotFound(_("This message was withdrawn, or never existed."))
    return render(request, "participation/processes/news_post.html", around(request, process) | {"post": post})


@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed after it had opened, with the reason: for anybody to read."""
    process = process_at(request, slug)
    context = around(request, process) | {"changes": showing.changes(process)}
    return render(request, "participation/processes/changes.html", context)


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules as they were frozen, with their fingerprints and how to check them."""
    process = process_at(request, slug)
    context = around(request, process) | {"rules": showing.rules(process)}
    return render(request, "participation/processes/rules.html", context)


@require_safe
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    """What came before the moderators here and what they decided: in numbers, for anybody to read."""
    process = process_at(request, slug)
    context = around(request, process) | {"figures": figures_of(process=process.pk)}
    return render(request, "participation/processes/moderation.html", context)


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet of paper for a window or a notice board: what, until when, and the QR code that leads here."""
    process = process_at(request, slug)
    on_paper = [stop | {"url": ""} for stop in showing.stops(process, request.now)]
    context = around(request, process) | {"stops": on_paper}
    return render(request, "participation/processes/poster.html", context)


@sent_from("processes:page", "slug", anchor="follow")
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow, or stop. Who isn't signed in is led there and back; it is done on return."""
    process = process_at(request, slug)
    verb = actions.unfollow if request.POST.get("stop") else actions.follow
    verb(process, by=request.user, now=request.now)
    if request.htmx:
        return HttpResponse(follow_button(request, process))
    return HttpResponseRedirect(f"{process.get_absolute_url()}#follow")


def follow_button(request: HttpRequest, process: Process) -> SafeString:
    url = reverse("processes:follow", args=[process.slug])
    return labels.follow_button(request, url, queries.follows(request.user, process), process.title_i18n)


def process_at(request: HttpRequest, slug: str, among: QuerySet[Process] | None = None) -> Process:
    """The process at this address in its organisation's look; a draft only for its staff or with its key. With its timeline, unless read `among` others."""
    return seen(request, queries.with_timeline(slug) if among is None else among.filter(slug=slug).first())


def seen(request: HttpRequest, process: Process | None) -> Process:
    if process is None or not may_see(request.user, process, preview_key=request.GET.get("preview", "")):
        raise NotFound(_("There is no process at this address."))
    wear(request, process.organisation)
    return process


def around(request: HttpRequest, process: Process) -> dict[str, Any]:
    """What every page under a process needs. `key` goes behind links, so that a preview stays one."""
    draft = process.state == ProcessState.DRAFT
    key = f"?preview={process.preview_key}" if draft and request.GET.get("preview") else ""
    return {"process": process, "draft": draft, "archived": process.state == ProcessState.ARCHIVED, "key": key}
