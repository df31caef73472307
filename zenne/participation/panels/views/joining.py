"""The code of a letter turns a seat into an account's."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zenne.core.errors import Spoken
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.models import Person
from zenne.web.htmx import render

from .. import actions
from ..forms import CodeForm
from .finding import who


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Nothing happens before the button is pressed, and none is pressed before one has signed in."""
    if not isinstance(request.user, Person):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    sent = request.method == "POST"
    form = CodeForm(request.POST if sent else None, initial={"code": request.GET.get("code", "")[:60]})
    if sent and form.is_valid():
        try:
            seat = actions.claim(form.cleaned_data["code"], **who(request))
        except NotAllowed:
            raise
        except Spoken as refusal:
            form.add_error("code", f"{refusal.headline}. {refusal.message}")
        else:
            messages.success(request, _("Welcome to the panel."))
            return redirect(seat.panel.room_url)
    response = render(request, "participation/panels/join.html", {"form": form}, status=422 if form.errors else 200)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
