"""`{% comments thing %}` puts the discussion of a thing on its page; `{{ text|worded }}` shows what somebody wrote."""

import re
from dataclasses import replace
from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, urlize
from django.utils.safestring import SafeString, mark_safe

from zenne.web.pieces import TOKEN_PLACE, piece
from zenne.web.tags.page import form_token

from ..showing import ShownComment, shown_discussion

ONE = "participation/comments/one.html"
register = template.Library()

NAMED = re.compile(r"(?<!\w)@(\w[\w'’.-]*(?: [A-Z]\w*\.?)?)")


@register.inclusion_tag("participation/comments/threads.html", takes_context=True)
def comments(context: RequestContext, thing: Any) -> dict[str, Any]:
    request = context["request"]
    return {"discussion": shown_discussion(request, thing), "request": request, "user": request.user}


@register.simple_tag(takes_context=True)
def one_comment(context: RequestContext, comment: ShownComment, post_to: str) -> SafeString:
    """A comment without its replies. It looks the same to most who read it, so it is kept (`web.pieces`); the token comes in afterwards."""
    given = {"comment": replace(comment, replies=[]), "post_to": post_to}
    drawn = piece("comment", given, lambda: render_to_string(ONE, {**given, "token_place": True}))
    return mark_safe(drawn.replace(TOKEN_PLACE, form_token(context)))  # noqa: S308 - our own pieces


@register.filter
def worded(text: str) -> SafeString:
    """Plain words as paragraphs: escaped, addresses made links that pass no reputation on, @names marked."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if part.strip()]
    return mark_safe("".join(f"<p>{_marked(part)}</p>" for part in paragraphs))  # noqa: S308 - each part is escaped


def _marked(part: str) -> str:
    linked = urlize(conditional_escape(part), nofollow=True)
    return NAMED.sub(r'<span class="mention">@\1</span>', linked).replace("\n", "<br>")
