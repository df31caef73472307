"""The verbs. Keyword-only, `by=` says who, `now=` says when; one transaction each."""

from .arranging import (
    announce,
    cancel_meeting,
    change_meeting,
    delete_draft,
    set_agenda,
    write_meeting,
    write_series,
)
from .attending import Tick, count_walk_ins, tick
from .keeping import forget_person, remind_due, renew_calendar_key, sweep
from .lengthening import announce_series, lengthen_series
from .recording import (
    add_picture,
    enter_contribution,
    publish_minutes,
    remove_picture,
    take_back_minutes,
    write_minutes,
)
from .registering import (
    Wishes,
    cancel_registration,
    change_registration,
    confirm_guest,
    enter_guest,
    register,
    register_guest,
)

__all__ = [
    "Tick",
    "Wishes",
    "add_picture",
    "announce",
    "announce_series",
    "cancel_meeting",
    "cancel_registration",
    "change_meeting",
    "change_registration",
    "confirm_guest",
    "count_walk_ins",
    "delete_draft",
    "enter_contribution",
    "enter_guest",
    "forget_person",
    "lengthen_series",
    "publish_minutes",
    "register",
    "register_guest",
    "remind_due",
    "remove_picture",
    "renew_calendar_key",
    "set_agenda",
    "sweep",
    "take_back_minutes",
    "tick",
    "write_meeting",
    "write_minutes",
    "write_series",
]
