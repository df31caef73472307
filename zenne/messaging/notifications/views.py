from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature, loads
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zenne.core.errors import NotFound
from zenne.people.accounts.models import Person

from . import actions, queries
from .kinds import kinds
from .tasks import UNSUBSCRIBE

A_PAGE = 20


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What a person was told, newest first; reading the page is reading the messages."""
    page = Paginator(queries.inbox(request.user), A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    if any(message.read_at is None for message in shown):
        actions.mark_read(request.user, now=request.now)
    return render(request, "messaging/notifications/inbox.html", {"page": page, "messages_shown": shown})


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """Which kinds of message also come by mail."""
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        for code in kinds:
            (actions.unsilence if code in wanted else actions.silence)(request.user, code)
        messages.success(request, _("Your choices are kept."))
        return redirect("notifications:choices")
    silent = queries.silenced_kinds(request.user)
    rows = [(code, kind.label, code not in silent) for code, kind in kinds.items()]
    return render(request, "messaging/notifications/choices.html", {"kinds": rows})


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The way out that every mail carries: one button for people, one POST for mail programs (RFC 8058). The token is the proof."""
    try:
        pk, code = loads(token, salt=UNSUBSCRIBE)
        person = Person.objects.get(pk=pk)
        label = kinds[code].label
    except (BadSignature, Person.DoesNotExist, KeyError, ValueError) as error:
        raise NotFound(_("This link is incomplete or no longer valid.")) from error
    if request.method == "POST":
        actions.silence(person, code)
    return render(
        request, "messaging/notifications/unsubscribe.html", {"label": label, "done": request.method == "POST"}
    )
