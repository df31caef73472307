"""Answering a letter: the code, the answer, what one answered, changing and withdrawing it, and one's own odds. On any phone, without a script.

A code works once over all channels. It is never in an address for longer than one request: what it opens stays open on this device for half an hour.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core.errors import NotFound, Spoken
from zenne.core.languages import current
from zenne.people.accounts.models import Person
from zenne.web.htmx import render

from .. import actions, queries, showing
from ..enums import BEFORE_LETTERS, Says
from ..errors import Unfit, UnknownCode
from ..forms import AnswerForm
from ..models import Answer, Invitation, Lottery
from ..printing import mailing_of
from .finding import around, close_letter, letter_of, lottery_at, open_letter

TEMPLATE = "participation/sortition/answer.html"


@never_cache
@require_safe
def short(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """The address that stands on the letters: it fits on one line."""
    found = queries.lotteries().filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no draw by lot at this address."))
    address = reverse("sortition:answer", args=[found.process.slug, found.pk])
    query = request.META.get("QUERY_STRING", "")
    return _quiet(HttpResponseRedirect(f"{address}?{query}" if query else address))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, process: str, pk: int) -> HttpResponse:
    lottery = lottery_at(request, process, pk)
    said = request.POST
    if code := (said.get("code", "") or request.GET.get("code", "")).strip():
        return _quiet(_opened(request, lottery, code))
    if "leave" in said:
        close_letter(request, lottery)
        messages.success(request, _("Your letter is closed on this device."))
        return _quiet(redirect("sortition:answer", process, pk))
    letter = letter_of(request, lottery)
    if letter is None:
        fault = _("Type the code of your letter first.") if request.method == "POST" else ""
        return _quiet(_code_page(request, lottery, "", fault, 422 if fault else 200))
    if "erase" in said:
        actions.erase_letter(letter, by=None, now=request.now)  # type: ignore[attr-defined]
        close_letter(request, lottery)
        messages.success(request, _("Everything that led to you is erased, and your code opens nothing any more."))
        return _quiet(redirect("sortition:answer", process, pk))
    given = queries.answer_to(letter)
    if request.method == "POST":
        return _quiet(_sent(request, letter, given))
    return _quiet(_letter_page(request, letter, given, changing="change" in request.GET))


def _opened(request: HttpRequest, lottery: Lottery, code: str) -> HttpResponse:
    if lottery.state in BEFORE_LETTERS:
        return _code_page(request, lottery, code, _("The letters have not left yet."), 409)
    try:
        letter = queries.with_code(code)
        if letter.lottery_id != lottery.pk:
            raise UnknownCode
    except UnknownCode as error:
        return _code_page(request, lottery, code, str(error.message), 422)
    open_letter(request, letter)
    return redirect("sortition:answer", lottery.process.slug, lottery.pk)


def _sent(request: HttpRequest, letter: Invitation, earlier: Answer | None) -> HttpResponse:
    lottery, now = letter.lottery, request.now  # type: ignore[attr-defined]
    by = request.user if isinstance(request.user, Person) else None
    if "withdraw" in request.POST:
        if earlier is not None:
            actions.withdraw(earlier, by=None, now=now)
            messages.success(request, _("You are no longer in the draw. Thank you for telling us."))
        return redirect("sortition:answer", lottery.process.slug, lottery.pk)
    form = AnswerForm(request.POST, categories=queries.asked(letter))
    if not form.is_valid():
        return _letter_page(request, letter, earlier, form=form, changing=earlier is not None, status=422)
    try:
        actions.answer(letter, form.reply(current()), replace="change" in request.POST, by=by, now=now)
    except Unfit as unfit:
        form.take(unfit.faults)
        return _letter_page(request, letter, earlier, form=form, changing=earlier is not None, status=422)
    except Spoken as refusal:
        messages.error(request, str(refusal.message or refusal.headline))
    else:
        messages.success(request, _("Your answer is in."))
    return redirect("sortition:answer", lottery.process.slug, lottery.pk)


def _code_page(request: HttpRequest, lottery: Lottery, typed: str, fault: str, status: int) -> HttpResponse:
    context = _around(request, lottery) | {"step": "code", "typed": typed, "fault": fault}
    return render(request, TEMPLATE, context, status=status)


def _letter_page(
    request: HttpRequest,
    letter: Invitation,
    given: Answer | None,
    *,
    form: AnswerForm | None = None,
    changing: bool = False,
    status: int = 200,
) -> HttpResponse:
    lottery = letter.lottery
    open_now = lottery.takes_answers(request.now)  # type: ignore[attr-defined]
    step = "form" if open_now and (given is None or changing) else "given" if given else "late"
    if step == "form" and form is None:
        person = request.user if isinstance(request.user, Person) else None
        first = {"name": person.name, "email": person.email} if person else {}
        form = AnswerForm(categories=queries.asked(letter), initial=first)
    context = _around(request, lottery) | {
        "step": step,
        "letter": letter,
        "given": given,
        "form": form,
        "changing": changing and given is not None,
        **(_place(given) if step == "given" and given else {}),
    }
    return render(request, TEMPLATE, context, status=status)


def _place(given: Answer) -> dict[str, Any]:
    """Number, odds and seat of one of the pool."""
    lottery = given.lottery
    draws = [draw for draw in queries.public_draws(lottery) if not draw.annulled_at]
    own = showing.own_odds(draws[0], given) if draws else None
    offer = queries.offer_of(given)
    seat = reverse("sortition:seat", args=[lottery.process.slug, lottery.pk, offer.key]) if offer else ""
    return {"draw": draws[0] if draws else None, "own": own, "offer": offer, "seat_url": seat}


def _around(request: HttpRequest, lottery: Lottery) -> dict[str, Any]:
    return around(request, lottery) | {
        "open_now": lottery.takes_answers(request.now),  # type: ignore[attr-defined]
        "early": lottery.state in BEFORE_LETTERS,
        "closing": showing.closing(lottery.answer_until, request.now),  # type: ignore[attr-defined]
        "yes": Says.YES,
        "no": Says.NO,
        "mailing": mailing_of(lottery),
        "base_url": settings.BASE_URL,
    }


def _quiet(response: Any) -> Any:
    """Nothing of a letter goes elsewhere: not to a site that is linked, not to a search engine."""
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
