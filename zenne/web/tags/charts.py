"""Charts, drawn by the server. Each is a picture with a spoken summary, and has all its numbers in a table under it.

Words are HTML and keep their size; only bars and lines are SVG. A value of None is hidden (a group too small to show): it is drawn as a
hatched stub and said to be hidden, never as nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .words import grouped

register = template.Library()

MOST_DOTS = 31  # from here on the points of a line stand too close to be marked one by one
STUB = "4"  # percent of the width that a hidden bar gets

Value = int | float | None


def said(value: Value, text: object = None) -> str:
    """A value as people read it."""
    if value is None:
        return pgettext("number", "hidden")
    return str(text) if text is not None else str(grouped(value))


def pattern_id(label: str, at: int) -> str:
    """The name of a pattern: the same for the same chart, other ones for other charts of a page."""
    return f"pattern-{crc32(label.encode()):x}-{at}"


@register.simple_tag
def bars(
    rows: Sequence[Mapping[str, Any]],
    label: str,
    unit: str = "",
    caption: str = "",
    first: str = "",
    columns: Sequence[str] = (),
    download: str = "",
) -> SafeString:
    """A bar chart: [{label, value, category, text}], drawn in the order given.

    A row may have `more` values, shown in the table under `columns`; a `folded` row stands in the table only. `first` names what the rows
    are, `download` is the address of the table.
    """
    most = max((row["value"] or 0 for row in rows), default=0)
    drawn = [
        {
            "label": row["label"],
            "category": row.get("category"),
            "text": said(row["value"], row.get("text")),
            "hidden": row["value"] is None,
            "percent": STUB if row["value"] is None else f"{row['value'] / most * 100:.1f}" if most else "0",
        }
        for row in rows
        if not row.get("folded")
    ]
    lines = [
        (row["label"], [said(row["value"], row.get("text")), *(said(value) for value in row.get("more", ()))])
        for row in rows
    ]
    given = {
        "rows": drawn,
        "pattern": pattern_id(label, 0),
        "summary": _spoken(
            label, [(row["label"], row["value"]) for row in rows], [values[0] for _name, values in lines]
        ),
        "table": _table(label, first or label, [unit or pgettext("how many", "Number"), *columns], lines, download),
        "caption": caption,
    }
    return render_to_string("web/components/bars.html", given)


@register.simple_tag
def stacked(
    rows: Sequence[Mapping[str, Any]],
    label: str,
    parts: Sequence[Mapping[str, Any]],
    caption: str = "",
    first: str = "",
    download: str = "",
) -> SafeString:
    """Bars made of parts: rows [{label, values}], one value per part [{label, category}]. Each part has a colour and a pattern of its own."""
    most = max((sum(value or 0 for value in row["values"]) for row in rows), default=0)
    drawn = []
    for row in rows:
        x, pieces = 0.0, []
        for at, value in enumerate(row["values"]):
            width = (value or 0) / most * 100 if most else 0
            if width:
                pieces.append(
                    {"x": f"{x:.2f}", "width": f"{width:.2f}", "part": at, "category": parts[at].get("category")}
                )
            x += width
        whole = said(sum(value or 0 for value in row["values"]))
        drawn.append({"label": row["label"], "pieces": pieces, "text": whole})
    spoken = [
        f"{row['label']}: "
        + ", ".join(f"{part['label']} {said(value)}" for part, value in zip(parts, row["values"], strict=True))
        for row in rows
    ]
    given = {
        "rows": drawn,
        "parts": [
            {**part, "category": part.get("category"), "at": at, "pattern": pattern_id(label, at)}
            for at, part in enumerate(parts)
        ],
        "pattern": pattern_id(label, 0).removesuffix("0"),
        "summary": f"{label}. {'; '.join(spoken)}.",
        "table": _table(
            label,
            first or label,
            [str(part["label"]) for part in parts],
            [(row["label"], [said(value) for value in row["values"]]) for row in rows],
            download,
        ),
        "caption": caption,
    }
    return render_to_string("web/components/stacked.html", given)


@register.simple_tag
def days(
    points: Sequence[tuple[str, Value]],
    label: str,
    unit: str = "",
    caption: str = "",
    first: str = "",
    download: str = "",
) -> SafeString:
    """A line over time: (name of the day, value) in order. Where a value is hidden the line is broken."""
    values = [value for _name, value in points]
    most = nice_ceiling(max((value for value in values if value is not None), default=0))
    step = 100 / max(1, len(points) - 1)
    runs: list[list[str]] = [[]]
    gone = []
    for at, value in enumerate(values):
        x = at * step if len(points) > 1 else 50
        if value is None:
            gone.append(f"M{x:.1f} 100h0")
            runs.append([])
        else:
            runs[-1].append(f"{x:.1f} {100 - value / most * 100:.1f}")
    known = [run for run in runs if run]
    given = {
        "first": points[0][0] if points else "",
        "last": points[-1][0] if len(points) > 1 else "",
        "curve": "".join("M" + "L".join(run) for run in known),
        "area": "".join(
            f"M{run[0].split()[0]} 100L{'L'.join(run)}L{run[-1].split()[0]} 100Z" for run in known if len(run) > 1
        ),
        "dots": "".join(f"M{point}h0" for run in known for point in run) if len(points) <= MOST_DOTS else "",
        "gone": "".join(gone),
        "scale": [most * quarters // 4 for quarters in (4, 3, 2, 1, 0)],
        "grid": "M0 0H100M0 25H100M0 50H100M0 75H100M0 100H100",
        "summary": _spoken(label, points, [said(value) for value in values]),
        "table": _table(
            label,
            first or _("Day"),
            [unit or pgettext("how many", "Number")],
            [(name, [said(value)]) for name, value in points],
            download,
        ),
        "caption": caption,
    }
    return render_to_string("web/components/days.html", given)


@register.simple_tag
def pairs(
    rows: Sequence[Mapping[str, Any]],
    label: str,
    one: str,
    other: str,
    caption: str = "",
    first: str = "",
    between: str = "",
    download: str = "",
) -> SafeString:
    """Two shares side by side: [{label, one, other, low, high}] in percent; `other` may be hidden. `low` to `high` is drawn as a whisker.
    A `folded` row stands in the table only.

    `between` heads the column of those bounds in the table.
    """
    most = max((part or 0 for row in rows for part in (row["one"], row["other"], row.get("high"))), default=0)
    pairs = [_pair(row, most) for row in rows]
    lines = [
        (pair["label"], [pair["one_text"], pair["other_text"], *([pair["bounds"]] if between else [])])
        for pair in pairs
    ]
    drawn = [pair for pair in pairs if not pair["folded"]]
    spoken = "; ".join(f"{pair['label']}: {one} {pair['one_text']}, {other} {pair['other_text']}" for pair in drawn)
    given = {
        "rows": drawn,
        "one": one,
        "other": other,
        "pattern": pattern_id(label, 0),
        "summary": f"{label}. {spoken}.",
        "table": _table(label, first or label, [one, other, *([between] if between else [])], lines, download),
        "caption": caption,
    }
    return render_to_string("web/components/pairs.html", given)


def _pair(row: Mapping[str, Any], most: float) -> dict[str, Any]:
    """One row of `pairs`: how wide it is drawn in percent of the widest, and what it says."""

    def wide(value: Value) -> str:
        return f"{(value or 0) / most * 100:.1f}" if most else "0"

    def percent(value: Value) -> str:
        return said(value, _("%(number)d %%") % {"number": round(value)} if value is not None else None)

    low, high = row.get("low"), row.get("high")
    bounds = _("%(low)d to %(high)d %%") % {"low": round(low), "high": round(high or 0)} if low is not None else "–"
    return {
        "label": row["label"],
        "one": wide(row["one"]),
        "other": STUB if row["other"] is None else wide(row["other"]),
        "hidden": row["other"] is None,
        "low": wide(low) if low is not None else "",
        "high": wide(high),
        "one_text": percent(row["one"]),
        "other_text": percent(row["other"]),
        "bounds": bounds,
        "folded": row.get("folded", False),
    }


def _table(
    label: str, first: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], download: str
) -> dict[str, Any]:
    return {"label": label, "first": first, "columns": columns, "rows": rows, "download": download}


def _spoken(label: str, values: Sequence[tuple[Any, Value]], texts: Sequence[str]) -> str:
    """What a picture of bars or of a line says at one glance: how many there are, the highest and the lowest."""
    known = [(value, at) for at, (_name, value) in enumerate(values) if value is not None]
    if not known:
        return _("%(label)s: nothing to show.") % {"label": label}
    highest, lowest = max(known, key=lambda pair: (pair[0], -pair[1]))[1], min(known)[1]
    if len(known) == 1 or known[0][0] == max(known)[0] == min(known)[0]:
        return _("%(label)s. %(name)s: %(value)s.") % {
            "label": label,
            "name": values[highest][0],
            "value": texts[highest],
        }
    words = _("%(label)s. %(count)d values. Highest: %(high)s, %(most)s. Lowest: %(low)s, %(least)s.") % {
        "label": label,
        "count": len(values),
        "high": values[highest][0],
        "most": texts[highest],
        "low": values[lowest][0],
        "least": texts[lowest],
    }
    hidden = len(values) - len(known)
    gone = _("Hidden: %(number)d.") % {"number": hidden}
    return f"{words} {gone}" if hidden else words


def nice_ceiling(value: float) -> int:
    """The next number whose quarters are round: 4, 8, 12, 16, 20, 24, 32, 40, 80, … 320, 400."""
    power = 1
    while True:
        for quarter in (1, 2, 3, 4, 5, 6, 8):
            if 4 * quarter * power >= value:
                return 4 * quarter * power
        power *= 10
