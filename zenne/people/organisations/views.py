from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zenne.people.accounts.models import Person
from zenne.web.visited import visited

from . import actions, queries
from .errors import OtherAddress


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Who runs processes here."""
    return render(request, "people/organisations/list.html", {"organisations": queries.shown_list(request)})


@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation, in its own look. In preparation it is there for its members only."""
    organisation = get_object_or_404(queries.visible_to(request.user), slug=slug)
    queries.wear(request, organisation)
    visited(request, "other", organisation=organisation.pk)
    return render(
        request,
        "people/organisations/home.html",
        {"organisation": organisation, "parts": organisation.children.filter(opened_at__isnull=False)},
    )


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Join an organisation by the link from a mail. Signing in comes first; nothing happens before the button is pressed."""
    found = queries.invitation_by_token(token, request.now)  # type: ignore[attr-defined]
    if found is None:
        return _invitation_page(request, "people/organisations/invitation_gone.html", {}, status=404)
    queries.wear(request, found.organisation)
    if not isinstance(request.user, Person):
        if request.method == "POST":
            return redirect_to_login(request.path, reverse("account_login"))
        return _invitation_page(request, "people/organisations/invitation.html", {"invitation": found})
    if found.email != request.user.email.lower():
        return _invitation_page(
            request,
            "people/organisations/invitation_other.html",
            {"invitation": found, "error": OtherAddress(found.email, request.user.email)},
            status=409,
        )
    if request.method == "POST":
        organisation = actions.accept_invitation(token=token, by=request.user, now=request.now)  # type: ignore[attr-defined]
        messages.success(request, _("Welcome. You now work for %(name)s.") % {"name": organisation})
        return redirect("wagtailadmin_home")
    return _invitation_page(request, "people/organisations/invitation.html", {"invitation": found})


def _invitation_page(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """The address is a secret: it must not travel to another site in a Referer, nor into a search engine."""
    response = render(request, template, context, status=status)
    response["Referrer-Policy"] = "same-origin"  # with `no-referrer` a browser posts without an origin, and is refused
    response["X-Robots-Tag"] = "noindex"
    return response
