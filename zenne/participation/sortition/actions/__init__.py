"""The verbs of a draw by lot."""

from .answering import Contact, Reply, answer, empty, erase_answer, withdraw
from .seating import confirm, decline, lapse_due, leave, offer_all

__all__ = [
    "Contact",
    "Reply",
    "answer",
    "confirm",
    "decline",
    "empty",
    "erase_answer",
    "lapse_due",
    "leave",
    "offer_all",
    "withdraw",
]
