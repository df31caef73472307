"""What processes add to the page of an organisation: what it runs, the open ones first."""

from django.http import HttpRequest
from django.template.loader import render_to_string

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


register("organisation.head", feed)
register("organisation.processes", of_organisation)
