"""The verbs. Keyword-only, `by=` says who (None: the platform itself), `now=` says when; one transaction each."""

from .agenda import add_item, drop_item, move_item, put_on_agenda
from .granting import (
    add_piece,
    drop_piece,
    match_project,
    move_match,
    remind_calls,
    save_call,
    tick,
    write_match,
)
from .registering import save_entry
from .resolving import resolve
from .reviewing import (
    change_money,
    chase,
    conclude,
    drop_money,
    finish_measuring,
    move_money,
    move_stage,
    open_review,
    propose,
    report,
)
from .seating import save_seat
from .sitting import (
    call_sitting,
    cancel_sitting,
    discard_sitting,
    hold_sitting,
    publish_minutes,
    save_sitting,
    write_minutes,
)

__all__ = [
    "add_item",
    "add_piece",
    "call_sitting",
    "cancel_sitting",
    "change_money",
    "chase",
    "conclude",
    "discard_sitting",
    "drop_item",
    "drop_money",
    "drop_piece",
    "finish_measuring",
    "hold_sitting",
    "match_project",
    "move_item",
    "move_match",
    "move_money",
    "move_stage",
    "open_review",
    "propose",
    "publish_minutes",
    "put_on_agenda",
    "remind_calls",
    "report",
    "resolve",
    "save_call",
    "save_entry",
    "save_seat",
    "save_sitting",
    "tick",
    "write_match",
    "write_minutes",
]
