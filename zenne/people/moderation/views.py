from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import Conflict, NotFound
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.organisations.queries import wear

from . import actions, queries
from .cases import thing_of
from .enums import Ground, Verdict
from .forms import AppealForm, ReportForm
from .kinds import contribution_of, find
from .models import Appeal, Block, Decision
from .queries.flags import how_it_was_found
from .rules import may_appeal, may_report


def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Report a contribution: one page, one form, back to where the person came from."""
    thing = find(kind, pk)
    contribution = contribution_of(thing)
    wear(request, contribution.organisation(thing))
    address = contribution.address(thing)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ground = Ground(form.cleaned_data["ground"])
        try:
            actions.report(thing, ground=ground, text=form.cleaned_data["text"], by=request.user, now=request.now)
        except Conflict as refusal:
            messages.warning(request, str(refusal.message))
        else:
            messages.success(request, _("Thank you. A moderator will look at it, and you hear what they decide."))
        return redirect(address)
    require(may_report(request.user, thing))
    context = {"form": form, "label": contribution.label, "excerpt": contribution.excerpt(thing), "back": address}
    context["language"] = contribution.language(thing)
    return render(request, "people/moderation/report.html", context, status=422 if form.is_bound else 200)


def _reader(request: HttpRequest) -> Person:
    """The signed-in person; others are led to sign in and back."""
    if not isinstance(request.user, Person):
        require(Refused(Reason.NOT_SIGNED_IN))
    return request.user  # type: ignore[return-value]


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What moderators decided about one's contributions, and what keeps one out."""
    reader = _reader(request)
    context = {"statements": queries.statements_of(reader)[:100], "blocks": queries.blocks_of(reader)[:20]}
    return render(request, "people/moderation/mine.html", context)


def statement(request: HttpRequest, key: UUID) -> HttpResponse:
    """The statement of reasons for hiding what somebody wrote: for its author alone, with the appeal below it."""
    reader = _reader(request)
    made = Decision.objects.filter(public_id=key, case__author=reader, verdict=Verdict.HIDDEN)
    made = made.select_related("case__organisation", "case__about_type", "appeal").first()
    if made is None:
        raise NotFound(_("There is no statement for you at this address."))
    wear(request, made.case.organisation)
    thing = thing_of(made.case)
    contribution = contribution_of(thing) if thing is not None else None
    gone = thing is None or (contribution is not None and contribution.gone(thing))
    context = {
        "decision": made,
        "label": contribution.label if contribution else _("contribution"),
        "excerpt": "" if gone or contribution is None else contribution.excerpt(thing),
        "language": "" if gone or contribution is None else contribution.language(thing),
        "gone": gone,
        "found": how_it_was_found(made.case),
        "restored": made.case.decisions.filter(verdict=Verdict.RESTORED).first(),
    }
    return _with_appeal(request, made, context, "people/moderation/statement.html")


def block(request: HttpRequest, key: UUID) -> HttpResponse:
    """Why somebody is kept out and until when: for them alone, with the appeal below it."""
    reader = _reader(request)
    made = Block.objects.filter(public_id=key, person=reader).select_related("organisation", "appeal").first()
    if made is None:
        raise NotFound(_("There is no statement for you at this address."))
    wear(request, made.organisation)
    context = {"made": made, "holds": made.holds(_now(request))}
    return _with_appeal(request, made, context, "people/moderation/block.html")


def _with_appeal(request: HttpRequest, against: Decision | Block, context: dict[str, Any], page: str) -> HttpResponse:
    """The page, with the form to appeal while that can be done; sending it leads back to the page."""
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.appeal(against, text=form.cleaned_data["text"], by=request.user, now=_now(request))
        messages.success(request, _("Your appeal is with somebody else than the first moderator. You get a letter."))
        return redirect(against.get_absolute_url())
    answer = may_appeal(request.user, against, _now(request))
    if form.is_bound:
        require(answer)
    organisation = against.case.organisation if isinstance(against, Decision) else against.organisation
    first = against.moderator_id if isinstance(against, Decision) else against.blocked_by_id
    handles = queries.who_handles(organisation, besides=[first, request.user.pk]) if answer else None
    filled = {
        **context,
        "organisation": organisation,
        "appeal": Appeal.objects.filter(**_key(against)).select_related("handled_by").first(),
        "until": queries.appeal_until(against),
        "may_appeal": bool(answer),
        "handles": handles,
        "form": form,
    }
    return render(request, page, filled, status=422 if form.is_bound else 200)


def _key(against: Decision | Block) -> dict[str, Decision | Block]:
    return {"decision" if isinstance(against, Decision) else "block": against}


def _now(request: HttpRequest) -> datetime:
    return request.now  # type: ignore[attr-defined,no-any-return]
