"""What templates show of a report: the blocks of its data, in pieces that a page can draw."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from .models import Edition, Report
from .queries import content

# a page that is read on a phone; the PDF and the data have all of them
ROWS = 200


def page(report: Report, edition: Edition | None) -> dict[str, Any]:
    """The whole report. Each block knows its template; long tables are cut, and say so."""
    if edition is None:
        return {"report": report, "edition": None, "data": {}, "chapters": []}
    data = content(edition)
    return {"report": report, "edition": edition, "data": data, "chapters": drawn(data["chapters"])}


def drawn(chapters: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Chapters of plain blocks, of a report or of anything else that is printed, as a page draws them."""
    return [{**chapter, "blocks": [_block(block) for block in chapter["blocks"]]} for chapter in chapters]


def _block(block: dict[str, Any]) -> dict[str, Any]:
    shown = {**block, "template": f"participation/reporting/blocks/{block['kind']}.html"}
    match block["kind"]:
        case "facts":
            shown["items"] = [{"label": label, "value": value} for label, value in block["items"]]
        case "bars":
            shown["rows"] = [
                {"label": label, "value": value or 0, "text": text} for label, value, text in block["rows"]
            ]
        case "table":
            shown["rows"], shown["left"] = block["rows"][:ROWS], max(0, len(block["rows"]) - ROWS)
            shown["cells"] = [
                [(cell, at in block["numbers"], at == 0) for at, cell in enumerate(row)] for row in shown["rows"]
            ]
            shown["columns"] = [(head, at in block["numbers"]) for at, head in enumerate(block["heads"])]
    return shown


def file_name(report: Report, edition: Edition, ending: str) -> str:
    return f"{slugify(report.process.slug)}-{report.number}-{edition.language}.{ending}"
