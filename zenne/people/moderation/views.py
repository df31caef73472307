from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zenne.people.access.answers import require

from . import actions
from .enums import Ground
from .forms import ReportForm
from .kinds import contribution_of, find
from .rules import may_report


def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Report a contribution: one page, one form, back to where the person came from."""
    thing = find(kind, pk)
    contribution = contribution_of(thing)
    address = contribution.address(thing)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        ground = Ground(form.cleaned_data["ground"])
        actions.report(thing, ground=ground, text=form.cleaned_data["text"], by=request.user, now=request.now)
        messages.success(request, _("Thank you. A moderator will look at it."))
        return redirect(address)
    require(may_report(request.user, thing))
    context = {"form": form, "label": contribution.label, "excerpt": contribution.excerpt(thing), "back": address}
    return render(request, "people/moderation/report.html", context, status=422 if form.is_bound else 200)
