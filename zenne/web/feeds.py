"""Atom feeds (RFC 4287): entries whose ids never change, and 304 for whoever has read them."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

MOST = 30
# what XML 1.0 cannot hold in any spelling
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """One thing in a feed. `key` is what its id is made of; `text` is plain words."""

    key: str
    title: str
    link: str
    text: str
    published: datetime
    updated: datetime
    language: str
    author: str = ""


class _Writing(Atom1Feed):
    """Django's Atom, where an entry says its language and an empty feed is as old as what it is about."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["since"]  # type: ignore[no-any-return]

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class AtomFeed(Feed):
    """What every feed of ours shares. A feed gives `get_object`, `title`, `link`, `feed_guid`, `since` (how old its subject is) and `items`, which are Entries."""

    feed_type = _Writing
    since: Callable[[Any], datetime]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().__call__(request, *args, **kwargs)
        answer["Cache-Control"] = "public, max-age=300"
        answer["Access-Control-Allow-Origin"] = "*"
        answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer  # type: ignore[no-any-return]

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"since": self.since(obj)}

    def item_title(self, item: Entry) -> str:
        return speakable(item.title)

    def item_description(self, item: Entry) -> str:
        """The words as the HTML that a summary holds."""
        return linebreaks(speakable(item.text), autoescape=True)

    def item_link(self, item: Entry) -> str:
        return item.link

    def item_guid(self, item: Entry) -> str:
        return tag(item.key)

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated

    def item_author_name(self, item: Entry) -> str | None:
        return speakable(item.author) or None

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        return {"language": item.language}


def tag(key: str) -> str:
    """A `tag:` URI (RFC 4151): the same for ever, whichever host name or address a thing has later."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},2026:{key}"


def speakable(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)
