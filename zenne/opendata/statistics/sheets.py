"""A table of a board as a file, as it is shown: what is hidden on the page is empty in CSV and null in JSON."""

import csv
import io
import json
from typing import Any

from .boards import Board, Table

DANGEROUS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
)  # a spreadsheet would take such a text for a formula (OWASP, CSV injection)


def plain(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(table: Table) -> str:
    """With a mark that it is UTF-8 and semicolons, as spreadsheets in Belgium read it."""
    written = io.StringIO()
    written.write("\ufeff")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([plain(table.first), *(plain(column.label) for column in table.columns)])
    for row in table.rows:
        writer.writerow([plain(row.label), *("" if value is None else value for value in row.values)])
    return written.getvalue()


def as_json(board: Board, table: Table) -> str:
    found: dict[str, Any] = {
        "scope": {"kind": board.scope.kind.value, "key": board.scope.key},
        "period": str(board.period.value),
        "counted_at": board.counted_at.isoformat(),
        "table": table.key,
        "title": table.title,
        "hidden_below": 10,
        "columns": [{"key": column.key, "label": column.label} for column in table.columns],
        "rows": [
            {
                "key": row.key,
                "label": row.label,
                "values": {column.key: value for column, value in zip(table.columns, row.values, strict=True)},
            }
            for row in table.rows
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
