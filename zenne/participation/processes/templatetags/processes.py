"""`{% load processes %}`: words in the language they are in, and the blocks of a long text."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from zenne.core.languages import current, shown
from zenne.web.shared import own
from zenne.web.tags.words import typographic

from .. import showing
from ..enums import Stage
from ..models import Activity, Process

register = template.Library()

PLAYERS = {"YouTube": "https://www.youtube-nocookie.com/embed/", "Vimeo": "https://player.vimeo.com/video/"}


@register.simple_tag
def said(thing: Model, field: str) -> SafeString:
    """What a field says in the language of the page; in another one, marked as such, where it doesn't speak this one."""
    text, language = shown(thing, field)
    return _marked(typographic(text), language)


@register.simple_tag
def said_at_length(thing: Model, field: str) -> SafeString:
    """The same for a text of several paragraphs."""
    text, language = shown(thing, field)
    paragraphs = mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - escaped by linebreaks
    return format_html('<div lang="{}">{}</div>', language, paragraphs) if language != current() else paragraphs


@register.filter
def film(address: str) -> dict[str, str]:
    """Where a film is shown inside a page, and whose site that is."""
    host = "Vimeo" if "vimeo.com" in address else "YouTube"
    return {"host": host, "src": PLAYERS[host] + re.split(r"[/=]", address)[-1]}


@register.filter
def block_template(block_type: str) -> str:
    """The template that draws one kind of block (blocks.py)."""
    return f"participation/processes/blocks/{block_type}.html"


def _marked(text: SafeString, language: str) -> SafeString:
    return format_html('<span lang="{}">{}</span>', language, text) if language != current() else text


@register.inclusion_tag("participation/processes/card.html", takes_context=True)
def process_card(context: template.Context, process: Process) -> dict[str, Any]:
    """A process in a list, from `queries.listed`: its picture or street, where it stands, whose it is."""
    title, language = shown(process, "title")
    stage = getattr(process, "stage", "")
    return {
        "process": process,
        "title": title,
        "language": language if language != current() else "",
        "summary": shown(process, "summary")[0],
        "url": process.get_absolute_url(),
        "pill": showing.pill(process, context["request"].now),
        "kind": "ok" if stage == Stage.OPEN else "info" if stage == Stage.UPCOMING else "",
    }


@register.simple_tag(takes_context=True)
def answers(context: template.Context, activity: Activity) -> SafeString:
    """What this visitor can do in an activity now, or why not."""
    return own(context["request"], _answers, activity)


def _answers(request: HttpRequest, activity: Activity) -> SafeString:
    said = showing.answers(activity, request.user, request.now)  # type: ignore[attr-defined]
    return format_html_join("", '<p class="small muted">{}</p>', ((words,) for words in said))


@register.inclusion_tag("participation/processes/blocks/all.html", takes_context=True)
def written(context: Mapping[str, Any], body: Any) -> dict[str, Any]:
    """A long text of blocks (blocks.py), wherever it stands; within a preview its files stay within reach (`key`)."""
    return {"body": body, "key": context.get("key", "")}
