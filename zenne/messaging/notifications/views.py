from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zenne.messaging.outbox import actions as outbox
from zenne.messaging.outbox.queries import unreachable_address
from zenne.web.sending import sent_from

from . import actions, queries
from .forms import ChoicesForm, PauseForm
from .kinds import hidden, places

A_PAGE = 20


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What a person was told, newest first; reading the page is reading the messages."""
    page = Paginator(queries.inbox(request.user), A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    known = places(message.scope for message in shown if message.scope)
    if any(message.read_at is None for message in shown):
        actions.mark_read(request.user, now=request.now)
    gone = hidden((message.kind, message.key) for message in shown)
    rows = [(message, known.get(message.scope), message.key in gone) for message in shown]
    unreachable = unreachable_address(request.user)
    return render(
        request, "messaging/notifications/inbox.html", {"page": page, "rows": rows, "unreachable": unreachable}
    )


@login_required
def choices(request: HttpRequest) -> HttpResponse:
    """How often each kind of message, and each thing one follows, comes by mail."""
    form = ChoicesForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        for code, frequency, in_app in form.by_kind():
            actions.prefer(request.user, code, frequency, in_app=in_app)
        for scope, frequency in form.by_scope():
            actions.prefer_for(request.user, scope, frequency)
        messages.success(request, _("Your choices are kept."))
        return redirect("notifications:choices")
    return _choices_page(request, form, PauseForm(request.now))


@sent_from("notifications:choices")
@login_required
def pause(request: HttpRequest) -> HttpResponse:
    """Pause all mails until a day, or end the pause."""
    if "resume" in request.POST:
        actions.resume(request.user)
        messages.success(request, _("Mails come again."))
        return redirect("notifications:choices")
    form = PauseForm(request.now, request.POST)
    if not form.is_valid():
        return _choices_page(request, ChoicesForm(request.user), form)
    actions.pause(request.user, until=form.cleaned_data["until"], now=request.now)
    messages.success(request, _("The pause begins now."))
    return redirect("notifications:choices")


@sent_from("notifications:choices")
@login_required
def address_works(request: HttpRequest) -> HttpResponse:
    """A person says that their address works again."""
    outbox.try_again(request.user)
    messages.success(request, _("We write to this address again."))
    return redirect("notifications:choices")


def _choices_page(request: HttpRequest, form: ChoicesForm, pause_form: PauseForm) -> HttpResponse:
    context = {
        "form": form,
        "pause_form": pause_form,
        "paused_until": queries.paused_until(request.user, request.now),
        "unreachable": unreachable_address(request.user),
    }
    status = 422 if form.errors or pause_form.errors else 200
    return render(request, "messaging/notifications/choices.html", context, status=status)
