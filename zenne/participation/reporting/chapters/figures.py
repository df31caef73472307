"""The figures of the process as `opendata.statistics` counts them, and how far those who took part are from those who live there."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from zenne.opendata.statistics import queries as statistics
from zenne.opendata.statistics.enums import Period
from zenne.opendata.statistics.kinds import Scope
from zenne.web.tags.words import grouped

from ..kinds import Block, Frozen, bars, facts, heading, note, paragraph, table

# what changes from one reading to the next says little on paper
LEFT_OUT = frozenset({"first_time", "visits-page", "visits-language"})
LONGEST = 30


def write(frozen: Frozen) -> list[Block]:
    board = statistics.board(Scope.process(frozen.process.pk), Period.ALL, now=frozen.moment)
    if board.empty:
        return []
    blocks: list[Block] = [facts([(total.label, said(total.number)) for total in board.totals if total.number != 0])]
    for each in board.tables:
        if each.key not in LEFT_OUT:
            blocks += told(each)
    if board.comparisons:
        blocks += _comparisons(board.comparisons)
    if any(each.hides for each in board.tables):
        blocks.append(
            note(_("Figures about fewer than 10 people are not given, nor those from which they could be computed."))
        )
    return blocks


def said(number: int | None) -> str:
    return _("fewer than 10") if number is None else grouped(number)


def told(one: statistics.Table) -> list[Block]:
    """One table in blocks, without the columns that are nothing but zeros; nothing where all are."""
    rows = one.rows[-LONGEST:] if one.key in ("time", "visits") else one.rows[:LONGEST]
    kept = [at for at in range(len(one.columns)) if any(row.values[at] != 0 for row in rows)]
    if not kept:
        return []
    if len(kept) == 1:
        at = kept[0]
        made = bars(
            one.title,
            one.columns[at].label,
            [(row.label, row.values[at], said(row.values[at])) for row in rows],
            first=one.first,
        )
    else:
        heads = [one.first, *(one.columns[at].label for at in kept)]
        lines = [[row.label, *(said(row.values[at]) for at in kept)] for row in rows]
        made = table(one.title, heads, lines, numbers=range(1, len(heads)))
    left = len(one.rows) - len(rows)
    more = (
        [note(_("%(number)s more rows stand in the open data of the project.") % {"number": grouped(left)})]
        if left
        else []
    )
    return [heading(one.title), made, *more]


def _comparisons(comparisons: Iterable[Any]) -> list[Block]:
    blocks = [heading(_("Those who took part beside those who live there"))]
    for one in comparisons:
        blocks += [paragraph(sentence) for sentence in one.sentences]
        rows = [
            [group.label, _percent(group.area), _percent(group.part) if group.part is not None else said(None)]
            for group in one.groups
        ]
        heads = [
            one.title,
            _("Share of those who live in %(area)s") % {"area": one.area},
            _("Share of those who took part"),
        ]
        blocks.append(table(one.title, heads, rows, numbers=(1, 2)))
    return blocks


def _percent(share: float) -> str:
    return f"{round(share)} %"
