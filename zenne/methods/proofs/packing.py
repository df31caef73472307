"""The zip of a bundle, read as far as it can do no harm. Nothing is unpacked to disk."""

import re
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path

LARGEST = 2 * 1024**3
LARGEST_FILE = 64 * 1024**2
DENSEST = 100  # a bundle is not compressed; one that somebody packed again is read as far as it can do no harm, to say what is wrong


class Unreadable(Exception):
    """No file, no zip, or one that is no bundle of this kind; says in English what exactly."""


def names(path: Path) -> frozenset[str]:
    """What a zip says it holds; nothing when it is no zip."""
    try:
        with zipfile.ZipFile(path) as packed:
            return frozenset(packed.namelist())
    except (OSError, zipfile.BadZipFile, ValueError, EOFError, OverflowError):
        return frozenset()


def unpacked(path: Path, *, needed: Collection[str], more: re.Pattern[str] | None = None) -> dict[str, bytes]:
    """The files, by name: those `needed` and perhaps some whose name matches `more`. Raises Unreadable."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"the file is larger than {LARGEST} bytes")
        with zipfile.ZipFile(path) as packed:
            _judge(packed.infolist(), needed, more)
            return {info.filename: packed.read(info) for info in packed.infolist()}
    except OSError as fault:
        raise Unreadable(f"the file cannot be read: {fault.strerror}") from fault
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError, OverflowError) as fault:
        raise Unreadable(f"no whole zip: {str(fault)[:100]}") from fault


def _judge(entries: list[zipfile.ZipInfo], needed: Collection[str], more: re.Pattern[str] | None) -> None:
    found = [info.filename for info in entries]
    for name in found:
        if name not in needed and not (more and more.fullmatch(name)):
            raise Unreadable(f"a bundle has no file {name[:80]!r}")
    if len(set(found)) != len(found):
        raise Unreadable("two files have the same name")
    if missing := sorted(set(needed) - set(found)):
        raise Unreadable(f"the bundle lacks {missing[0]}")
    for info in entries:
        if info.file_size > DENSEST * info.compress_size:
            raise Unreadable(f"{info.filename} unpacks to {info.file_size} bytes from {info.compress_size}")
        if info.filename.endswith((".json", ".py", ".txt", ".csv")) and info.file_size > LARGEST_FILE:
            raise Unreadable(f"{info.filename} is larger than {LARGEST_FILE} bytes")
