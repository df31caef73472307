"""Chapters of a report, and what they are made of. Each app declares its own from `report.py`; reporting knows none by name.

    chapters.register("ideas", Chapter(_("Ideas and answers"), write=_write, order=40))

A chapter is written once, as of a moment and in one language, and kept as plain data: blocks of the kinds below. The page and the PDF
draw the same blocks; neither asks the database again. Words are plain text: nothing in them is ever read as markup.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from zenne.core.registry import Registry
from zenne.participation.processes.models import Process

Words = str | Promise
Block = dict[str, Any]


@dataclass(frozen=True)
class Frozen:
    """What a chapter is written about: a process as it stood at `moment`, in the `language` of the moment."""

    process: Process
    moment: datetime
    language: str
    base: str  # the address of the site, without a slash at its end: reports leave it


@dataclass(frozen=True)
class Chapter:
    """`write` gives the blocks; nothing where it has nothing to say."""

    label: Words
    write: Callable[[Frozen], Sequence[Block]]
    order: int = 50


chapters: Registry[Chapter] = Registry("report")


def in_order() -> list[tuple[str, Chapter]]:
    return sorted(chapters.items(), key=lambda item: (item[1].order, item[0]))


# Blocks


def heading(text: Words) -> Block:
    return {"kind": "heading", "text": str(text)}


def paragraph(text: Words, *, language: str = "") -> Block:
    """`language` where it isn't that of the report. Line breaks stay."""
    return {"kind": "paragraph", "text": str(text), "language": language}


def note(text: Words) -> Block:
    """What one must know to read the figures beside it."""
    return {"kind": "note", "text": str(text)}


def facts(items: Sequence[tuple[Words, str]]) -> Block:
    """A few figures, large: (what, how much)."""
    return {"kind": "facts", "items": [[str(label), value] for label, value in items]}


def table(
    caption: Words, heads: Sequence[Words], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> Block:
    """`numbers`: the columns set to the right. The first column names the row."""
    return {
        "kind": "table",
        "caption": str(caption),
        "heads": [str(head) for head in heads],
        "rows": [list(row) for row in rows],
        "numbers": list(numbers),
    }


def bars(caption: Words, unit: Words, rows: Sequence[tuple[str, int | None, str]], *, first: Words = "") -> Block:
    """A bar chart with its table: (label, value or None where it is hidden, the value in words)."""
    return {
        "kind": "bars",
        "caption": str(caption),
        "first": str(first),
        "unit": str(unit),
        "rows": [list(row) for row in rows],
    }


def entry(
    title: str,
    *,
    language: str = "",
    facts: Sequence[str] = (),
    status: str = "",
    text: str = "",
    said: Sequence[Mapping[str, str]] = (),
    address: str = "",
) -> Block:
    """One thing somebody proposed: `facts` in a line, `text` in its own language, and what was said to it: {label, text, language}."""
    return {
        "kind": "entry",
        "title": title,
        "language": language,
        "facts": list(facts),
        "status": status,
        "text": text,
        "said": [dict(each) for each in said],
        "address": address,
    }
