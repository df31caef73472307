"""An invitation, from the link in a letter: who asks whom to do what, the charter, yes or no."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zenne.core.errors import NotFound
from zenne.participation.processes.enums import ProcessState
from zenne.people.access.answers import Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render

from .. import actions, queries, showing, wording
from ..enums import MemberState
from ..models import Member
from ..rules import may_answer
from .finding import sign_in_first


@never_cache
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nothing happens before a button is pressed, and none is offered before the address is proved by signing in."""
    found = Member.objects.select_related("invited_by").filter(key=key).first()
    if found is None:
        raise NotFound(_("There is no invitation at this address."))
    found.jury = queries.juries().get(pk=found.jury_id)
    wear(request, found.jury.process.organisation)
    if request.method == "POST":
        return sign_in_first(request) or _answer(request, found)
    if found.state == MemberState.ACCEPTED and found.person == request.user:
        return redirect(_work(found))
    answer = may_answer(request.user, found)
    context = {
        "member": found,
        "title": showing.said(found.jury.activity, "title"),
        "process": found.jury.process,
        "draft": found.jury.process.state == ProcessState.DRAFT,
        "charter": wording.charter(found.jury),
        "capacity": showing.said(found, "capacity"),
        "candidates": len(queries.standing(found.jury)),
        "opens_at": found.jury.activity.window()[0],
        "closes_at": found.jury.activity.window()[1],
        "gone": found.state != MemberState.INVITED,
        "other": isinstance(answer, Refused) and answer.reason == Reason.NOT_YOURS,
        "unconfirmed": isinstance(answer, Refused) and answer.reason == Reason.EMAIL_UNCONFIRMED,
        "hint": _hint(found.email),
    }
    response = render(request, "participation/juries/invitation.html", context, status=410 if context["gone"] else 200)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, found: Member) -> HttpResponseRedirect:
    assert isinstance(request.user, Person)
    who = {"by": request.user, "now": request.now}  # type: ignore[attr-defined]
    if "decline" in request.POST:
        actions.decline_invitation(found, **who)
        messages.success(request, _("You declined. Thank you for telling us."))
        return redirect("juries:page", found.jury.process.slug, found.jury_id)
    actions.accept_invitation(found, **who)
    messages.success(request, _("Welcome to the jury."))
    return redirect(_work(found))


def _work(found: Member) -> str:
    return reverse("juries:work", args=[found.jury.process.slug, found.jury_id])


def _hint(email: str) -> str:
    """As much of an address as its owner needs to know which one is meant: `n•••@example.org`."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""
