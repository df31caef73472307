"""What processes add to the page of an organisation: what it runs, the open ones first."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.people.organisations.models import Organisation
from zenne.web.slots import register

from . import queries

MOST = 12


def of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    processes = queries.listed(request.now, organisations=[organisation.pk])[:MOST]  # type: ignore[attr-defined]
    return render_to_string("participation/processes/of_organisation.html", {"processes": list(processes)}, request)


register("organisation.processes", of_organisation)
