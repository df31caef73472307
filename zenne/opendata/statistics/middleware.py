"""Counts the pages that their views call visits. Stands outside of whatever keeps copies of pages: a copy that is handed out is a visit too."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from zenne.core import clock
from zenne.web.visited import taken_from

from .visiting import is_robot, noted


class VisitsMiddleware:
    """`Sec-GPC: 1` and `DNT: 1` are respected: the page is counted, and nothing is made of who asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        visit = taken_from(response)
        if visit is not None:
            headers = request.headers
            agent = headers.get("User-Agent", "")
            # a page fetched ahead of a click was not read by anybody yet
            ahead = "prefetch" in headers.get("Sec-Purpose", "") or headers.get("HX-Request") == "true"
            if not ahead and not is_robot(agent):
                unwatched = headers.get("Sec-GPC") == "1" or headers.get("DNT") == "1"
                visitor = "" if unwatched else f"{get_adapter().get_client_ip(request) or ''} {agent}"
                noted.add(visit, response.get("Content-Language", "")[:5], visitor, clock.now())
        return response
