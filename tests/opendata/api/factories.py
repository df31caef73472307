"""Tokens, and a caller that speaks to the API as a program does: no cookies, an Authorization header."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from zenne.opendata.api import actions
from zenne.opendata.api.kinds import scopes
from zenne.people.accounts.models import Person

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def secret_of(person: Person, rights: Iterable[str] | None = None, *, days: int = 30, now: datetime = NOW) -> str:
    """A new token's secret, with every right unless said otherwise."""
    wanted = list(scopes()) if rights is None else list(rights)
    return actions.create_token(by=person, name="Test", scopes_asked=wanted, days=days, now=now)[1]


class Program:
    """`Program()` is anonymous; `Program(person)` carries a token of theirs with every right, `Program(person, ["read"])` with that one."""

    def __init__(self, person: Person | None = None, rights: Iterable[str] | None = None, *, secret: str = "") -> None:
        self.client = Client()
        self.headers: dict[str, str] = {}
        if person is not None:
            secret = secret_of(person, rights)
        if secret:
            self.headers["Authorization"] = f"Bearer {secret}"

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a request; `path` begins after /api/v1, or is a whole address out of an answer."""
        if not path.startswith(("/api/", "http")):
            path = f"/api/v1{path}"
        given = {"data": body, "content_type": "application/json"} if body is not None else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method, path, **({"data": _bytes(body), "content_type": "application/json"} if given else {}),
            headers={**self.headers, **named},
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        return self("GET", path, **headers)


def _bytes(body: Any) -> bytes:
    import json

    return body if isinstance(body, bytes) else json.dumps(body).encode()
