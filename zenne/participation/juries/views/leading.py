"""The pages of whoever leads a jury, the chair or a process manager: how far everybody is, the sitting, and one idea at a time.

Members read along once the deliberation has begun. What a recused member may not do is refused by the verbs.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zenne.core.errors import Remedy, Spoken
from zenne.core.numbers import key_of
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.organisations.rules import works_for
from zenne.web.htmx import render

from .. import actions, queries, showing
from ..actions.publishing import what_is_missing
from ..enums import Stage
from ..errors import NotSitting
from ..forms import PublicReasonForm, ReasonForm, SessionForm, StatementForm
from ..models import Assessment, Candidate, Jury
from ..rules import has_deliberated, is_published, is_recused, manages, may_lead, may_move, seat_of, selection_of, stage
from .finding import candidate_of, jury_at, sign_in_first

BEFORE = (Stage.SCORING, Stage.WAITING)


def _for_readers(request: HttpRequest, process: str, pk: int) -> Jury:
    """The jury, for whoever leads it; for its members too once it deliberates."""
    jury = jury_at(request, process, pk)
    if may_lead(request.user, jury):
        return jury
    if seat_of(request.user, jury) is None:
        require(Refused(Reason.NOT_A_MEMBER))
    if not has_deliberated(jury):
        raise NotSitting(remedies=(Remedy(_("My work in the jury"), reverse("juries:work", args=[process, pk])),))
    return jury


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "now": request.now}  # type: ignore[attr-defined]


def _around(request: HttpRequest, jury: Jury) -> dict[str, Any]:
    at = stage(jury, request.now)  # type: ignore[attr-defined]
    return showing.around(jury, at) | {
        "seat": seat_of(request.user, jury),
        "leads": bool(may_lead(request.user, jury)),
        "manages": manages(request.user, jury),
        "deliberating": at == Stage.DELIBERATING,
        "staff": works_for(request.user, jury.process.organisation),
    }


def _said(form: Form, refusal: Spoken) -> None:
    """Beside the field it is about, where the form has it."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal.message or refusal.headline))


@never_cache
def deliberation(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Before: how far everybody is, and the button that lets the jury sit. Then: what is kept, what is not, and how far the jury agrees."""
    if away := sign_in_first(request):
        return away
    jury = _for_readers(request, process, pk)
    missing = queries.missing_scores(jury)
    form = SessionForm(request.POST if "open" in request.POST else None, jury=jury, missing=_asked(jury, missing))
    if request.method == "POST":
        try:
            if done := _done(request, jury, form):
                return done
        except Spoken as refusal:
            if "open" not in request.POST:
                messages.error(request, str(refusal.message or refusal.headline))
                return redirect("juries:deliberation", process, pk)
            _said(form, refusal)
    context = _around(request, jury) | {
        "form": form,
        "missing": missing,
        "progress": queries.progress(jury) if not has_deliberated(jury) else [],
        "candidates": queries.standing(jury) if not has_deliberated(jury) else [],
        "recusals": queries.recusals(jury),
        "session": queries.session_open(jury),
        "sessions": queries.sessions(jury),
        "over": is_published(jury),
        "result_url": _result(jury),
        "lacking": what_is_missing(jury, queries.standing(jury)) if has_deliberated(jury) else [],
        **(showing.board(jury) if has_deliberated(jury) else {}),
    }
    return render(request, "participation/juries/deliberation.html", context, status=422 if form.errors else 200)


def _result(jury: Jury) -> str:
    if made := selection_of(jury):
        return made.get_absolute_url()
    return reverse("juries:page", args=[jury.process.slug, jury.pk])


def _asked(jury: Jury, missing: int) -> int:
    """A reason is asked the first time only, and only while scores are missing."""
    return 0 if has_deliberated(jury) else missing


def _done(request: HttpRequest, jury: Jury, form: SessionForm) -> HttpResponseRedirect | None:
    """What the button says. None shows the page again, with what is wrong in the form."""
    back = redirect("juries:deliberation", jury.process.slug, jury.pk)
    if "publish" in request.POST:
        return redirect(_published(request, jury))
    if "close" in request.POST:
        if session := queries.session_open(jury):
            actions.close_session(session, **_who(request))
            messages.success(request, _("The session is closed."))
        return back
    if "open" in request.POST:
        if not form.is_valid():
            return None
        given = form.cleaned_data
        actions.open_session(jury, present=given["present"], reason=given.get("reason", ""), **_who(request))
        messages.success(request, _("The jury sits."))
    return back


def _published(request: HttpRequest, jury: Jury) -> str:
    """Where the result can be read."""
    if jury.kind:
        actions.publish_verdicts(jury, **_who(request))
        address = reverse("juries:page", args=[jury.process.slug, jury.pk])
    else:
        address = actions.publish(jury, **_who(request)).get_absolute_url()
    messages.success(request, _("The result is public."))
    return address


@never_cache
def statement(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """What the jury says in public, in every promised language."""
    if away := sign_in_first(request):
        return away
    jury = jury_at(request, process, pk)
    require(may_lead(request.user, jury))
    form = StatementForm(request.POST if request.method == "POST" else None, jury=jury)
    if form.is_bound and form.is_valid():
        try:
            actions.word_statement(jury, statement=form.words("statement"), **_who(request))
        except Spoken as refusal:
            _said(form, refusal)
        else:
            messages.success(request, _("The statement is kept."))
            return redirect("juries:deliberation", process, pk)
    context = _around(request, jury) | {"form": form}
    return render(request, "participation/juries/statement.html", context, status=422 if form.errors else 200)


@never_cache
def candidate(request: HttpRequest, process: str, pk: int, candidate: int) -> HttpResponse:
    """One idea before the jury: where each member is, what they gave once it may be read, and what can be done with it."""
    if away := sign_in_first(request):
        return away
    jury = _for_readers(request, process, pk)
    found = candidate_of(jury, candidate)
    forms = _forms(request, found)
    if request.method == "POST" and (answer := _decided(request, found, forms)):
        return answer
    leads = bool(may_lead(request.user, jury))
    at = stage(jury, request.now)  # type: ignore[attr-defined]
    context = _around(request, jury) | {
        "candidate": found,
        "seats": showing.seats(found, request.user),
        "forms": forms,
        "may_open": leads and at == Stage.SCORING,
        "may_move": bool(may_move(request.user, found)) and at == Stage.DELIBERATING,
        "session": queries.session_open(jury),
        "recused": is_recused(request.user, found),
        "moves": [each for each in queries.moves(jury) if each.candidate_id == found.pk],
        "unlockings": [each for each in queries.unlockings(jury) if each.assessment.candidate_id == found.pk],
        "reasons": showing.in_languages(found, "reason"),
        "open_row": request.POST.get("assessment", ""),
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "participation/juries/candidate.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, found: Candidate) -> dict[str, Any]:
    """Each form with what was sent to it, and to no other."""
    verb = request.POST.get("verb", "")
    data = {name: request.POST if verb == name else None for name in ("move", "reason", "open")}
    return {
        "move": ReasonForm(data["move"], prefix="move"),
        "reason": PublicReasonForm(data["reason"], candidate=found, prefix="public"),
        "open": ReasonForm(data["open"], prefix="open"),
    }


def _decided(request: HttpRequest, found: Candidate, forms: dict[str, Any]) -> HttpResponse | None:
    """Do what was asked and go on; None shows the page again, with what is wrong."""
    verb = request.POST.get("verb", "")
    form = forms.get(verb)
    if form is None or not form.is_valid():
        return None
    verbs: dict[str, Callable[[], str]] = {
        "move": lambda: _moved(request, found, form.cleaned_data["reason"]),
        "reason": lambda: _worded(request, found, form.words("reason")),
        "open": lambda: _opened(request, found, form.cleaned_data["reason"]),
    }
    try:
        messages.success(request, verbs[verb]())
    except Spoken as refusal:
        form.add_error(None, str(refusal.message or refusal.headline))
        return None
    jury = found.jury
    if verb == "open":
        return redirect("juries:candidate", jury.process.slug, jury.pk, found.pk)
    return redirect(f"{reverse('juries:deliberation', args=[jury.process.slug, jury.pk])}#candidate-{found.pk}")


def _moved(request: HttpRequest, found: Candidate, reason: str) -> str:
    kept = request.POST.get("kept") == "1"
    actions.move(found, kept=kept, reason=reason, **_who(request))
    return _("It is among what is kept.") if kept else _("It is among what is not kept.")


def _worded(request: HttpRequest, found: Candidate, words: dict[str, str]) -> str:
    actions.word_reason(found, reason=words, **_who(request))
    return _("The public reason is kept.")


def _opened(request: HttpRequest, found: Candidate, reason: str) -> str:
    rows = Assessment.objects.filter(candidate=found, pk=key_of(request.POST.get("assessment")))
    row = rows.select_related("member").first()
    if row is None:
        require(Refused(Reason.WRONG_STATE))
    assert row is not None
    if row.state == "recused":
        actions.lift_recusal(row, reason=reason, **_who(request))
        return _("The declaration is lifted: the member can score it.")
    actions.unlock(row, reason=reason, **_who(request))
    return _("The assessment is open again; its member hears of it.")
