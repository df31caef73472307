"""Which pages are measured, and the three ways in which each is asked."""

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from .load import Request

WORDS = ("arbres", "bancs", "vélo", "école", "fontaine", "potager", "bomen", "fietspad", "trees", "compost")
ENCODING = {"Accept-Encoding": "br, gzip"}


@dataclass(frozen=True)
class Page:
    name: str
    path: str


def pages() -> list[Page]:
    """The pages of the process that was filled, by the addresses that a visitor would follow to them. Needs Django."""
    from django.db.models import Max

    from zenne.core.clock import now
    from zenne.participation.ideas.enums import Sort
    from zenne.participation.ideas.models import Idea
    from zenne.participation.ideas.queries import listed, page_of
    from zenne.participation.processes.models import Process

    process = Process.objects.filter(slug__startswith="volume-").order_by("id").first()
    assert process is not None
    talked = Idea.objects.filter(process=process, listed=True, comment_count__gte=50).order_by("comment_count", "id")
    idea = talked.first() or Idea.objects.filter(process=process, listed=True).order_by("-comment_count", "id").first()
    assert idea is not None
    ideas = listed(process, now=now())
    most = ideas.aggregate(most=Max("support_count"))["most"]
    half = ideas.filter(support_count__lte=most // 20)
    deep = page_of(half, Sort.SUPPORTED, size=24).next
    base = f"/fr/processes/{process.slug}/"
    return [
        Page("home", "/fr/"),
        Page("process", base),
        Page("ideas, first page", f"{base}ideas/"),
        Page("ideas, deep", f"{base}ideas/?sort=supported&page={deep}"),
        Page("ideas, searched", f"{base}ideas/?q={{word}}"),
        Page("ideas, sorted", f"{base}ideas/?sort=supported"),
        Page(f"idea with {idea.comment_count} comments", f"{base}ideas/{idea.pk}/"),
    ]


def visitors(page: Page) -> Iterator[Request]:
    """Many visitors of one page."""
    for word in itertools.cycle(WORDS):
        yield Request(page.path.replace("{word}", quote(word)), ENCODING)


def curious(page: Page) -> Iterator[Request]:
    """Visitors who each ask what nobody asked before, so that every page is made anew."""
    for number, word in zip(itertools.count(), itertools.cycle(WORDS), strict=False):
        path = page.path.replace("{word}", quote(word))
        yield Request(f"{path}{'&' if '?' in path else '?'}n={secrets.token_hex(3)}{number}", ENCODING)


def people(page: Page, sessions: list[str]) -> Iterator[Request]:
    """People who are signed in, in turns."""
    for session, word in zip(itertools.cycle(sessions), itertools.cycle(WORDS), strict=False):
        yield Request(page.path.replace("{word}", quote(word)), {**ENCODING, "Cookie": f"sessionid={session}"})


def sessions(number: int) -> list[str]:
    """So many people signed in, each known on the page of their devices as after the form of signing in. Needs Django."""
    from importlib import import_module

    from allauth.usersessions.models import UserSession
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from zenne.people.accounts.models import Person

    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = []
    for person in Person.objects.filter(email__startswith="volume-").order_by("id")[:number]:
        session = store()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        UserSession.objects.create(user=person, session_key=session.session_key, ip="127.0.0.1")
        keys.append(session.session_key)
    return keys
