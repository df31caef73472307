"""Supports and comments a second, and whether each was kept exactly once. The hard case is the real one: everybody supports one idea."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from .load import Measured, Request, drive

TAKEN = frozenset({200, 302})


@dataclass(frozen=True)
class Written:
    name: str
    measured: Measured
    exact: bool
    note: str


def _headers(session: str) -> dict[str, str]:
    token = secrets.token_hex(16)
    return {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token, "HX-Request": "true"}


def supports(port: int, sessions: list[str]) -> Written:
    """Every person supports the same idea, twice in a row: half of what is sent must change nothing."""
    from zenne.participation.ideas.models import Idea, Support

    idea = (
        Idea.objects.filter(state="published", process__slug__startswith="volume-")
        .order_by("support_count", "id")
        .first()
    )
    assert idea is not None
    path = f"/fr/processes/{idea.process.slug}/ideas/{idea.pk}/support/"

    def sent() -> Iterator[Request]:
        for session in sessions:
            for _time in range(2):
                yield Request(path, _headers(session), "POST")

    before = Support.objects.filter(idea=idea).count()
    measured = drive(port, sent(), seconds=60, expected=TAKEN)
    idea.refresh_from_db(fields=["support_count"])
    rows = Support.objects.filter(idea=idea).count()
    people = len(sessions)
    exact = rows == idea.support_count and (measured.wrong != {} or rows - before <= people)
    return Written("supports of one idea", measured, exact, f"{rows} rows, counter {idea.support_count}")


def comments(port: int, sessions: list[str]) -> Written:
    """Every person says something different about one idea: fourteen words of the vocabulary in an order of their own."""
    from django.urls import reverse
    from django.utils.translation import override

    from zenne.participation.comments.models import Comment
    from zenne.participation.ideas.models import Idea
    from zenne.portal.demonstration.vocabulary import TONGUES

    idea = (
        Idea.objects.filter(state="published", process__slug__startswith="volume-")
        .order_by("comment_count", "id")
        .first()
    )
    assert idea is not None
    with override("fr"):
        path = reverse("comments:discussion", args=["ideas.idea", idea.pk])

    words = sorted({word for phrase in (*TONGUES["fr"].goes_on, *TONGUES["fr"].comments) for word in phrase.split()})
    draw = random.Random(idea.pk)  # noqa: S311 - repeatable

    def sent() -> Iterator[Request]:
        for number, session in enumerate(sessions):
            body = urlencode({"text": f"{' '.join(draw.sample(words, 14))} ({number})"})
            yield Request(path, _headers(session), "POST", body)

    said = Comment.objects.filter(about_id=idea.pk, activity=idea.activity, state="published")
    before = said.count()
    measured = drive(port, sent(), seconds=60, expected=TAKEN)
    idea.refresh_from_db(fields=["comment_count"])
    rows = said.count()
    exact = rows == idea.comment_count and rows - before == len(measured.seconds)
    return Written("comments on one idea", measured, exact, f"{rows} rows, counter {idea.comment_count}")
