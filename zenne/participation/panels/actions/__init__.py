"""The verbs of a panel. Other apps import them from here; each lives in a small file with its kin."""

from .claiming import claim, code_of, new_code
from .forming import change_panel, dissolve, form, renew, split_term
from .seating import Contact, change_contact, end_due, forget, introduce, seat, vacate

__all__ = [
    "Contact",
    "change_contact",
    "change_panel",
    "claim",
    "code_of",
    "dissolve",
    "end_due",
    "forget",
    "form",
    "introduce",
    "new_code",
    "renew",
    "seat",
    "split_term",
    "vacate",
]
