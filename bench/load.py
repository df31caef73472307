"""The generator: some connections, each asking again as soon as it is answered. One process, on the machine of the server."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

CONCURRENCY = 8
#: So many pages over one connection, then another visitor comes: whichever web process has time takes them.
VISIT = 20


@dataclass(frozen=True)
class Request:
    """`counted` False: asked for the company, like the pages that others read meanwhile; its time is not in what is measured."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: str = ""
    counted: bool = True

    def sent(self, port: int) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: text/html"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body.encode())}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass(frozen=True)
class Measured:
    """What came out: seconds of each answer, in order of size, and answers that were not as expected."""

    seconds: list[float]
    wrong: dict[int, int]
    lasted: float

    def percentile(self, share: float) -> float:
        return self.seconds[min(len(self.seconds) - 1, int(len(self.seconds) * share))] * 1000 if self.seconds else 0.0

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.lasted if self.lasted else 0.0


def drive(
    port: int,
    requests: Iterator[Request],
    *,
    seconds: float,
    expected: frozenset[int] = frozenset({200}),
    connections: int = CONCURRENCY,
) -> Measured:
    """Ask for as long as there are requests, `seconds` at most. An answer counts when its status is expected."""
    return asyncio.run(_drive(port, requests, seconds, expected, connections))


async def _drive(
    port: int, requests: Iterator[Request], seconds: float, expected: frozenset[int], connections: int
) -> Measured:
    taken: list[float] = []
    wrong: dict[int, int] = {}
    began = time.perf_counter()

    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number, request in enumerate(requests, 1):  # one iterator for all: each request is asked once
            if time.perf_counter() - began > seconds:
                break
            if number % VISIT == 0:
                writer.close()
            if writer.is_closing() or reader.at_eof():
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            at = time.perf_counter()
            writer.write(request.sent(port))
            status, closes = await _answer(reader)
            if status in expected:
                if request.counted:
                    taken.append(time.perf_counter() - at)
            else:
                wrong[status] = wrong.get(status, 0) + 1
            if closes:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    await asyncio.gather(*(ask() for _connection in range(connections)))
    return Measured(sorted(taken), wrong, time.perf_counter() - began)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of the next answer, read to its end, and whether the server closes the connection after it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    lines = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" in lines:
        await reader.readexactly(int(lines["content-length"]))
    elif "chunked" in lines.get("transfer-encoding", ""):
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return status, lines.get("connection") == "close"
