"""The verbs of a draw by lot."""

from .answering import Contact, Reply, answer, empty, erase_answer, withdraw
from .post import (
    came_back,
    change_mailing,
    delete_files,
    print_letters,
    print_reminders,
    remind_due,
    sweep_printings,
)
from .seating import confirm, decline, lapse_due, leave, offer_all

__all__ = [
    "Contact",
    "Reply",
    "answer",
    "came_back",
    "change_mailing",
    "confirm",
    "decline",
    "delete_files",
    "empty",
    "erase_answer",
    "lapse_due",
    "leave",
    "offer_all",
    "print_letters",
    "print_reminders",
    "remind_due",
    "sweep_printings",
    "withdraw",
]
