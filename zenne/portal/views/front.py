from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.messaging.notifications.queries import unread_count
from zenne.participation.comments.queries import written_by
from zenne.participation.ideas.queries import drafts_of, ideas_of, supported_by
from zenne.participation.processes.queries import followed_by, listed_now
from zenne.people.organisations.queries import listed as organisations_listed
from zenne.web.shared import shared
from zenne.web.tags.words import grouped

from .. import queries
from ..forms import SearchForm

A_LIST = 50


@require_safe
@shared
def home(request: HttpRequest) -> HttpResponse:
    """The front door: what is open now, what was answered, and how it works."""
    own = request.organisation if request.own_host else None
    context = {
        "processes": listed_now(request.now, organisation=own),
        "answers": queries.latest_answers(own),
        "figures": _shown(queries.figures(own)),
        "organisations": organisations_listed(request),
        "form": SearchForm(),
    }
    return render(request, "portal/home.html", context)


def _shown(figures: queries.Figures) -> list[dict[str, object]]:
    """The figures that say something yet; an empty platform shows none."""
    words = [(figures.ideas, _("ideas")), (figures.comments, _("comments")), (figures.answered, _("official answers"))]
    return [{"value": grouped(value), "label": label} for value, label in words if value]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything public that answers to some words."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    own = request.organisation if request.own_host else None
    found = queries.search(form.cleaned_data["q"], organisation=own, now=request.now) if form.is_valid() else []
    return render(request, "portal/search.html", {"form": form, "found": found})


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What one person did here and what waits for them."""
    person = request.user
    context = {
        "ideas": ideas_of(person)[:A_LIST],
        "drafts": drafts_of(person)[:A_LIST],
        "supports": supported_by(person)[:A_LIST],
        "comments": written_by(person)[:A_LIST],
        "followed": followed_by(person).select_related("organisation")[:A_LIST],
        "unread": unread_count(person),
    }
    return render(request, "portal/me.html", context)
