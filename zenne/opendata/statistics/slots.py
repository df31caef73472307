"""What statistics adds to the page of an organisation: the way to its numbers."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.people.organisations.models import Organisation
from zenne.web.slots import register


def of_organisation(request: HttpRequest, organisation: Organisation) -> str:
    return render_to_string("opendata/statistics/way_in.html", {"organisation": organisation}, request)


register("organisation.aside", of_organisation)
