"""A board as its page shows it: charts with their words, periods to choose from."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zenne.web.tags.charts import said
from zenne.web.tags.words import grouped

from .boards import Board, Table, Total
from .clocks import Kept
from .comparing import Comparison, Group
from .counting import PEOPLE
from .enums import DAYS, Period, Trait
from .queries import TIME, band_name

AROUND_PEOPLE = ("people-age", "people-gender", "people-place")
FEW_ROWS = 12


@dataclass(frozen=True)
class Chart:
    """What the template hands to a chart's tag."""

    title: str
    table: Table
    rows: list[dict[str, Any]]
    points: list[tuple[str, int | None]]
    unit: str
    columns: list[str]
    download: str
    hides: bool


def periods(chosen: Period) -> list[dict[str, Any]]:
    return [{"label": period.label, "url": f"?period={period.value}", "current": period == chosen} for period in Period]


def totals(board: Board) -> list[dict[str, Any]]:
    """The tiles on top: a figure, what it is of, and how it moved."""
    return [
        {"label": total.label, "icon": total.icon, "value": _number(total), "change": change(total, board.period)}
        for total in board.totals
    ]


def _number(total: Total) -> str:
    return _("fewer than 10") if total.number is None else str(grouped(total.number))


def change(total: Total, period: Period) -> str:
    """How a figure moved, in words. Nothing where a small group would show through the difference."""
    if total.other is None or total.number is None:
        return ""
    if period == Period.ALL:
        return _("%(number)s in the last 30 days") % {"number": f"+{grouped(total.other)}"} if total.other else ""
    days = DAYS[period]
    return ngettext("%(number)s in the day before", "%(number)s in the %(days)d days before", days) % {
        "number": grouped(total.other),
        "days": days,
    }


def over_time(board: Board, base: str) -> list[Chart]:
    """A line for each measure, each on its own scale: supports would flatten ideas."""
    charts = []
    for table in (found for key in (TIME, "first_time", "visits") for found in board.tables if found.key == key):
        for at, column in enumerate(table.columns):
            points = [(row.label, row.values[at]) for row in table.rows]
            title = table.title if table.key == "first_time" else column.label
            charts.append(_chart(table, title, points=points, unit=column.label, download=_file(base, table, board)))
    return charts


def splits(board: Board, base: str) -> list[Chart]:
    """A bar for each value of a split, by its first measure; the others stand in the table."""
    apart = {TIME, "first_time", "visits", *AROUND_PEOPLE}
    return [_bars(table, base, board) for table in board.tables if table.key not in apart]


def people(board: Board, base: str) -> list[Chart]:
    return [_bars(table, base, board) for table in board.tables if table.key in AROUND_PEOPLE]


def _bars(table: Table, base: str, board: Board) -> Chart:
    rows = [
        {
            "label": row.label,
            "value": row.values[0],
            "more": row.values[1:],
            "category": row.category,
            "folded": len(table.rows) > FEW_ROWS and (row.values[0] is None or at >= FEW_ROWS),
        }
        for at, row in enumerate(table.rows)
    ]
    return _chart(table, table.title, rows=rows, unit=table.columns[0].label, download=_file(base, table, board))


def _chart(table: Table, title: str, **given: Any) -> Chart:
    filled = {"rows": [], "points": [], "unit": "", "download": "", **given}
    columns = [column.label for column in table.columns[1:]] if filled["rows"] else []
    values = [value for _name, value in filled["points"]] + [
        value for row in filled["rows"] for value in (row["value"], *row["more"])
    ]
    return Chart(title=title, table=table, columns=columns, hides=None in values, **filled)


def _file(base: str, table: Table, board: Board) -> str:
    """The address of a table without the kind of file behind it; the period stands in the path."""
    return f"{base}{board.period.value}/{table.key}"


def compared(comparison: Comparison) -> dict[str, Any]:
    """One comparison: its sentences, and the pairs of shares."""
    return {
        "one": comparison,
        "lead": _known(comparison),
        "sentences": comparison.sentences,
        "spread": _spread(comparison),
        "rows": [
            {
                "label": _short(comparison, group),
                "one": group.area,
                "other": group.part,
                "low": group.low,
                "high": group.high,
                "folded": group.part is None and len(comparison.groups) > FEW_ROWS,
            }
            for group in comparison.groups
        ]
        if comparison.enough
        else [],
        "hides": any(group.part is None for group in comparison.groups),
    }


def _short(comparison: Comparison, group: Group) -> str:
    """What a group is called beside its bar."""
    return band_name(int(group.key)) if comparison.trait == Trait.AGE else group.label


def _known(comparison: Comparison) -> str:
    """First of all, of how many nothing is known."""
    if comparison.unknown_percent is None:
        return _("Of fewer than 10 of those who took part, or of hardly more, this is not known.")
    if comparison.unknown_percent == 0:
        return _("This is known of everybody who took part.")
    return _(
        "Of %(percent)d %% of those who took part, this is not known: they did not say, or do not want it counted."
    ) % {"percent": comparison.unknown_percent}


def _spread(comparison: Comparison) -> str:
    if comparison.different_percent is None or comparison.by_chance_percent is None:
        return ""
    return _(
        "To mirror the inhabitants, %(different)d of every 100 people would have to be of another group. Had chance alone decided who "
        "takes part, it would be about %(chance)d."
    ) % {"different": comparison.different_percent, "chance": comparison.by_chance_percent}


PARTS = (1, 4, 2, 5)


def answers(clock: Kept) -> dict[str, Any]:
    """One clock: a bar of four parts and its sentences."""
    labels = (
        pgettext("answers", "In time"),
        pgettext("answers", "Too late"),
        pgettext("answers", "Waiting"),
        pgettext("answers", "Waiting too long"),
    )
    values = [clock.in_time, clock.too_late, clock.waiting - clock.overdue, clock.overdue]
    sentences = []
    if clock.answered and clock.median_answer is not None:
        sentences.append(_("Half of the answers came within %(days)s days.") % {"days": _days(clock.median_answer)})
    if clock.overdue and clock.median_overdue is not None:
        sentences.append(
            ngettext(
                "%(number)s is waiting for longer than was promised, by %(days)s days.",
                "%(number)s are waiting for longer than was promised; half of them are late by more than %(days)s days.",
                clock.overdue,
            )
            % {"number": grouped(clock.overdue), "days": _days(clock.median_overdue)}
        )
    elif clock.waiting:
        sentences.append(_("Nothing waits for longer than was promised."))
    return {
        "clock": clock,
        "rows": [{"label": clock.label, "values": values}],
        "parts": [{"label": label, "category": hue} for label, hue in zip(labels, PARTS, strict=True)],
        "sentences": sentences,
        "rest": clock.overdue - len(clock.late),
    }


def _days(number: float) -> str:
    return str(grouped(max(1, round(number))))


def page(board: Board, base: str) -> dict[str, Any]:
    """Everything that the template of a board needs. `base` is the address of the page, with a slash at its end."""
    return {
        "board": board,
        "periods": periods(board.period),
        "totals": totals(board),
        "over_time": over_time(board, base),
        "splits": splits(board, base),
        "people": people(board, base),
        "comparisons": [compared(one) for one in board.comparisons],
        "clocks": [answers(clock) for clock in board.clocks],
        "took_part": next((total.number for total in board.totals if total.key == PEOPLE), 0),
    }


def staff(board: Board) -> dict[str, Any]:
    """The same for the back office: tables only, the answers first."""
    return {
        "board": board,
        "periods": periods(board.period),
        "totals": totals(board),
        "clocks": [answers(clock) for clock in board.clocks],
        "comparisons": [compared(one) for one in board.comparisons],
        "tables": [
            {"table": table, "rows": [(row.label, [said(value) for value in row.values]) for row in table.rows]}
            for table in board.tables
        ],
    }
