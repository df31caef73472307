"""Blocks of the content files as a StreamField's raw data."""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import override

from zenne.participation.processes.models import Process

from .records import Block


def body(blocks: Iterable[Block], language: str) -> list[dict[str, Any]]:
    """What the blocks say in one language. A block that says nothing in it is left out."""
    made = [(block, getattr(block, language)) for block in blocks if getattr(block, language)]
    return [
        {**_raw(block, words, language), "id": str(uuid5(NAMESPACE_URL, f"{language}:{place}:{words}"))}
        for place, (block, words) in enumerate(made)
    ]


def _raw(block: Block, words: str | list[str], language: str) -> dict[str, Any]:
    match block.kind, words:
        case "heading", str():
            return {"type": "heading", "value": words}
        case "paragraph", str():
            return {"type": "paragraph", "value": paragraphs(words)}
        case "list", list():
            kind = "ol" if block.ordered else "ul"
            lines = format_html_join("", "<li>{}</li>", ((line,) for line in words))
            return {"type": "paragraph", "value": format_html(f"<{kind}>{{}}</{kind}>", lines)}
        case "quote", str():
            return {"type": "quote", "value": {"words": words, "source": block.source.get(language, "")}}
        case "callout", str():
            value = {
                "title": block.title.get(language, ""),
                "text": words,
                "link": address(block.link, language),
                "link_text": block.link_label.get(language, ""),
            }
            return {"type": "callout", "value": value}
    raise ValueError(f"no block of kind {block.kind!r} holds {type(words).__name__}")


def paragraphs(text: str) -> str:
    """A blank line separates paragraphs."""
    return "".join(f"<p>{escape(' '.join(part.split()))}</p>" for part in text.strip().split("\n\n"))


def address(link: str, language: str) -> str:
    """A link as people follow it; those of the platform without its host name, which may change."""
    kind, _colon, slug = link.partition(":")
    if kind not in ("page", "process"):
        return link
    with override(language):
        return reverse("wagtail_serve", args=[f"{slug}/"]) if kind == "page" else Process(slug=slug).get_absolute_url()
