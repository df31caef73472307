"""Taking up an action where it was refused: what was sent is kept, the person goes through the remedy, and the action is done.

A refusal that a person can cure by themselves (sign in, confirm the address, answer, prove who they are) becomes a detour. The form
that was sent waits in the session, which lives on the server, under a random token that is in the address of the way back. That
address works once and for one hour; nobody who does not hold it can set the action off.
"""

import copy
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from .answers import NotAllowed, Reason, Refused

KEPT = "kept-action"
LIFE = timedelta(hours=1)
LARGEST = 64 * 1024
NEVER_KEPT = {"csrfmiddlewaretoken"}
CURABLE = {Reason.NOT_SIGNED_IN, Reason.EMAIL_UNCONFIRMED, Reason.MISSING_ANSWERS, Reason.NOT_VERIFIED}


def detour(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Lead a person through the remedy of a refusal and then back into the action. Raises NotAllowed where there is no such remedy."""
    if refused.reason not in CURABLE or getattr(request, "resumed_from", None) == refused.reason:
        raise NotAllowed(refused)
    address = f"{_remedy(refused)}?{urlencode([*_questions(refused), ('next', keep(request, refused))])}"
    messages.info(request, str(refused.message))
    return HttpResponseClientRedirect(address) if request.headers.get("HX-Request") else HttpResponseRedirect(address)


def keep(request: HttpRequest, refused: Refused) -> str:
    """Where the person continues: the page they asked for, or a way back that sends the kept form again."""
    if request.method != "POST":
        return page_before(request) if request.headers.get("HX-Request") else request.get_full_path()
    fields = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LARGEST:
        messages.warning(request, _("This was too long to be kept: copy it before you go on."))
        return page_before(request)
    token = secrets.token_urlsafe(16)
    request.session[KEPT] = {
        "token": token,
        "path": request.path,
        "query": request.META.get("QUERY_STRING", ""),
        "fields": fields,
        "files": bool(request.FILES),
        "page": page_before(request),
        "reason": refused.reason.value,
        "at": request.now.isoformat(),  # type: ignore[attr-defined]
    }
    return reverse("access:resume", args=[token])


def replay(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    """Send the kept form again, inside this process and as the present person. What is gone or too old leads back to its page."""
    kept = request.session.get(KEPT)
    if not kept or not secrets.compare_digest(kept["token"], token):
        messages.info(request, _("There is nothing left to continue: it was done already, or too long ago."))
        return HttpResponseRedirect("/")
    del request.session[KEPT]
    if now - datetime.fromisoformat(kept["at"]) > LIFE:
        messages.info(request, _("That was more than an hour ago. Please do it once more."))
        return HttpResponseRedirect(kept["page"])
    try:
        view = resolve(kept["path"])
    except Resolver404:
        return HttpResponseRedirect("/")
    if kept["files"]:
        messages.warning(request, _("The files you had added could not be kept. Please add them again."))
    again = _as_sent(request, kept)
    again.resolver_match = view
    try:
        return view.func(again, *view.args, **view.kwargs)
    except NotAllowed as error:
        again.resumed_from = kept["reason"]
        return detour(again, error.refused)


def _as_sent(request: HttpRequest, kept: dict[str, Any]) -> Any:
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        fields.setlist(name, values)
    again: Any = copy.copy(request)
    again.method = "POST"
    again.path = again.path_info = kept["path"]
    again.META = {**request.META, "REQUEST_METHOD": "POST", "PATH_INFO": kept["path"], "QUERY_STRING": kept["query"]}
    again.META["HTTP_REFERER"] = request.build_absolute_uri(kept["page"])
    again.__dict__.pop("headers", None)
    again.GET = QueryDict(kept["query"])
    again.POST = fields
    again._files = MultiValueDict()
    again._dont_enforce_csrf_checks = (
        True  # the form was checked when it was first sent; only its sender holds the token
    )
    return again


def _remedy(refused: Refused) -> str:
    return {
        Reason.NOT_SIGNED_IN: reverse("account_login"),
        Reason.EMAIL_UNCONFIRMED: reverse("accounts:confirm-email"),
        Reason.MISSING_ANSWERS: reverse("access:answers"),
        Reason.NOT_VERIFIED: reverse("access:verify"),
    }[refused.reason]


def _questions(refused: Refused) -> list[tuple[str, str]]:
    return [("ask", str(question)) for question in dict(refused.details).get("questions", ())]


def page_before(request: HttpRequest) -> str:
    """The page the person was on, when it is ours."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/"
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
