"""Voting: fill in, look at it once more, cast; and the receipt.

What is on a ballot is kept nowhere on the way: it travels in the form from page to page, never in an address, a session or a draft.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core import clock
from zenne.participation.processes.models import Process
from zenne.participation.processes.queries import follows
from zenne.people.access.answers import NotAllowed, Reason, Refused
from zenne.people.access.resume import detour
from zenne.people.accounts.models import Person
from zenne.web.htmx import render
from zenne.web.sending import sent_from
from zenne.web.tags import labels

from .. import actions, filling, queries, showing
from ..enums import Channel, Districts
from ..errors import HasPaperBallot, Unfit
from ..models import District, Vote
from ..queries import Mine
from ..rules import may_vote, own_district
from .filling_in import Paper, fields, fill_in, filled_in
from .finding import around, vote_at

View = Callable[..., HttpResponse]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """GET: the ballot, with what one voted before. POST: what was filled in, read once more before it is cast; or again, to change it."""
    vote = vote_at(request, process, pk)
    own = queries.mine(vote, request.user) if isinstance(request.user, Person) else queries.Mine(None, None, "")
    refusal = _refusal(request, vote, own)
    if refusal is not None:
        return refusal
    assert isinstance(request.user, Person)
    before = own.ballot
    given = (
        filled_in(request, vote) if request.method == "POST" else showing.given_by(before.content if before else None)
    )
    where = request.POST.get("district") or request.GET.get("district") or ""
    paper = _paper(request.user, vote, where, given, before.district if before and not where else None)
    if vote.districts_mode == Districts.ONE and paper.district is None:
        context = around(request, vote) | {"districts": paper.districts}
        return render(request, "participation/voting/districts.html", context)
    if request.method != "POST" or "again" in request.POST:
        return fill_in(request, paper, own)
    if "blank" in request.POST:
        return _review(request, paper, filling.blank(vote), changing=before is not None)
    if paper.faults:
        return fill_in(request, paper, own, faults=[fault.words for fault in paper.faults], status=422)
    return _review(request, paper, paper.content, changing=before is not None)


@never_cache
@sent_from("voting:ballot", "process", "pk")
def cast(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """Into the box. Answered by a redirect to a page that finds the ballot by its voter, so that no address carries the code."""
    vote = vote_at(request, process, pk)
    if not isinstance(request.user, Person):
        return HttpResponseRedirect(reverse("voting:ballot", args=[process, pk]))
    paper = _paper(request.user, vote, request.POST.get("district", ""), filled_in(request, vote))
    content = filling.blank(vote) if "blank" in request.POST else paper.content
    try:
        if content["choices"] is not None and (slips := filling.slips(vote, paper.options, paper.given)):
            raise Unfit([fault.words for fault in slips])
        done = actions.cast(
            vote,
            content=content,
            district=paper.district,
            by=request.user,
            now=request.now,
            clock=clock.now,  # type: ignore[attr-defined]
        )
    except Unfit as error:
        return fill_in(request, paper, queries.mine(vote, request.user), faults=error.faults, status=422)
    except NotAllowed as error:
        return _refused(request, vote, error.refused)
    address = reverse("voting:done", args=[process, pk])
    return HttpResponseRedirect(f"{address}?changed=1" if done.replaced else address)


@never_cache
@require_safe
def done(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    """The receipt of one's own ballot, while the vote is open: what is in the box, its code, and what one can do with it."""
    vote = vote_at(request, process, pk)
    mine = queries.ballot_of(vote, request.user) if isinstance(request.user, Person) else None
    if mine is None:
        return HttpResponseRedirect(vote.get_absolute_url())
    options = queries.sheet(vote).options
    context = around(request, vote) | {
        "ballot": mine,
        "lines": showing.lines(mine.content, vote, options),
        "code": showing.grouped_code(mine.leaf),
        "address": reverse("voting:receipt", args=[process, pk, mine.leaf]),
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
        "changed": "changed" in request.GET,
        "can_change": bool(may_vote(request.user, vote, request.now)),  # type: ignore[attr-defined]
        "follow": _follow_button(request, vote.process),
    }
    return render(request, "participation/voting/done.html", context)


def _follow_button(request: HttpRequest, process: Process) -> SafeString:
    """A ballot says nobody's name: whoever wants to hear what comes of the vote asks for it beside the box, by following the process."""
    address = reverse("processes:follow", args=[process.slug])
    return labels.follow_button(request, address, follows(request.user, process), process.title_i18n)


def _refusal(request: HttpRequest, vote: Vote, own: Mine) -> HttpResponse | None:
    """Why this person gets no ballot now, as a page or as the way to the remedy; None when they get one."""
    answer = may_vote(request.user, vote, request.now)  # type: ignore[attr-defined]
    if isinstance(answer, Refused):
        return _refused(request, vote, answer)
    sheet = queries.sheet(vote)
    if not sheet.ready:
        return render(
            request, "participation/voting/refused.html", around(request, vote) | {"ready": False}, status=409
        )
    if own.voter is not None and own.voter.channel == Channel.PAPER:
        context = around(request, vote) | {"ready": True, "said": str(HasPaperBallot().message)}
        return render(request, "participation/voting/refused.html", context, status=409)
    return None


def _refused(request: HttpRequest, vote: Vote, refused: Refused) -> HttpResponse:
    """Who can do something about it is led there and comes back to an empty ballot: what was filled in is nobody's to keep."""
    if refused.reason in (Reason.NOT_SIGNED_IN, Reason.EMAIL_UNCONFIRMED, Reason.NOT_VERIFIED, Reason.MISSING_ANSWERS):
        if request.method == "POST":
            return HttpResponseRedirect(reverse("voting:ballot", args=[vote.process.slug, vote.pk]))
        return detour(request, refused)
    context = around(request, vote) | {"ready": True, "said": showing.said(refused), "refused": refused}
    return render(request, "participation/voting/refused.html", context, status=403)


def _paper(person: Person, vote: Vote, where: str, given: dict[str, str], before: District | None = None) -> Paper:
    sheet = queries.sheet(vote)
    districts = sheet.districts
    match Districts(vote.districts_mode):
        case Districts.OWN:
            district = own_district(person, vote)
        case Districts.ONE:
            district = next((each for each in districts if str(each.number) == where), before)
        case _:
            district = None
    return Paper(vote, districts, district, filling.offered(vote, sheet.options, district), given)


def _review(request: HttpRequest, paper: Paper, content: dict[str, Any], *, changing: bool) -> HttpResponse:
    vote = paper.vote
    keys, blank = filling.chosen(content), content["choices"] is None
    kept = fields(vote, paper.given if blank else showing.given_by(content))
    context = around(request, vote) | {
        "lines": showing.lines(content, vote, paper.options),
        "blank": blank,
        "fields": [("blank", "1")] if blank else kept,
        "kept": kept,
        "district": paper.district,
        "purses": showing.purses(vote, paper.options, paper.districts, paper.district, keys),
        "changing": changing,
        "standing": showing.standing(vote, request.now),  # type: ignore[attr-defined]
        "title": _("Look at your ballot once more"),
    }
    return render(request, "participation/voting/review.html", context)
