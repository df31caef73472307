"""The ground that every verb stands on: the environment, the database, Django."""

import gzip
import os
import socket
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from zenne.config.environment import Environment, read
from zenne.core.postgres import Cluster

DATABASE = "zenne"


class Fault(Exception):
    """Something outside the program is not as it must be; the text is one sentence for the person at the terminal."""


def environment() -> Environment:
    return read()


def cluster(values: Environment) -> Cluster:
    return Cluster(values.data / "postgres")


def accounts_file(values: Environment) -> Path:
    """The demonstration accounts, as the loading of the demonstration noted them."""
    return values.data / "demonstration-accounts.txt"


def database_url(values: Environment) -> str:
    return values.database_url or cluster(values).url(DATABASE)


def unpacked(path: Path) -> bytes:
    """The bytes of a file, unpacked where they are packed; `-` is standard input."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError, zlib.error) as fault:
        raise Fault(f"{path}: {getattr(fault, 'strerror', None) or fault}") from None


@contextmanager
def english() -> Iterator[None]:
    """What the house says at the terminal is English, as the verbs are."""
    from django.utils.translation import override

    with override("en"):
        yield


@contextmanager
def database(values: Environment) -> Iterator[Callable[[], None]]:
    """The database, answering, for the length of a block: the operator's by DATABASE_URL, else the embedded one.

    Gives what a long-running block calls now and then, so that an embedded server that was killed comes back.
    """
    if values.database_url:
        _reach(values.database_url)
        yield lambda: None
        return
    embedded = cluster(values)

    def tend() -> None:
        if embedded.revive():
            print("zenne: the database had gone; it runs again", file=sys.stderr, flush=True)

    with embedded.up():
        embedded.ensure_database(DATABASE)
        yield tend


def _reach(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Fault(f"The database at {without_password(url)} does not answer: {reason}") from error


def without_password(url: str) -> str:
    parts = urlsplit(url)
    if not parts.password:
        return url
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")).geturl()


def require_free_port(values: Environment) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((values.host, values.port))
        except OSError as error:
            raise Fault(
                f"Nothing can listen on {values.host}:{values.port} ({error.strerror}): choose another PORT."
            ) from error


def django() -> None:
    """Load the settings and the apps. Only inside `database(...)`: the embedded server's password is made at its first start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zenne.config.settings")
    import django

    django.setup()
