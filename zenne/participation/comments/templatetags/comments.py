"""`{% comments thing %}` puts the discussion of a thing on its page; `{{ text|worded }}` shows what somebody wrote."""

import re
from dataclasses import replace
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, urlize
from django.utils.safestring import SafeString, mark_safe

from zenne.web.pieces import piece
from zenne.web.shared import own
from zenne.web.tokens import with_token

from ..showing import Read, ShownComment, ShownDiscussion, read, reader, shown_discussion

ONE = "participation/comments/one.html"
THREADS = "participation/comments/threads.html"
register = template.Library()

NAMED = re.compile(r"(?<!\w)@(\w[\w'’.-]*(?: [A-Z]\w*\.?)?)")


@register.simple_tag(takes_context=True)
def comments(context: Context, thing: Any) -> SafeString:
    """What was said is read once for everybody, and drawn once for all who find the same in it."""
    request = context["request"]
    return own(request, _threads, read(request, thing))


def _threads(request: HttpRequest, read: Read) -> SafeString:
    found = reader(request, read)
    given = {"digest": read.digest, "reader": found}
    return with_token(request, piece("threads", given, lambda: _drawn(shown_discussion(read, found))))


def _drawn(discussion: ShownDiscussion) -> SafeString:
    return render_to_string(THREADS, {"discussion": discussion, "token_place": True})


@register.simple_tag(takes_context=True)
def one_comment(context: Context, comment: ShownComment, post_to: str) -> SafeString:
    """A comment without its replies. It looks the same to most who read it, so it is kept (`web.pieces`); the token comes in afterwards."""
    given = {"comment": replace(comment, replies=[]), "post_to": post_to}
    drawn = piece("comment", given, lambda: render_to_string(ONE, {**given, "token_place": True}))
    return drawn if context.get("token_place") else with_token(context.get("request"), drawn)


@register.filter
def worded(text: str) -> SafeString:
    """Plain words as paragraphs: escaped, addresses made links that pass no reputation on, @names marked."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if part.strip()]
    return mark_safe("".join(f"<p>{_marked(part)}</p>" for part in paragraphs))  # noqa: S308 - each part is escaped


def _marked(part: str) -> str:
    linked = urlize(conditional_escape(part), nofollow=True)
    return NAMED.sub(r'<span class="mention">@\1</span>', linked).replace("\n", "<br>")
