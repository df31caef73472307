"""The server under measure: an installation of its own, made once, filled, started as in production, stopped at the end."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
ZENNE = (sys.executable, "-m", "zenne.config.cli")
READY_SECONDS = 180
SETTLED_SECONDS = 3600
LOOK_SECONDS = 2


@dataclass(frozen=True)
class Volume:
    ideas: int
    comments: int = 20_000
    supports: int = 50_000
    people: int = 5_000


def prepare(volume: Volume, port: int) -> dict[str, str]:
    """Make and fill the installation unless it is there; its environment. One that was not filled to the end is made anew."""
    data = ROOT / ".cache" / "bench" / str(volume.ideas)
    environ = {**os.environ, "ZENNE_DATA": str(data), "PORT": str(port), "PYTHONPATH": str(ROOT)}
    environ.pop("DATABASE_URL", None)
    stamp = data / "filled"
    if not stamp.exists():
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
    _zenne(environ, "prepare")
    if not stamp.exists():
        began = time.monotonic()
        wanted = (f"--{name}={getattr(volume, name)}" for name in ("ideas", "comments", "supports", "people"))
        _zenne(environ, "load-volume", *wanted)
        stamp.write_text(f"{time.monotonic() - began:.0f}")
    return environ


def seconds_to_fill(environ: dict[str, str]) -> int:
    return int((Path(environ["ZENNE_DATA"]) / "filled").read_text())


def _zenne(environ: dict[str, str], *words: str) -> None:
    subprocess.run([*ZENNE, *words], env=environ, check=True, stdout=sys.stderr)


@contextmanager
def serving(environ: dict[str, str]) -> Iterator[int]:
    """The server answering and its worker with nothing left to do, for the length of a block, in which Django knows it. Gives its process number."""
    process = subprocess.Popen([*ZENNE, "run"], env=environ, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _until_ready(process, f"http://127.0.0.1:{environ['PORT']}/health/")
        os.environ |= {**environ, "DJANGO_SETTINGS_MODULE": "zenne.config.settings"}
        import django

        django.setup()
        settle()
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _until_ready(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit("bench: the server ended while starting")
        try:
            urlopen(address, timeout=2).close()  # noqa: S310 - our own address
        except (URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise SystemExit("bench: the server did not answer in time")


def settle() -> None:
    """Wait until nothing waits for the worker: what was filled in just now leaves letters, counts and checks to it, which would be measured too."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from zenne.core import clock, errands

    deadline, quiet = time.monotonic() + SETTLED_SECONDS, 0
    while quiet < 2:  # looked at twice: between two tasks, none is there
        if time.monotonic() > deadline:
            raise SystemExit("bench: the worker does not come to an end")
        jobs = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=clock.now())
        busy = jobs.exists() or ProcrastinateJob.objects.filter(status="doing").exists() or errands.waiting().exists()
        quiet = 0 if busy else quiet + 1
        time.sleep(LOOK_SECONDS)


def web_workers(pid: int) -> list[tuple[int, int]]:
    """(proportional, resident) memory in KB of each web worker: a page shared by two counts half for each in the first."""
    tree = _children()
    masters = [each for each in _below(pid, tree) if b"gunicorn" in _command(each)]
    workers = [each for each in masters if any(each in tree.get(parent, ()) for parent in masters)]
    return [(_memory(each, "Pss"), _memory(each, "Rss")) for each in workers]


def worker_memory(pid: int) -> int:
    """Resident memory in KB of the process that does the tasks."""
    return sum(_memory(each, "Rss") for each in _below(pid, _children()) if b"procrastinate" in _command(each))


def _children() -> dict[int, list[int]]:
    tree: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        tree.setdefault(parent, []).append(int(entry.parent.name))
    return tree


def _below(pid: int, tree: dict[int, list[int]]) -> list[int]:
    found = list(tree.get(pid, ()))
    for each in tree.get(pid, ()):
        found += _below(each, tree)
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _memory(pid: int, what: str) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1])
    return 0
