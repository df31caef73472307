"""Texts of the panel: written in versions, amended, compared, issued."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.errors import NotFound, Spoken
from zenne.core.languages import current
from zenne.core.numbers import key_of
from zenne.web.htmx import render
from zenne.web.sending import sent_from

from .. import actions, queries, showing
from ..differing import compare, pieces
from ..enums import AmendmentState, Change, DraftState
from ..errors import Overtaken
from ..forms import AmendmentForm, DraftForm, ParagraphForm, PostForm, ReasonForm, TakeForm
from ..models import Draft, Version
from ..rules import keeps, may_amend, may_arrange, may_keep, may_word
from ..showing import Room
from .finding import found, in_room, told, who
from .talk import asked, shown_posts


def _draft(room: Room, pk: int) -> Draft:
    one: Draft = found(queries.drafts(room.panel), pk)
    one.panel = room.panel
    return one


def _last(draft: Draft) -> Version:
    last = draft.versions.select_related("seat__person").order_by("-number").first()
    assert last is not None
    return last


@in_room
def drafts(request: HttpRequest, room: Room) -> HttpResponse:
    context = room.around("drafts") | {"drafts": [showing.draft(each) for each in queries.drafts(room.panel)]}
    return render(request, "participation/panels/drafts.html", context)


@in_room
def new_draft(request: HttpRequest, room: Room) -> HttpResponse:
    form = DraftForm(request.POST if request.method == "POST" else None, initial={"language": current()})
    if form.is_bound and form.is_valid():
        try:
            made = actions.begin_draft(room.panel, **form.cleaned_data, **who(request))
        except Spoken as refusal:
            told(form, refusal)
        else:
            return redirect(room.url("draft", made.pk))
    return asked(request, room, "drafts", form, _("Begin a text"), _("Begin"), room.url("drafts"))


@in_room
def draft(request: HttpRequest, room: Room, draft: int) -> HttpResponse:
    """The text as it stands, paragraph by paragraph, with the amendments that wait; whoever keeps it moves it on."""
    one = _draft(room, draft)
    if request.method == "POST":
        return _moved(request, room, one)
    last = _last(one)
    rows = list(queries.amendments(one))
    for row in rows:
        row.draft = one
    context = room.around("drafts") | {
        "draft": one,
        "shown": showing.draft(one),
        "version": last,
        "version_author": showing.author(last.seat),
        "paragraphs": showing.paragraphs(last, rows),
        "decided": [showing.amendment(row) for row in rows if row.state != AmendmentState.PROPOSED],
        "open": sum(row.is_open for row in rows),
        "rewrites": bool(may_word(request.user, one, room.now)),
        "amends": bool(may_amend(request.user, one, room.now)),
        "keeps": bool(may_keep(request.user, one, room.now)),
        "arranges": bool(may_arrange(request.user, room.panel)),
    }
    return render(request, "participation/panels/draft.html", context)


def _moved(request: HttpRequest, room: Room, one: Draft) -> HttpResponse:
    """Another state, or a paragraph one place up or down."""
    back = room.url("draft", one.pk)
    key = request.POST.get("key", "")
    try:
        if (to := request.POST.get("to", "")) in DraftState.values:
            actions.set_draft_state(one, to=DraftState(to), **who(request))
        elif (way := request.POST.get("move", "")) in ("up", "down"):
            actions.move_paragraph(one, key=key, up=way == "up", **who(request))
            back = f"{back}#p-{key}"
    except Spoken as refusal:
        if refusal.status not in (409, 422):
            raise
        messages.error(request, str(refusal.message or refusal.headline))
    return redirect(back)


@in_room
def paragraph(request: HttpRequest, room: Room, draft: int, key: str = "") -> HttpResponse:
    """Write a paragraph, new or again. When somebody else changed it meanwhile both wordings stand on the page, and nothing is lost."""
    one, after = _draft(room, draft), request.GET.get("after", "")[:12]
    last = _last(one)
    there = last.paragraph(key) if key else {"title": "", "text": "", "asks": False}
    if there is None:
        raise NotFound(_("This paragraph was taken out in the meantime."))
    sent = request.POST if request.method == "POST" else None
    form = ParagraphForm(sent, initial={**there, "base": last.number})
    form.fields["title"].widget.attrs["lang"] = form.fields["text"].widget.attrs["lang"] = one.language
    theirs: Any = None
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        words = {name: given[name] for name in ("title", "text", "asks")}
        try:
            if "drop" in sent and key:
                actions.drop_paragraph(one, key=key, base=given["base"], **who(request))
                return redirect(room.url("draft", one.pk))
            if key:
                actions.word_paragraph(one, key=key, base=given["base"], **words, **who(request))
            else:
                made = actions.add_paragraph(one, after=after, **words, **who(request))
                key = made.changed
            return redirect(f"{room.url('draft', one.pk)}#p-{key}")
        except Overtaken as overtaken:
            theirs = pieces(overtaken.theirs["text"], given["text"])
            form = _again(sent, overtaken.version)
            form.add_error(None, str(overtaken.message))
        except Spoken as refusal:
            told(form, refusal)
    return asked(
        request,
        room,
        "drafts",
        form,
        _("Write this paragraph again") if key else _("Add a paragraph"),
        _("Keep"),
        room.url("draft", one.pk),
        drop=bool(key),
        theirs=theirs,
        lang=one.language,
    )


def _again(sent: Any, version: int) -> ParagraphForm:
    """What was typed, against the version as it is now: kept a second time, it replaces what the page shows."""
    data = sent.copy()
    data["base"] = str(version)
    form = ParagraphForm(data)
    form.is_valid()
    return form


@require_safe
@in_room
def versions(request: HttpRequest, room: Room, draft: int) -> HttpResponse:
    """Every version, and the difference between two of them: the last two, unless others are asked for."""
    one = _draft(room, draft)
    rows = list(one.versions.select_related("seat__person", "amendment").order_by("-number"))
    numbers = {row.number: row for row in rows}
    to = numbers.get(key_of(request.GET.get("to"))) or rows[0]
    since = numbers.get(key_of(request.GET.get("from"))) or numbers.get(to.number - 1) or to
    if since.number > to.number:
        since, to = to, since
    context = room.around("drafts") | {
        "draft": one,
        "versions": [{"version": row, "author": showing.author(row.seat)} for row in rows],
        "since": since,
        "to": to,
        "compared": compare(since.paragraphs, to.paragraphs),
        "rewrites": bool(may_word(request.user, one, room.now)),
        "last": rows[0].number,
    }
    return render(request, "participation/panels/versions.html", context)


@sent_from("panels:versions", "process", "pk", "draft")
@in_room
def restore(request: HttpRequest, room: Room, draft: int, number: int) -> HttpResponse:
    """Go back to an earlier version."""
    one = _draft(room, draft)
    if not one.versions.filter(number=number).exists():
        raise NotFound(_("It is no longer there."))
    actions.restore_version(one, number=number, **who(request))
    messages.success(
        request,
        _("The text is as it was in version %(number)s. Nothing of what came after is lost.") % {"number": number},
    )
    return redirect(room.url("draft", one.pk))


@in_room
def propose(request: HttpRequest, room: Room, draft: int, key: str) -> HttpResponse:
    """Propose an amendment to one paragraph."""
    one = _draft(room, draft)
    there = _last(one).paragraph(key)
    if there is None:
        raise NotFound(_("This paragraph was taken out in the meantime."))
    sent = request.POST if request.method == "POST" else None
    form = AmendmentForm(
        sent, draft=one, initial={"change": Change.REWRITE, "title": there["title"], "text": there["text"]}
    )
    if sent is not None and form.is_valid():
        given = {**form.cleaned_data, "change": Change(form.cleaned_data["change"])}
        try:
            made = actions.propose(one, key=key, **given, **who(request))
        except Spoken as refusal:
            told(form, refusal)
        else:
            messages.success(request, _("Your amendment is in. The others can talk about it now."))
            return redirect(room.url("amendment", one.pk, made.pk))
    back = room.url("draft", one.pk)
    return asked(
        request, room, "drafts", form, _("Propose an amendment"), _("Propose"), back, paragraph=there, lang=one.language
    )


@in_room
def amendment(request: HttpRequest, room: Room, draft: int, amendment: int) -> HttpResponse:
    """One amendment: what would go and come, why, what others say of it, and what becomes of it."""
    one = _draft(room, draft)
    row = found(queries.amendments(one), amendment)
    row.draft = one
    last = _last(one)
    now_there = last.paragraph(row.key)
    decides = row.is_open and keeps(request.user, one, room.now) and bool(may_amend(request.user, one, room.now))
    sent = request.POST if request.method == "POST" else None
    verb = sent.get("verb", "") if sent else ""
    fits = {"title": row.title, "text": row.text, "asks": False, "base": last.number}
    take = TakeForm(sent if verb == "take" else None, change=row.change, initial=fits, prefix="take")
    refuse = ReasonForm(sent if verb == "refuse" else None, prefix="refuse")
    say = PostForm(sent if verb == "say" else None)
    form = {"take": take, "refuse": refuse, "say": say}.get(verb)
    try:
        if verb == "withdraw":
            actions.withdraw_amendment(row, **who(request))
            return redirect(room.url("draft", one.pk))
        if form is not None and form.is_valid():
            _decide(verb, row, form, request)
            return redirect(room.url("amendment", one.pk, row.pk))
    except Overtaken as overtaken:
        assert sent is not None
        data = sent.copy()
        data["take-base"] = str(overtaken.version)
        take = TakeForm(data, change=row.change, prefix="take")
        take.is_valid()
        take.add_error(None, str(overtaken.message))
        form = take
    except Spoken as refusal:
        if form is None or refusal.status == 403:
            raise
        told(form, refusal)
    posts = queries.posts(row.thread) if hasattr(row, "thread") else []
    context = room.around("drafts") | {
        "draft": one,
        "shown": showing.amendment(row),
        "amendment": row,
        "there": now_there,
        "moved_on": row.is_open and now_there != row.against.paragraph(row.key),
        "posts": shown_posts(room, posts),
        "decides": decides,
        "mine": row.is_open and room.seat is not None and row.seat_id == room.seat.pk,
        "take": take,
        "refuse": refuse,
        "form": say,
        "talks": room.writes and row.is_open,
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "participation/panels/amendment.html", context, status=422 if wrong else 200)


def _decide(verb: str, row: Any, form: Any, request: HttpRequest) -> None:
    given = form.cleaned_data
    if verb == "take":
        words = {"title": given.get("title", ""), "text": given.get("text", ""), "asks": given.get("asks", False)}
        actions.take(row, base=given["base"], **words, **who(request))
        messages.success(request, _("The amendment is in the text."))
    elif verb == "refuse":
        actions.refuse(row, reason=given["reason"], **who(request))
        messages.success(request, _("The amendment is refused; whoever proposed it reads why."))
    else:
        actions.say_of(row, text=given["text"], **who(request))
