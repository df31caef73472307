"""A state of the past as a file: the plain data as it was kept (json), or a row per project (csv, xlsx)."""

import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from zenne.core.clock import at_brussels
from zenne.core.languages import LANGUAGES
from zenne.opendata.exports.enums import Sheet
from zenne.opendata.exports.kinds import Column, Row
from zenne.opendata.exports.writing import shown, writer

from .versions import Data

LAST_MOMENT = time(23, 59, 59, 999_999)
TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def end_of(day: date) -> datetime:
    """The last moment of a day in Brussels."""
    return at_brussels(day, LAST_MOMENT)


def file_of(data: Data, form: str, name: str) -> HttpResponse:
    """`data` is the whole plan: its frame and its projects. `form` is one of TYPES."""
    if form == "json":
        content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    else:
        content = _sheet(data["projects"], Sheet(form))
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _sheet(projects: list[Data], sheet: Sheet) -> bytes:
    with tempfile.TemporaryDirectory(prefix="zenne-plan-") as folder:
        path = Path(folder) / f"plan.{sheet.value}"
        file = writer(path, sheet, _columns())
        for row in _rows(projects):
            file.row([shown(cell) for cell in row])
        file.close()
        return path.read_bytes()


def _columns() -> list[Column]:
    return [
        Column("number", _("Number")),
        Column("slug", _("Address")),
        Column("domain", _("Domain")),
        *(Column(f"title_{code}", f"{_('Title')} ({code})") for code in LANGUAGES),
        *(Column(f"summary_{code}", f"{_('In short')} ({code})") for code in LANGUAGES),
        Column("state", _("State")),
        Column("state_since", _("Since")),
        Column("health", _("How it does")),
        Column("carrier", _("Carried by")),
        Column("starts_on", _("From")),
        Column("ends_on", _("Until")),
        Column("objectives", _("Objectives")),
        Column("areas", _("Communes and districts")),
        Column("planned", _("Planned (€)")),
        Column("committed", _("Committed (€)")),
        Column("spent", _("Spent (€)")),
        Column("milestones", _("Milestones")),
        Column("milestones_done", _("Milestones done")),
        Column("indicators", _("Indicators")),
    ]


def _rows(projects: list[Data]) -> Iterator[Row]:
    for each in projects:
        yield [
            each["number"],
            each["slug"],
            each["domain"],
            *(each["title"].get(code, "") for code in LANGUAGES),
            *(each["summary"].get(code, "") for code in LANGUAGES),
            each["state"],
            each["state_since"],
            each["health"],
            each["carrier"] or "",
            each["starts_on"] or "",
            each["ends_on"] or "",
            ", ".join(each["objectives"]),
            ", ".join(each["areas"]),
            *(_euros(each, name) for name in ("planned_cents", "committed_cents", "spent_cents")),
            len(each["milestones"]),
            sum(row["done_on"] is not None for row in each["milestones"]),
            ", ".join(each["indicators"]),
        ]


def _euros(project: dict[str, Any], name: str) -> str:
    """To the cent, with a point: what a program reads."""
    cents = sum(row[name] for row in project["lines"])
    return f"{cents // 100}.{cents % 100:02}"
