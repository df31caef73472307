"""Ideas as rows of a spreadsheet: the columns, and the two kinds of file. No column holds an e-mail address."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels

from .enums import Channel, IdeaState, Sheet
from .models import Idea, OfficialAnswer, StatusChange, Tag
from .queries.clock import days_without_answer, is_late

Cell = str | int | float | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
UNWRITABLE = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")
LONGEST_CELL = 32_000
STEP = 500


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    value: Callable[[Idea, datetime], Any]


def _moment(moment: datetime | None) -> str:
    return in_brussels(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def _answer(idea: Idea) -> str:
    latest: OfficialAnswer | None = next(iter(idea.answers.all()), None)
    return latest.body_i18n or "" if latest else ""


def _reason(idea: Idea) -> str:
    changes: list[StatusChange] = list(idea.changes.all())
    return changes[-1].reason_i18n or "" if changes else ""


def _waits(idea: Idea, now: datetime) -> int | str:
    return days_without_answer(idea, now) if idea.listed and idea.answered_at is None else ""


COLUMNS: tuple[Column, ...] = (
    Column("number", _("Number"), lambda idea, now: idea.pk),
    Column("process", _("Process"), lambda idea, now: str(idea.process)),
    Column("activity", _("Call"), lambda idea, now: str(idea.activity)),
    Column("theme", _("Theme"), lambda idea, now: str(idea.theme.title_i18n) if idea.theme else ""),
    Column("title", _("Title"), lambda idea, now: idea.title),
    Column("text", _("Text"), lambda idea, now: idea.text),
    Column("language", _("Language"), lambda idea, now: idea.language),
    Column("author", _("Author"), lambda idea, now: idea.byline),
    Column("channel", _("Channel"), lambda idea, now: str(Channel(idea.channel).label)),
    Column("state", _("State"), lambda idea, now: str(IdeaState(idea.state).label)),
    Column("reason", _("Reason of the last step"), lambda idea, now: _reason(idea)),
    Column("sent", _("Sent"), lambda idea, now: _moment(idea.submitted_at)),
    Column("published", _("Published"), lambda idea, now: _moment(idea.published_at)),
    Column("answered", _("Answered"), lambda idea, now: _moment(idea.answered_at)),
    Column("waits", _("Days without an answer"), _waits),
    Column("late", _("Late"), lambda idea, now: str(_("yes")) if is_late(idea, now) else ""),
    Column("answer", _("Official answer"), lambda idea, now: _answer(idea)),
    Column("supports", _("Supports"), lambda idea, now: idea.support_count),
    Column("oppositions", _("Oppositions"), lambda idea, now: idea.oppose_count),
    Column("comments", _("Comments"), lambda idea, now: idea.comment_count),
    Column("address", _("Address"), lambda idea, now: idea.address),
    Column("commune", _("Commune"), lambda idea, now: str(idea.commune) if idea.commune else ""),
    Column("longitude", _("Longitude"), lambda idea, now: idea.lon),
    Column("latitude", _("Latitude"), lambda idea, now: idea.lat),
    Column("assigned", _("Assigned to"), lambda idea, now: str(idea.assigned_to or "")),
    Column("tags", _("Tags"), lambda idea, now: ", ".join(tag.name for tag in idea.tags.all())),
    Column("merged", _("Merged into number"), lambda idea, now: idea.merged_into_id),
    Column("page", _("Page"), lambda idea, now: idea.get_absolute_url()),
)


def with_everything(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """With what the columns read, in a number of queries that does not depend on the rows of one step."""
    return ideas.prefetch_related(
        Prefetch("answers", OfficialAnswer.objects.order_by("idea_id", "-number")),
        Prefetch("changes", StatusChange.objects.order_by("idea_id", "changed_at", "id")),
        Prefetch("tags", Tag.objects.order_by("name", "id")),
    )


def rows(ideas: QuerySet[Idea], now: datetime) -> Iterator[list[Cell]]:
    """A row per idea, from the highest number down. Read in steps by key: memory and time grow with the step, not with the list."""
    ideas = with_everything(ideas)
    last: int | None = None
    while True:
        step = list((ideas if last is None else ideas.filter(pk__lt=last)).order_by("-pk")[:STEP])
        for idea in step:
            yield [_shown(column.value(idea, now)) for column in COLUMNS]
        if len(step) < STEP:
            return
        last = step[-1].pk


def _shown(value: Any) -> Cell:
    """What people wrote must not run as a formula when the file is opened; nor may it carry characters no file can hold."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value).translate(UNWRITABLE)[:LONGEST_CELL]
    return f"'{text}" if text.startswith(FORMULA) else text


def write(path: Path, sheet: Sheet, lines: Iterable[list[Cell]]) -> None:
    """Write the columns' names and `lines` into a file at `path`."""
    names: list[Cell] = [str(column.label) for column in COLUMNS]
    (_write_xlsx if sheet == Sheet.XLSX else _write_csv)(path, names, lines)


def _write_csv(path: Path, names: list[Cell], lines: Iterable[list[Cell]]) -> None:
    """With a byte order mark and semicolons: what Excel in Belgium opens as it should."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(names)
        writer.writerows(lines)


def _write_xlsx(path: Path, names: list[Cell], lines: Iterable[list[Cell]]) -> None:
    plain = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), plain) as book:
        page = book.add_worksheet()
        page.freeze_panes(1, 0)
        for column, name in enumerate(names):
            page.write_string(0, column, str(name), book.add_format({"bold": True}))
        for row, line in enumerate(lines, 1):
            for column, cell in enumerate(line):
                if isinstance(cell, str):
                    page.write_string(row, column, cell)
                elif cell is not None:
                    page.write_number(row, column, cell)
