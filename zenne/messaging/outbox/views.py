from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zenne.core.errors import NotFound

from . import ways_out
from .kinds import exits


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The way out that every letter carries: one button for people, one POST for mail programs (RFC 8058). The token is the proof."""
    found = ways_out.read(token)
    what = exits[found[1].purpose].describe(found[1].about) if found else None
    if found is None or what is None:
        raise NotFound(_("This link is incomplete or no longer valid."))
    person, way_out = found
    if request.method == "POST":
        exits[way_out.purpose].stop(person, way_out.about, request.now)
    return render(request, "messaging/outbox/stop.html", {"what": what, "done": request.method == "POST"})
