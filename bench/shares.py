"""Where the processor time of a signed-in page goes, read inside this process by cProfile: what explains the figures beside it."""

import cProfile
import pstats
import time
from collections import Counter
from dataclasses import dataclass

from .pages import WORDS, Page

TIMES = 20
#: the first that fits names the part; a function counts with its own time only
PARTS = {
    "templates": (
        "django/template/",
        "django/utils/html",
        "django/utils/safestring",
        "django/utils/translation",
        "django/utils/formats",
    ),
    "building queries": ("django/db/models/",),
    "talking to PostgreSQL": ("django/db/", "psycopg"),
    "our own code": ("zenne/",),
    "addresses, requests, middleware": (
        "django/urls/",
        "django/core/",
        "django/http/",
        "django/middleware/",
        "django/contrib/",
        "allauth",
    ),
}


@dataclass(frozen=True)
class Shares:
    """`milliseconds` of processor a page without the profiler, and each part's share of it in whole per cent, rest included."""

    milliseconds: float
    percent: dict[str, int]


def shares_of(page: Page, session: str) -> Shares:
    from django.test import Client

    client = Client(headers={"Accept-Encoding": "br"})
    client.cookies["sessionid"] = session
    path = page.path.replace("{word}", WORDS[0])
    client.get(path)
    began = time.process_time()
    for _time in range(TIMES):
        client.get(path)
    spent = (time.process_time() - began) / TIMES * 1000
    profile = cProfile.Profile()
    profile.runcall(lambda: [client.get(path) for _time in range(TIMES)])
    parts: Counter[str] = Counter()
    for (file, _line, _name), (_calls, _again, own, *_rest) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        parts[_part(file)] += own
    total = sum(parts.values())
    return Shares(spent, {name: round(100 * parts[name] / total) for name in (*PARTS, "the rest of Python")})


def _part(file: str) -> str:
    return next((name for name, paths in PARTS.items() if any(path in file for path in paths)), "the rest of Python")
