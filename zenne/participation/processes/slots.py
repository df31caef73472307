"""What processes add to the page of an organisation, what it runs, the open ones first; and to the page of a refusal, the way back."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.core.errors import Spoken
from zenne.people.organisations.models import Organisation
from zenne.web.slots import register

from . import queries

MOST = 12


def of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    processes = queries.listed(request.now, organisations=[organisation.pk])[:MOST]  # type: ignore[attr-defined]
    return render_to_string(
        "participation/processes/of_organisation.html",
        {"processes": list(processes), "organisation": organisation},
        request,
    )


def feed(request: HttpRequest, organisation: Organisation) -> str:
    """The feed of an organisation, for feed readers that look for it."""
    return render_to_string(
        "participation/processes/of_organisation_head.html", {"organisation": organisation}, request
    )


def of_address(request: HttpRequest | None, error: Spoken | None = None) -> str:
    """On the page of a refusal: the way back to the process under whose address somebody was refused, where they may see it."""
    match = getattr(request, "resolver_match", None)
    if request is None or match is None:
        return ""
    slug = match.kwargs.get("slug" if match.app_name == "processes" else "process", "")
    found = queries.visible_to(request.user).filter(slug=slug).first() if slug else None
    if found is None or found.get_absolute_url() == request.path:
        return ""
    return render_to_string("participation/processes/way_back.html", {"process": found}, request)


register("organisation.head", feed)
register("organisation.processes", of_organisation)
register("refusal.onward", of_address, order=40)
