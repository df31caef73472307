"""The way to one's tokens, among one's account pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from zenne.web.slots import register


def way(request: HttpRequest) -> str:
    return render_to_string("opendata/api/way.html")


register("accounts.ways", way)
