"""A panel is formed, renewed by halves, and ended."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, missing, text_in
from zenne.participation.processes.models import Process
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..enums import End, PanelState, SeatState
from ..errors import ReasonNeeded
from ..models import Panel, Seat, Term
from ..models.panel import MOST_CENTS, MOST_SEATS
from ..queries import taken
from ..rules import day_of, may_arrange
from .holding import Words, fill_group, held_at_work, new_group, note, write

FIELDS = frozenset({"size", "allowance"})


@transaction.atomic
def form(
    process: Process,
    *,
    name: Words,
    mandate: Words,
    size: int,
    terms: Sequence[tuple[date, date]],
    allowance: int = 0,
    by: Person | None,
    now: datetime,
) -> Panel:
    """A new panel of `size` seats, none taken yet. `terms` are (first day, last day) pairs, both included: one, or two that end apart for
    a panel renewed by halves; seats are then given to them in turn. `by=None` is the platform itself (a draw)."""
    panel = Panel(process=process, size=size, allowance=allowance, formed_at=now)
    if by is not None:
        require(may_arrange(by, panel))
    write(panel, name=name, mandate=mandate)
    _check(panel)
    if not terms:
        raise Invalid(_("Give at least one term."))
    names = filter(None, (text_in(panel, "name", code) for code in LANGUAGES))
    panel.group = new_group(panel, list(dict.fromkeys(names)))
    panel.save()
    for begins_on, ends_on in terms:
        _open_term(panel, begins_on, ends_on)
    note("panel.formed", panel, panel, by, now, size=size)
    return panel


@transaction.atomic
def change_panel(
    panel: Panel,
    *,
    values: Mapping[str, int],
    name: Words | None = None,
    mandate: Words | None = None,
    by: Person,
    now: datetime,
) -> Panel:
    """Other words, another size, another allowance: for the meetings whose attendance is taken from now on."""
    if unknown := set(values) - FIELDS:
        raise TypeError(f"a panel has no {', '.join(sorted(unknown))}")
    panel = held_at_work(panel)
    require(may_arrange(by, panel))
    changed = sorted(field for field, value in values.items() if getattr(panel, field) != value)
    before = {field: getattr(panel, field) for field in changed}
    for field in changed:
        setattr(panel, field, values[field])
    rewritten = write(panel, name=name, mandate=mandate)
    _check(panel)
    if panel.size < (sat := taken(panel).filter(term__ends_on__gte=day_of(now)).count()) and "size" in changed:
        raise Invalid(_("%(number)s seats are taken: the panel cannot be smaller.") % {"number": sat})
    if changed or rewritten:
        panel.save()
        after = {field: values[field] for field in changed}
        note("panel.changed", panel, panel, by, now, fields=[*changed, *rewritten], before=before, after=after)
    return panel


@transaction.atomic
def renew(panel: Panel, *, begins_on: date, ends_on: date, by: Person | None, now: datetime) -> Term:
    """A new term, for the seats that a new draw brings. They join those whose terms go on."""
    panel = held_at_work(panel)
    if by is not None:
        require(may_arrange(by, panel))
    term = _open_term(panel, begins_on, ends_on)
    days = {"begins_on": begins_on.isoformat(), "ends_on": ends_on.isoformat()}
    note("panel.renewed", panel, panel, by, now, term=term.number, **days)
    return term


@transaction.atomic
def split_term(term: Term, *, ends_on: date, by: Person, now: datetime) -> Term:
    """Let half of the seats end on another day: every second one by number, beginning with the second. Numbers follow the draw, so
    that chance has chosen the halves already and nobody else does."""
    panel = held_at_work(term.panel)
    require(may_arrange(by, panel))
    term = Term.objects.get(pk=term.pk)
    if ends_on == term.ends_on:
        raise Invalid(_("The other half needs another last day."))
    if ends_on < day_of(now):
        raise Invalid(_("A term cannot end in the past."))
    rows = list(Seat.objects.select_for_update().filter(term=term, state=SeatState.SEATED).order_by("number"))
    if len(rows) < 2:
        raise Invalid(_("There are not two seats to part."))
    other = _open_term(panel, term.begins_on, ends_on)
    moved = [seat.pk for seat in rows[1::2]]
    Seat.objects.filter(pk__in=moved).update(term=other)
    numbers = [seat.number for seat in rows[1::2]]
    note("panel.split", panel, panel, by, now, term=other.number, seats=numbers, ends_on=ends_on.isoformat())
    return other


@transaction.atomic
def dissolve(panel: Panel, *, reason: str, by: Person, now: datetime) -> Panel:
    """End the panel and every seat. What it made stays readable."""
    panel = held_at_work(panel)
    require(may_arrange(by, panel))
    if not reason.strip():
        raise ReasonNeeded(_("Give the reason: everyone can read it."))
    panel.state, panel.ended_at, panel.reason = PanelState.ENDED, now, reason.strip()[:2000]
    panel.save(update_fields=["state", "ended_at", "reason"])
    Seat.objects.filter(panel=panel, state=SeatState.SEATED).update(
        state=SeatState.ENDED, ended_at=now, end=End.DISSOLVED, reason=panel.reason[:1000]
    )
    fill_group(panel, now)
    note("panel.ended", panel, panel, by, now)
    return panel


def _check(panel: Panel) -> None:
    if missing(panel, ["name"], panel.process.organisation.languages):
        raise Invalid(_("Give the panel its name in every language that your organisation promises."))
    if not 1 <= panel.size <= MOST_SEATS:
        raise Invalid(_("A panel has between 1 and %(most)s seats.") % {"most": MOST_SEATS})
    if not 0 <= panel.allowance <= MOST_CENTS:
        raise Invalid(_("An allowance is between 0 and %(most)s euros.") % {"most": MOST_CENTS // 100})


def _open_term(panel: Panel, begins_on: date, ends_on: date) -> Term:
    if ends_on < begins_on:
        raise Invalid(_("A term ends after it begins."))
    last = panel.terms.aggregate(last=Max("number"))["last"] or 0
    return Term.objects.create(panel=panel, number=last + 1, begins_on=begins_on, ends_on=ends_on)
