"""What pages show of a panel: rows made into plain words once, here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zenne.core.languages import shown

from . import queries
from .differing import Piece, pieces
from .enums import AmendmentState, Change, DraftState
from .models import Amendment, Draft, Panel, Seat, StrawPoll, StrawVoice, Version
from .rules import Visitor, day_of, seat_of, serves, shows_result

DRAFT_KINDS = {
    DraftState.WRITING: "info",
    DraftState.AMENDING: "warn",
    DraftState.ISSUED: "ok",
    DraftState.SET_ASIDE: "",
}
AMENDMENT_KINDS = {AmendmentState.PROPOSED: "info", AmendmentState.TAKEN: "ok"}


@dataclass(frozen=True)
class Said:
    """A text of staff, and the language it is in."""

    text: str
    language: str


def said(thing: Any, name: str) -> Said:
    return Said(*shown(thing, name))


def author(seat: Seat | None) -> str:
    """How members know whoever did something in the room."""
    return seat.known_as if seat is not None else str(pgettext("panel", "Secretariat"))


@dataclass(frozen=True)
class Room:
    """The private workspace as one visitor has it: a member with a seat, or the secretariat."""

    panel: Panel
    seat: Seat | None
    serves: bool
    now: datetime

    @classmethod
    def of(cls, panel: Panel, person: Visitor, now: datetime) -> "Room":
        return cls(panel, seat_of(person, panel, now), serves(person, panel), now)

    @property
    def writes(self) -> bool:
        return not self.panel.ended

    def url(self, name: str, *which: object) -> str:
        return reverse(f"panels:{name}", args=[self.panel.process.slug, self.panel.pk, *which])

    def around(self, here: str) -> dict[str, Any]:
        """What every page of the room stands in."""
        doors = [
            ("room", pgettext("panel", "Overview"), "home"),
            ("agenda", pgettext("panel", "Agenda"), "calendar-event"),
            ("papers", _("Documents"), "file-text"),
            ("threads", _("Discussions"), "messages"),
            ("polls", _("Straw polls"), "chart-bar"),
            ("drafts", pgettext("panel", "Texts"), "edit"),
        ]
        if self.seat is not None:
            doors.append(("me", _("My seat"), "armchair"))
        return {
            "room": self,
            "panel": self.panel,
            "process": self.panel.process,
            "name": said(self.panel, "name"),
            "doors": [
                {"label": label, "url": self.url(name), "icon": icon, "current": name == here}
                for name, label, icon in doors
            ],
        }


def public_seats(seats: Sequence[Seat]) -> dict[str, Any]:
    """Who sits, as far as each lets everybody know: those with a name or a district, then the numbers of the others."""
    alone = [str(seat.number) for seat in seats if not (seat.public_name or seat.public_district)]
    return {
        "seats": len(seats),
        "named": [seat.public_words for seat in seats if seat.public_name or seat.public_district],
        "numbers": ", ".join(alone),
        "numbered": len(alone),
    }


@dataclass(frozen=True)
class Poll:
    """A straw poll as one visitor sees it."""

    poll: StrawPoll
    open: bool
    rows: list[dict[str, Any]]
    words: str
    mine: frozenset[int]
    answered: bool

    @property
    def author(self) -> str:
        return author(self.poll.seat)


def poll(row: StrawPoll, given: StrawVoice | None, now: datetime) -> Poll:
    """`given` is what whoever looks has answered. The result stands only where it may be read."""
    mine = frozenset(option.pk for option in given.options.all()) if given else frozenset()
    number = row.answered  # type: ignore[attr-defined]  # annotated by queries.polls
    rows = []
    if shows_result(row, now):
        for option in row.options.all():
            count = option.number  # type: ignore[attr-defined]
            share = round(100 * count / number) if number else 0
            text = _("%(count)s (%(share)s %%)") % {"count": count, "share": share}
            rows.append({"label": option.words, "value": count, "text": text})
    words = ngettext("%(number)s member answered.", "%(number)s members answered.", number) % {"number": number}
    return Poll(row, now < row.closes_at, rows, words, mine, given is not None)


@dataclass(frozen=True)
class ShownDraft:
    draft: Draft
    state: str
    kind: str
    open: int

    @property
    def author(self) -> str:
        return author(self.draft.seat)


def draft(row: Draft) -> ShownDraft:
    state = DraftState(row.state)
    return ShownDraft(row, str(state.label), DRAFT_KINDS[state], getattr(row, "amendments_open", 0))


@dataclass(frozen=True)
class ShownAmendment:
    """An amendment with the words that would go and come, against the version it was proposed on."""

    amendment: Amendment
    state: str
    kind: str
    change: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]

    @property
    def author(self) -> str:
        return author(self.amendment.seat)


def amendment(row: Amendment) -> ShownAmendment:
    before = row.against.paragraph(row.key) or {"title": "", "text": ""}
    if row.change == Change.ADD:
        before = {"title": "", "text": ""}
    state = AmendmentState(row.state)
    return ShownAmendment(
        row,
        str(state.label),
        AMENDMENT_KINDS.get(state, ""),
        str(Change(row.change).label),
        pieces(before["title"], row.title),
        pieces(before["text"], row.text),
    )


def paragraphs(version: Version, amendments: Iterable[Amendment]) -> list[dict[str, Any]]:
    """Every paragraph with the amendments that wait on it."""
    waiting: dict[str, list[ShownAmendment]] = {}
    for row in amendments:
        if row.is_open:
            waiting.setdefault(row.key, []).append(amendment(row))
    return [{**each, "amendments": waiting.get(each["key"], [])} for each in version.paragraphs]


def terms(panel: Panel, now: datetime) -> list[dict[str, Any]]:
    """The terms with whether they are to come, run, or are over."""
    today = day_of(now)
    soon = {term.pk for term in queries.ending_soon(panel, now)}
    return [
        {
            "term": term,
            "seats": term.filled,
            "soon": term.pk in soon,
            "state": _("to come") if term.begins_on > today else _("over") if term.ends_on < today else _("under way"),
            "over": term.ends_on < today,
        }
        for term in queries.terms(panel)
    ]
