"""Topics that members talk about, and straw polls."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zenne.core.errors import Spoken
from zenne.people.access.answers import Refused
from zenne.web.htmx import render
from zenne.web.sending import sent_from

from .. import actions, queries, showing
from ..enums import PostState
from ..forms import AnswerForm, PollForm, PostForm, ThreadForm
from ..models import Post
from ..rules import may_answer, may_close
from ..showing import Room
from .finding import found, in_room, told, who


@in_room
def threads(request: HttpRequest, room: Room) -> HttpResponse:
    context = room.around("threads") | {
        "threads": [{"thread": each, "author": showing.author(each.seat)} for each in queries.threads(room.panel)]
    }
    return render(request, "participation/panels/threads.html", context)


@in_room
def new_thread(request: HttpRequest, room: Room) -> HttpResponse:
    form = ThreadForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.open_thread(room.panel, **form.cleaned_data, **who(request))
        except Spoken as refusal:
            told(form, refusal)
        else:
            return redirect(room.url("thread", made.pk))
    return asked(request, room, "threads", form, _("Open a topic"), _("Open it"), room.url("threads"))


@in_room
def thread(request: HttpRequest, room: Room, thread: int) -> HttpResponse:
    """A topic with what was said; the secretariat closes it, or opens it again."""
    one = found(queries.threads(room.panel), thread)
    one.panel = room.panel
    form = PostForm(request.POST if "text" in request.POST else None)
    if request.method == "POST" and "closed" in request.POST:
        actions.close_thread(one, closed=request.POST["closed"] == "1", **who(request))
        return redirect(room.url("thread", one.pk))
    if form.is_bound and form.is_valid():
        try:
            made = actions.say(one, **form.cleaned_data, **who(request))
        except Spoken as refusal:
            told(form, refusal)
        else:
            return redirect(f"{room.url('thread', one.pk)}#post-{made.pk}")
    context = room.around("threads") | {
        "thread": one,
        "posts": shown_posts(room, queries.posts(one)),
        "form": form,
    }
    return render(request, "participation/panels/thread.html", context, status=422 if form.errors else 200)


def shown_posts(room: Room, rows: Any) -> list[dict[str, Any]]:
    """What was said, with what this visitor may do about it."""
    shown = []
    for post in rows:
        mine = post.seat_id == room.seat.pk if room.seat and post.seat_id else room.serves and post.seat_id is None
        shown.append(
            {
                "post": post,
                "anchor": f"post-{post.pk}",
                "official": post.seat_id is None,
                "author": showing.author(post.seat),
                "gone": post.state != PostState.SHOWN,
                "deletable": mine and post.state == PostState.SHOWN,
                "hideable": room.serves and post.state == PostState.SHOWN and not mine,
                "hidden": post.state == PostState.HIDDEN,
            }
        )
    return shown


@sent_from("panels:threads", "process", "pk")
@in_room
def post(request: HttpRequest, room: Room, post: int) -> HttpResponse:
    """Take one's own words back; the secretariat hides others' with a reason, and shows them again."""
    rows = Post.objects.filter(thread__panel=room.panel).select_related("thread__amendment", "seat")
    one = found(rows, post)
    one.thread.panel = room.panel
    try:
        match request.POST.get("verb", ""):
            case "delete":
                actions.delete_post(one, **who(request))
            case "hide":
                actions.hide_post(one, reason=request.POST.get("reason", ""), **who(request))
            case "show":
                actions.show_post(one, **who(request))
    except Spoken as refusal:
        if refusal.status != 422:
            raise
        messages.error(request, str(refusal.message))
    amendment = one.thread.amendment
    back = room.url("amendment", amendment.draft_id, amendment.pk) if amendment else room.url("thread", one.thread_id)
    return redirect(f"{back}#post-{one.pk}")


@in_room
def polls(request: HttpRequest, room: Room) -> HttpResponse:
    given = queries.given_by(room.seat)
    shown = [showing.poll(each, given.get(each.pk), room.now) for each in queries.polls(room.panel)]
    context = room.around("polls") | {
        "open": [each for each in shown if each.open],
        "closed": [each for each in shown if not each.open],
    }
    return render(request, "participation/panels/polls.html", context)


@in_room
def new_poll(request: HttpRequest, room: Room) -> HttpResponse:
    form = PollForm(request.POST if request.method == "POST" else None, now=room.now)
    if form.is_bound and form.is_valid():
        try:
            made = actions.ask(room.panel, **form.cleaned_data, **who(request))
        except Spoken as refusal:
            told(form, refusal)
        else:
            return redirect(room.url("poll", made.pk))
    return asked(request, room, "polls", form, _("Ask where members stand"), _("Ask it"), room.url("polls"))


@in_room
def poll(request: HttpRequest, room: Room, poll: int) -> HttpResponse:
    """A question, the answer of this member, and the result where it may be read."""
    one = found(queries.polls(room.panel), poll)
    one.panel = room.panel
    shown = showing.poll(one, queries.given_by(room.seat).get(one.pk), room.now)
    if request.method == "POST" and "close" in request.POST:
        actions.close_poll(one, **who(request))
        messages.success(request, _("The poll is closed."))
        return redirect(room.url("poll", one.pk))
    chosen = sorted(shown.mine)
    given = request.POST if request.method == "POST" else None
    form = AnswerForm(given, poll=one, initial={"options": chosen if one.several else next(iter(chosen), None)})
    if form.is_bound and form.is_valid():
        try:
            actions.answer_poll(one, options=form.chosen(), **who(request))
        except Spoken as refusal:
            told(form, refusal)
        else:
            messages.success(request, _("Your answer is in."))
            return redirect(room.url("poll", one.pk))
    answer = may_answer(request.user, one, room.now)
    context = room.around("polls") | {
        "shown": shown,
        "poll": one,
        "form": form if answer else None,
        "refusal": answer.message if isinstance(answer, Refused) and shown.open and room.seat is not None else "",
        "voices": []
        if one.secret
        else [(each.seat.known_as, list(each.options.all())) for each in queries.voices(one)],
        "result": not shown.open or shown.answered or room.seat is None,
        "closable": bool(may_close(request.user, one, room.now)),
    }
    return render(request, "participation/panels/poll.html", context, status=422 if form.errors else 200)


def asked(
    request: HttpRequest, room: Room, here: str, form: Any, title: str, submit: str, back: str, **more: Any
) -> HttpResponse:
    """A page with one form."""
    context = room.around(here) | {"form": form, "title": title, "submit": submit, "back": back, **more}
    return render(request, "participation/panels/form.html", context, status=422 if form.errors else 200)
