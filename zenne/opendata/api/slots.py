"""The way to one's tokens, among one's account pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.web.slots import register


def way(request: HttpRequest) -> str:
    match = request.resolver_match
    here = match is not None and match.view_name in ("api:tokens", "api:new-token")
    return render_to_string("opendata/api/way.html", {"here": here})


register("accounts.ways", way)
