"""The verbs of a draw by lot."""

from .answering import Contact, Reply, answer, empty, erase_answer, erase_letter, withdraw
from .checking import begin_check, widen
from .committing import annul, commit, draw_panel, enter_signature, read_dice
from .computing import begin_draw, discard_draw, stop_computing
from .designing import (
    add_category,
    add_group,
    change_category,
    change_lottery,
    propose_quotas,
    remove_category,
    remove_group,
    set_quotas,
    unframe,
)
from .ending import destroy_due, destroy_frame, end, note_export
from .importing import discard_forgotten, discard_letters, read_letters, write_letters
from .inviting import close, close_due, send_letters
from .post import came_back, change_mailing, delete_files, print_letters, print_reminders, remind_due, sweep_printings
from .seating import confirm, decline, follow_vacancies, lapse_due, leave, offer_all, remind_seats

__all__ = [
    "Contact",
    "Reply",
    "add_category",
    "add_group",
    "annul",
    "answer",
    "begin_check",
    "begin_draw",
    "came_back",
    "change_category",
    "change_lottery",
    "change_mailing",
    "close",
    "close_due",
    "commit",
    "confirm",
    "decline",
    "delete_files",
    "destroy_due",
    "destroy_frame",
    "discard_draw",
    "discard_forgotten",
    "discard_letters",
    "draw_panel",
    "empty",
    "end",
    "enter_signature",
    "erase_answer",
    "erase_letter",
    "follow_vacancies",
    "lapse_due",
    "leave",
    "note_export",
    "offer_all",
    "print_letters",
    "print_reminders",
    "propose_quotas",
    "read_dice",
    "read_letters",
    "remind_due",
    "remind_seats",
    "remove_category",
    "remove_group",
    "send_letters",
    "set_quotas",
    "stop_computing",
    "sweep_printings",
    "unframe",
    "widen",
    "withdraw",
    "write_letters",
]
