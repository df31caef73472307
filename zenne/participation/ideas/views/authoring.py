"""What authors do with what they sent: correct it, take it back, say yes or no to a merge."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.web.htmx import render
from zenne.web.sending import sent_from

from .. import actions
from ..forms import EditForm, WithdrawForm
from ..models import Idea, Merge
from ..rules import may_edit, may_withdraw
from .page import around, at_its_address


def _signed_in(request: HttpRequest) -> Person:
    """Who asks; a visitor is sent to sign in and comes back."""
    if not isinstance(request.user, Person):
        require(Refused(Reason.NOT_SIGNED_IN))
    return request.user  # type: ignore[return-value]


@require_http_methods(["GET", "POST"])
@at_its_address
def edit(request: HttpRequest, idea: Idea) -> HttpResponse:
    person = _signed_in(request)
    require(may_edit(person, idea, request.now))
    given = {
        "title": idea.title,
        "text": idea.text,
        "language": idea.language,
        "theme": idea.theme.slug if idea.theme else None,
    }
    form = EditForm(request.POST if request.method == "POST" else None, process=idea.process, initial=given)
    if form.is_valid():
        data = form.cleaned_data
        actions.edit_idea(
            idea,
            title=data["title"],
            text=data["text"],
            language=data["language"],
            theme=data.get("theme"),
            by=person,
            now=request.now,
        )
        messages.success(request, _("Your correction is online. The earlier words stay readable."))
        return HttpResponseRedirect(idea.get_absolute_url())
    return render(
        request,
        "participation/ideas/edit.html",
        around(request, idea) | {"form": form},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@at_its_address
def withdraw(request: HttpRequest, idea: Idea) -> HttpResponse:
    person = _signed_in(request)
    require(may_withdraw(person, idea))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.withdraw_idea(idea, reason=form.cleaned_data["reason"], by=person, now=request.now)
        messages.success(request, _("Your idea is withdrawn."))
        return HttpResponseRedirect(idea.get_absolute_url())
    return render(
        request,
        "participation/ideas/withdraw.html",
        around(request, idea) | {"form": form},
        status=422 if form.is_bound else 200,
    )


@sent_from("ideas:page", "process", "pk")
@at_its_address
def consent(request: HttpRequest, idea: Idea, merge: int) -> HttpResponse:
    person = _signed_in(request)
    asked = get_object_or_404(Merge, pk=merge)
    agreed = request.POST.get("agreed") == "yes"
    actions.consent_merge(asked, agreed=agreed, by=person, now=request.now)
    messages.success(
        request, _("Thank you. Your answer is kept.") if agreed else _("Thank you. The two ideas stay apart.")
    )
    return HttpResponseRedirect(idea.get_absolute_url())
