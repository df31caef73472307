"""`{% comments thing %}` puts the discussion of a thing on its page; `{{ text|worded }}` shows what somebody wrote."""

import re
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import conditional_escape, urlize
from django.utils.safestring import SafeString, mark_safe

from ..showing import shown_discussion

register = template.Library()

NAMED = re.compile(r"(?<!\w)@(\w[\w'’.-]*(?: [A-Z]\w*\.?)?)")


@register.inclusion_tag("participation/comments/threads.html", takes_context=True)
def comments(context: RequestContext, thing: Any) -> dict[str, Any]:
    request = context["request"]
    return {"discussion": shown_discussion(request, thing), "request": request, "user": request.user}


@register.filter
def worded(text: str) -> SafeString:
    """Plain words as paragraphs: escaped, addresses made links that pass no reputation on, @names marked."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if part.strip()]
    return mark_safe("".join(f"<p>{_marked(part)}</p>" for part in paragraphs))  # noqa: S308 - each part is escaped


def _marked(part: str) -> str:
    linked = urlize(conditional_escape(part), nofollow=True)
    return NAMED.sub(r'<span class="mention">@\1</span>', linked).replace("\n", "<br>")
