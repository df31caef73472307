"""The pages of the API: one's tokens, and the manual."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core.errors import Invalid
from zenne.core.numbers import key_of
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.freshness import fresh_required

from . import actions, manual, queries
from .forms import TokenForm
from .kinds import scopes
from .models import Token


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens; POST revokes one (`token`)."""
    if request.method == "POST":
        token = get_object_or_404(Token, pk=key_of(request.POST.get("token")), person=request.user)
        actions.revoke_token(token, by=request.user, now=request.now)  # type: ignore[arg-type, attr-defined]
        messages.success(request, _("The token is revoked: it opens nothing any more."))
        return redirect("api:tokens")
    words = scopes()
    shown = [
        {
            "row": token,
            "may": [words[name] for name in token.scopes if name in words],
            "over": token.expires_at <= request.now,  # type: ignore[attr-defined]
        }
        for token in queries.tokens_of(request.user)  # type: ignore[arg-type]
    ]
    return render(request, "opendata/api/tokens.html", {"tokens": shown})


@never_cache
@fresh_required
@require_http_methods(["GET", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token. Its secret is on the page that answers, once."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            token, secret = actions.create_token(
                by=request.user,  # type: ignore[arg-type]
                name=data["name"],
                scopes_asked=data["scopes"],
                days=data["days"],
                now=request.now,  # type: ignore[attr-defined]
            )
        except (Invalid, NotAllowed) as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return render(request, "opendata/api/token_made.html", {"token": token, "secret": secret}, status=201)
    return render(request, "opendata/api/token_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """The manual: how to ask, and every operation."""
    context = {"chapters": manual.chapters(), "limits": manual.limits(), "scopes": scopes(), **manual.around()}
    return render(request, "opendata/api/developers.html", context)
