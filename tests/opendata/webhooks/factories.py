"""Webhooks made through the real actions, and the software at the other end: a real HTTP server."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.test import override_settings

from zenne.opendata.webhooks import actions
from zenne.opendata.webhooks.models import Subscription
from zenne.people.organisations.models import Organisation

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERYTHING = [
    "comment.published",
    "idea.answered",
    "idea.merged",
    "idea.published",
    "idea.status_changed",
    "idea.supports",
    "phase.closed",
    "phase.opened",
    "process.published",
    "report.published",
]


@dataclass
class Receiver:
    """What arrived, as (headers, body); `codes` are the answers it gives one after the other, then 200."""

    address: str = ""
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    answer: bytes = b"thank you"
    drip: float = 0.0


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A server on this machine, which the platform is allowed to call meanwhile."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.arrived.append(({name.lower(): value for name, value in self.headers.items()}, body))
            code = receiver.codes.pop(0) if receiver.codes else 200
            self.send_response(code)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if receiver.drip:
                    for _byte in range(100):
                        self.wfile.write(b".")
                        self.wfile.flush()
                        time.sleep(receiver.drip)
                self.wfile.write(receiver.answer)
            except OSError:
                return  # the other side had heard enough

        def log_message(self, *_words: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    receiver.address = f"http://127.0.0.1:{server.server_port}/hook?from=zenne"
    with override_settings(WEBHOOKS_LOCAL=True):
        yield receiver
    server.shutdown()
    server.server_close()


def subscription(
    organisation: Organisation, *, address: str = "https://93.184.215.14/hook", now: datetime = NOW, **given: object
) -> Subscription:
    values = {"name": "Our website", "events": EVERYTHING, **given}
    return actions.subscribe(organisation=organisation, address=address, by=None, now=now, **values)


def make_for(organisation: Organisation) -> list[object]:
    return [subscription(organisation)]
