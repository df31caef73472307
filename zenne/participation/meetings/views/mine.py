"""Where somebody comes or waits, and the secret address of their own calendar."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zenne.people.accounts.models import Person
from zenne.web.htmx import render

from .. import actions, queries, showing

MOST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    person = request.user
    if not isinstance(person, Person):
        return redirect_to_login(request.path, reverse("account_login"))
    now = request.now  # type: ignore[attr-defined]
    if request.method == "POST":
        actions.renew_calendar_key(person, now=now)
        messages.success(request, _("Your calendar has a new address. If there was one before, it leads nowhere now."))
        return HttpResponseRedirect(request.path)
    key = queries.calendar_of(person)
    address = settings.BASE_URL.rstrip("/") + reverse("meetings:feed", args=[key.key]) if key else ""
    places = [
        {
            **showing.line(each.meeting, now),
            "url": reverse("meetings:place", args=[each.key]),
            "places": showing.place_words(each),
            "over": each.meeting.is_over(now),
        }
        for each in queries.places_of(person).order_by("-meeting__starts_at", "-id")[:MOST]
    ]
    context = {
        "coming": [each for each in reversed(places) if not each["over"]],
        "held": [each for each in places if each["over"]],
        "feed": address,
        "webcal": "webcal:" + address.partition(":")[2],
        "now": now,
    }
    return render(request, "participation/meetings/mine.html", context)
