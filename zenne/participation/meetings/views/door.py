"""The door: who comes. The page ticks without script; with it, the list stays in the browser, and what is ticked without a network is sent later."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from zenne.core.errors import Invalid, Spoken
from zenne.core.numbers import whole_number
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record_read
from zenne.web.htmx import render
from zenne.web.sending import sent_from

from .. import actions, queries, showing
from ..actions import Tick
from ..models import Meeting, Registration
from ..rules import may_arrange
from .finding import meeting_at

MOST_TICKS = 5000
LONGEST = 2 * 1024 * 1024
CODE = 8
CAMERA = ", ".join(f"{name}={who}" for name, who in {**settings.PERMISSIONS, "camera": "(self)"}.items())


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with its boxes. Without script it is one form, which sends what changed, so that two doors do not undo each other."""
    if not isinstance(request.user, Person):
        return redirect_to_login(request.path, reverse("account_login"))
    meeting = meeting_at(request, pk)
    require(may_arrange(request.user, meeting.activity))
    now = request.now  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            messages.success(request, _posted(request, meeting, now))
        except Spoken as refusal:
            messages.error(request, str(refusal.message or refusal.headline))
        return HttpResponseRedirect(request.path)
    expected = list(queries.at_the_door(meeting))
    record_read(
        [each.person for each in expected if each.person],
        by=request.user,
        what="meeting.door",
        now=now,
        organisation=meeting.process.organisation,
    )
    context = {
        "meeting": meeting,
        "process": meeting.process,
        "line": showing.line(meeting, now),
        "title": str(meeting),
        "expected": expected,
        "present": sum(each.present for each in expected),
        "words": json.dumps(_words()),
        "send_url": reverse("meetings:door_send", args=[meeting.pk]),
        "worker_url": reverse("meetings:door_worker", args=[meeting.pk]),
    }
    response = render(request, "participation/meetings/door.html", context)
    response["Cache-Control"] = "private, no-store"
    response["Permissions-Policy"] = CAMERA
    return response


def _words() -> dict[str, str]:
    """What the page says by itself."""
    return {
        "waiting": _("{number} not sent yet: they are kept in this browser"),
        "sent": _("All is sent"),
        "refused": _(
            "{number} not sent: the platform refuses them. Is the meeting still on, and are you still signed in?"
        ),
        "present": _("{name} is present"),
        "unknown": _("Nobody on this list has this code"),
        "camera": _("The camera cannot be used here"),
        "unsent": _("Something is not sent yet: find a network first"),
    }


def _posted(request: HttpRequest, meeting: Meeting, now: datetime) -> str:
    """What a page without script sends: a code, the boxes, how many more came. The words to answer with."""
    who: dict[str, Any] = {"by": request.user, "now": now}
    if code := code_from(request.POST.get("code", "")):
        found = actions.tick(meeting, ticks=[Tick(code, True, now)], **who)
        if not found:
            raise Invalid(_("Nobody has this code for this meeting."))
        return _("%(name)s is present.") % {"name": found[0].name}
    if "walk_ins" in request.POST:
        number = whole_number(request.POST["walk_ins"].strip(), 6)
        if number is None:
            raise Invalid(_("Give a number of people."))
        actions.count_walk_ins(meeting, number=number, **who)
        return _("This is kept.")
    was, ticked = set(request.POST.getlist("was")), set(request.POST.getlist("present"))
    ticks = [Tick(code, code in ticked, now) for code in sorted(was ^ ticked)[:MOST_TICKS] if code_from(code)]
    actions.tick(meeting, ticks=ticks, **who)
    return ngettext("%(number)s change kept.", "%(number)s changes kept.", len(ticks)) % {"number": len(ticks)}


@sent_from("meetings:door", "pk")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """What the browser kept: `ticks`, a JSON list of {code, present, at}. Answers who is present now, by code. Sending twice changes nothing."""
    meeting = meeting_at(request, pk)
    require(may_arrange(request.user, meeting.activity))
    now = request.now  # type: ignore[attr-defined]
    assert isinstance(request.user, Person)
    ticks = ticks_from(request.POST.get("ticks", ""))
    if ticks:
        actions.tick(meeting, ticks=ticks, by=request.user, now=now)
    rows = queries.at_the_door(meeting).values_list("code", "present")
    return JsonResponse({"known": [code for code, _p in rows], "present": [code for code, there in rows if there]})


@require_safe
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """The few lines with which a browser shows the list of one meeting again without a network; they reach no other page."""
    script = Path(str(finders.find("meetings/door-worker.js"))).read_text(encoding="utf-8")
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code of a place leads: staff tick whoever shows it; to everybody else it says what the code is for."""
    found = (
        Registration.objects.select_related("person", "meeting__activity__phase__process__organisation")
        .filter(code=code_from(code))
        .first()
    )
    staff = False
    meeting = None
    if found is not None and may_arrange(request.user, found.meeting.activity):
        meeting, staff = meeting_at(request, found.meeting_id), True
    if staff and request.method == "POST" and found is not None and meeting is not None:
        now = request.now  # type: ignore[attr-defined]
        actions.tick(meeting, ticks=[Tick(found.code, True, now)], by=request.user, now=now)  # type: ignore[arg-type]
        messages.success(request, _("%(name)s is present.") % {"name": found.name})
        return HttpResponseRedirect(request.path)
    context = {"registration": found, "meeting": meeting, "title": str(meeting)} if staff else {"registration": None}
    response = render(request, "participation/meetings/check.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def code_from(text: str) -> str:
    """The code in what was typed or scanned: the code itself, or the address that a QR code holds. Empty when it is none."""
    last = text.strip().rstrip("/").rpartition("/")[2].replace("-", "").replace(" ", "").upper()
    return last if len(last) == CODE and last.isascii() and last.isalnum() else ""


def ticks_from(text: str) -> list[Tick]:
    """Raises Invalid for what no page of ours sends."""
    try:
        rows: Any = json.loads(text) if len(text) <= LONGEST else None
        if not isinstance(rows, list) or len(rows) > MOST_TICKS:
            raise ValueError("no list")
        found = []
        for row in rows:
            at = parse_datetime(row["at"])
            if at is None or at.tzinfo is None or not isinstance(row["present"], bool) or not code_from(row["code"]):
                raise ValueError("no tick")
            found.append(Tick(code_from(row["code"]), row["present"], at))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise Invalid(_("This list of ticks cannot be read.")) from error
    return found
