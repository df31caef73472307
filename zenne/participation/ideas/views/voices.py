"""For and against: one button each, which swaps itself where there is a script."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zenne.core.errors import NotFound
from zenne.web.htmx import render, wants_fragment

from .. import actions, queries, showing
from ..models import Idea
from ..rules import may_see
from .finding import idea_at


@require_POST
def support(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Stand behind an idea, or with `?stop=1` no longer. Saying which, and not turning it over, makes it safe to send twice."""
    return _say(request, pk, actions.support)


@require_POST
def oppose(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    return _say(request, pk, actions.oppose)


def _say(request: HttpRequest, pk: int, verb: object) -> HttpResponse:
    idea = idea_at(request, pk)
    if not may_see(request.user, idea):
        raise NotFound(_("There is no idea at this address."))
    chosen = actions.withdraw_support if request.GET.get("stop") else verb
    changed: Idea = chosen(idea, by=request.user, now=request.now)  # type: ignore[operator]
    if not wants_fragment(request):
        return HttpResponseRedirect(f"{changed.get_absolute_url()}#voices")
    idea.support_count, idea.oppose_count = changed.support_count, changed.oppose_count
    shown = showing.voices(idea, request.user, queries.voice_of(request.user, idea), request.now)
    return render(request, "participation/ideas/voices.html", {"voices": shown, "idea": idea})
