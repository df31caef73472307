from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zenne.core.numbers import key_of

from . import actions, queries


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """The organisations whose letters to many people one stopped, each with a way back."""
    refused = queries.refused_by(request.user)  # type: ignore[arg-type]
    if request.method == "POST":
        refusal = get_object_or_404(refused, pk=key_of(request.POST.get("refusal")))
        actions.hear_again(request.user, refusal.organisation)  # type: ignore[arg-type]
        messages.success(
            request, _("You will hear of %(organisation)s again.") % {"organisation": refusal.organisation}
        )
        return redirect("campaigns:choices")
    return render(request, "messaging/campaigns/choices.html", {"refused": list(refused)})
