"""For and against: one button each, which swaps itself where there is a script."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.participation.processes.rules import may_see as may_see_process
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render, wants_fragment
from zenne.web.sending import sent_from

from .. import actions, queries, showing
from ..models import Idea
from ..rules import may_see

VERBS = {+1: actions.support, -1: actions.oppose, 0: actions.withdraw_support}


@sent_from("ideas:page", "process", "pk", anchor="voices")
def support(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Stand behind an idea, or with `?stop=1` no longer. Saying which, and not turning it over, makes it safe to send twice."""
    return _say(request, pk, +1)


@sent_from("ideas:page", "process", "pk", anchor="voices")
def oppose(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    return _say(request, pk, -1)


def _found(request: HttpRequest, pk: int) -> Idea:
    """The idea alone: thousands press this button at once, and its page was read before."""
    idea = Idea.objects.defer("text", "search").filter(pk=pk).first()
    if idea is not None:
        queries.in_its_call(idea)
    if idea is None or not may_see_process(request.user, idea.process) or not may_see(request.user, idea):
        raise NotFound(_("There is no idea at this address."))
    wear(request, idea.process.organisation)
    return idea


def _say(request: HttpRequest, pk: int, value: int) -> HttpResponse:
    idea = _found(request, pk)
    voice = 0 if request.GET.get("stop") else value
    chosen = VERBS[voice]
    idea = chosen(idea, by=request.user, now=request.now)
    if not wants_fragment(request):
        return HttpResponseRedirect(f"{idea.get_absolute_url()}#voices")
    shown = showing.voices(idea, request.user, voice, request.now)
    return render(request, "participation/ideas/voices.html", {"voices": shown, "idea": idea})
