"""A member's own pages: what is still to score, one idea at a time, and what they declare. Made for a telephone; they need no script."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from zenne.core.errors import Spoken
from zenne.people.access.answers import Refused
from zenne.people.accounts.models import Person
from zenne.web.htmx import render
from zenne.web.sending import sent_from

from .. import actions, queries, showing
from ..enums import SCORED, AssessmentState, Stage
from ..errors import Unscored
from ..forms import ScoreForm, TieForm
from ..models import Assessment, Candidate, Jury, Member
from ..rules import may_score, stage
from .finding import candidate_of, jury_at, my_seat, sign_in_first


@never_cache
def work(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Everything before this member: first what is still to do."""
    jury = jury_at(request, process, pk)
    if away := sign_in_first(request):
        return away
    seat = my_seat(request, jury)
    rows = queries.work_of(seat)
    missing = sum(each.is_missing for each in rows)
    context = _around(request, jury, seat) | {
        "rows": showing.work(rows),
        "done": len(rows) - missing,
        "total": len(rows),
        "missing": missing,
        "closes_at": jury.activity.window()[1],
        "opens_at": jury.activity.window()[0],
        "next": next((each.candidate for each in rows if each.is_missing), None),
    }
    return render(request, "participation/juries/work.html", context)


@never_cache
def assess(request: HttpRequest, process: str, pk: int, candidate: int) -> HttpResponse:
    """One idea: its words, the criteria, and once submitted what was given; then what others gave, where the rule lets it be read."""
    jury = jury_at(request, process, pk)
    if away := sign_in_first(request):
        return away
    seat, found = my_seat(request, jury), candidate_of(jury, candidate)
    assessment = _own(seat, found)
    if request.method == "POST":
        return _sent(request, seat, found, assessment)
    return _shown(request, seat, found, assessment, _form(jury, assessment))


def _own(seat: Member, found: Candidate) -> Assessment | None:
    rows = Assessment.objects.filter(member=seat, candidate=found).prefetch_related("scores")
    return rows.first()


def _form(jury: Jury, assessment: Assessment | None, data: Any = None, *, whole: bool = False) -> ScoreForm:
    rows = queries.criteria(jury)
    return ScoreForm(data, criteria=rows, comments=jury.comments, assessment=assessment, whole=whole)


def _sent(request: HttpRequest, seat: Member, found: Candidate, assessment: Assessment | None) -> HttpResponse:
    """Kept as a draft, or submitted. What was typed is kept in either case, also when something is missing."""
    handing_in = "submit" in request.POST
    form = _form(found.jury, assessment, request.POST, whole=handing_in)
    right = form.is_valid()
    verb: Any = actions.submit if handing_in and right else actions.save_draft
    who = {"by": request.user, "now": request.now}  # type: ignore[attr-defined]
    try:
        verb(seat, found, points=form.points(), comment=form.comment, **who)
    except Unscored as lacking:
        form.add_error(None, str(lacking.message))
    except Spoken as refusal:
        if assessment is not None and assessment.state in SCORED:  # sent twice
            return redirect("juries:assess", found.jury.process.slug, found.jury.pk, found.pk)
        form.add_error(None, str(refusal.message or refusal.headline))
    if form.errors:
        return _shown(request, seat, found, _own(seat, found), form, status=422)
    if not handing_in:
        messages.success(request, _("Your draft is kept. Nobody else can read it."))
        return redirect("juries:assess", found.jury.process.slug, found.jury.pk, found.pk)
    return _onwards(request, seat, found)


def _onwards(request: HttpRequest, seat: Member, found: Candidate) -> HttpResponseRedirect:
    left = sum(each.is_missing for each in queries.work_of(seat))
    if left:
        words = ngettext("Submitted. %(left)s still to do.", "Submitted. %(left)s still to do.", left)
        messages.success(request, words % {"left": left})
    else:
        messages.success(request, _("Submitted. You have scored everything: thank you."))
    return redirect("juries:work", found.jury.process.slug, found.jury.pk)


def _shown(
    request: HttpRequest,
    seat: Member,
    found: Candidate,
    assessment: Assessment | None,
    form: ScoreForm,
    status: int = 200,
) -> HttpResponse:
    jury = found.jury
    rows = form.criteria
    state = AssessmentState(assessment.state) if assessment else None
    answer = may_score(seat, found, request.now)  # type: ignore[attr-defined]
    context = _around(request, jury, seat) | {
        "candidate": found,
        "form": form,
        "fields": [(form[form.name(each)], each) for each in rows],
        "autosave": reverse("juries:autosave", args=[jury.process.slug, jury.pk, found.pk]),
        "recused": state == AssessmentState.RECUSED,
        "mine": showing.assessment(_whole(assessment), rows) if assessment and state in SCORED else None,
        "refusal": answer.message if isinstance(answer, Refused) else "",
        "others": [showing.assessment(each, rows) for each in queries.readable(request.user, found)],
        "tie": assessment.tie if assessment else "",
    }
    return render(request, "participation/juries/assess.html", context, status=status)


def _whole(assessment: Assessment) -> Assessment:
    return queries.assessments([assessment.candidate]).get(pk=assessment.pk)


@sent_from("juries:assess", "process", "pk", "candidate")
def autosave(request: HttpRequest, process: str, pk: int, candidate: int) -> HttpResponse:
    """Keep what is being filled in. Nothing is judged; what can no longer be scored keeps nothing."""
    jury = jury_at(request, process, pk)
    if not isinstance(request.user, Person):
        return JsonResponse({"saved": False}, status=403)
    seat, found = my_seat(request, jury), candidate_of(jury, candidate)
    form = _form(jury, None, request.POST)
    form.is_valid()
    try:
        actions.save_draft(
            seat,
            found,
            points=form.points(),
            comment=form.comment,
            by=request.user,
            now=request.now,  # type: ignore[attr-defined]
        )
    except Spoken as refusal:
        return JsonResponse({"saved": False}, status=refusal.status)
    return JsonResponse({"saved": True})


@never_cache
def conflict(request: HttpRequest, process: str, pk: int, candidate: int) -> HttpResponse:
    """Declare a conflict of interest. It is asked once more, because the scores go."""
    jury = jury_at(request, process, pk)
    if away := sign_in_first(request):
        return away
    seat, found = my_seat(request, jury), candidate_of(jury, candidate)
    form = TieForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.recuse(seat, found, tie=form.cleaned_data["tie"], by=request.user, now=request.now)  # type: ignore[arg-type, attr-defined]
        messages.success(request, _("Your conflict of interest is declared: you have no say here."))
        return redirect("juries:work", jury.process.slug, jury.pk)
    context = _around(request, jury, seat) | {
        "candidate": found,
        "form": form,
        "own": _own(seat, found),
        "assess_url": reverse("juries:assess", args=[jury.process.slug, jury.pk, found.pk]),
    }
    return render(request, "participation/juries/conflict.html", context, status=422 if form.errors else 200)


@never_cache
def leave(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Leave the jury, after being asked once more."""
    jury = jury_at(request, process, pk)
    if away := sign_in_first(request):
        return away
    seat = my_seat(request, jury)
    if request.method == "POST":
        actions.leave(seat, by=request.user, now=request.now)  # type: ignore[arg-type, attr-defined]
        messages.success(request, _("You left the jury. What you submitted stays and counts."))
        return redirect("juries:page", jury.process.slug, jury.pk)
    return render(request, "participation/juries/leave.html", _around(request, jury, seat))


def _around(request: HttpRequest, jury: Jury, seat: Member) -> dict[str, Any]:
    now = request.now  # type: ignore[attr-defined]
    at = stage(jury, now)
    return showing.around(jury, at) | {
        "seat": seat,
        "scoring": at == Stage.SCORING,
        "deliberating": at == Stage.DELIBERATING,
    }
