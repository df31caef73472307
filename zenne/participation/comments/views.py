from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from zenne.core.detection import detect
from zenne.core.errors import NotFound
from zenne.core.languages import current
from zenne.participation.processes.rules import may_see
from zenne.people.access.answers import require
from zenne.people.organisations.queries import wear
from zenne.web.htmx import render
from zenne.web.sending import sent_from

from . import actions, queries, showing
from .enums import CommentState, ReactionKind, Stance
from .forms import CommentForm, EditForm
from .kinds import discussion_of, find
from .models import Comment
from .rules import may_delete, may_edit, may_read
from .showing import shown_comment


def _comment(request: HttpRequest, pk: int) -> Comment:
    """A comment on something public, wearing its organisation's look."""
    found = get_object_or_404(
        Comment.objects.select_related("author", "staff_of", "parent", "activity__phase__process__organisation"), pk=pk
    )
    process = found.activity.process
    if not may_see(request.user, process) or found.about is None or not may_read(request.user, found):
        raise NotFound
    wear(request, process.organisation)
    return found


def discussion(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The whole discussion of a thing on a page of its own, and the place where a new comment lands."""
    thing = find(kind, pk)
    kept = discussion_of(thing)
    process = kept.activity(thing).process
    if not may_see(request.user, process):
        raise NotFound
    wear(request, process.organisation)
    form = None
    if request.method == "POST":
        form = CommentForm(request.POST, parents=queries.about(thing), asks_stance=kept.asks_stance(thing))
        if form.is_valid():
            made = _say(request, thing, form)
            if made.state == CommentState.WAITING:
                messages.success(request, _("Your comment is sent. Staff read it before everyone can."))
                return redirect(f"{kept.address(thing)}#comments")
            messages.success(request, _("Your comment is online."))
            return redirect(f"{kept.address(thing)}#comment-{made.pk}")
    read = showing.read(request, thing)
    shown = showing.shown_discussion(read, showing.reader(request, read), form=form)
    context = {"discussion": shown, "thing": thing}
    status = 422 if form is not None else 200
    return render(request, "participation/comments/discussion.html", context, partial="threads", status=status)


def _say(request: HttpRequest, thing: object, form: CommentForm) -> Comment:
    data = form.cleaned_data
    return actions.comment(
        thing,
        text=data["text"],
        language=data["language"] or detect(data["text"], otherwise=current()),
        stance=Stance(data["stance"]) if data.get("stance") else None,
        parent=data["parent"],
        by=request.user,
        now=request.now,
    )


def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of one comment, for life: it leads to its place in the thread, or says what became of it."""
    found = _comment(request, pk)
    if found.state != CommentState.WAITING:
        return redirect(f"{discussion_of(found.about).address(found.about)}#comment-{found.pk}")
    context = {"comment": shown_comment(request, found), "back": discussion_of(found.about).address(found.about)}
    return render(request, "participation/comments/comment_page.html", context)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _comment(request, pk)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"text": found.text})
    require(may_edit(request.user, found, request.now))
    if form.is_valid():
        text = form.cleaned_data["text"]
        language = detect(text, otherwise=found.language)
        actions.edit(found, text=text, language=language, by=request.user, now=request.now)
        messages.success(request, _("Your comment is changed."))
        return redirect(found)
    context = {"form": form, "comment": found, "back": found.get_absolute_url()}
    return render(request, "participation/comments/edit.html", context, status=422 if form.is_bound else 200)


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the words away."""
    found = _comment(request, pk)
    back = discussion_of(found.about).address(found.about)
    require(may_delete(request.user, found))
    if request.method == "POST":
        actions.delete(found, by=request.user, now=request.now)
        messages.success(request, _("Your comment is deleted."))
        return redirect(back)
    return render(request, "participation/comments/delete.html", {"comment": found, "back": back})


@sent_from("comments:comment", "pk")
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """Give, change or take back a reaction; HTMX swaps the buttons, everybody else returns to the comment."""
    found = _comment(request, pk)
    chosen = request.POST.get("kind", "")
    kind = ReactionKind(chosen) if chosen in ReactionKind.values else None
    found.reaction_count = actions.react(found, kind, by=request.user, now=request.now)
    if request.htmx:
        context = {"comment": shown_comment(request, found)}
        return render(request, "participation/comments/reactions.html", context)
    return redirect(found)
