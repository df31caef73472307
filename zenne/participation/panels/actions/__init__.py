"""The verbs of a panel. Other apps import them from here; each lives in a small file with its kin."""

from .amending import propose, refuse, take, withdraw_amendment
from .claiming import claim, code_of, new_code
from .drafting import (
    add_paragraph,
    begin_draft,
    drop_paragraph,
    issue_draft,
    move_paragraph,
    restore_version,
    set_draft_state,
    word_paragraph,
)
from .filing import add_paper, publish_paper, remove_paper, take_paper_back
from .forming import change_panel, dissolve, form, renew, split_term
from .paying import close_payout, take_attendance
from .polling import answer_poll, ask, close_poll
from .seating import Contact, change_contact, end_due, forget, forget_past, forget_seat, introduce, seat, vacate
from .talking import close_thread, delete_post, hide_post, open_thread, say, say_of, show_post
from .writing_to import write_to

__all__ = [
    "Contact",
    "add_paper",
    "add_paragraph",
    "answer_poll",
    "ask",
    "begin_draft",
    "change_contact",
    "change_panel",
    "claim",
    "close_payout",
    "close_poll",
    "close_thread",
    "code_of",
    "delete_post",
    "dissolve",
    "drop_paragraph",
    "end_due",
    "forget",
    "forget_past",
    "forget_seat",
    "form",
    "hide_post",
    "introduce",
    "issue_draft",
    "move_paragraph",
    "new_code",
    "open_thread",
    "propose",
    "publish_paper",
    "refuse",
    "remove_paper",
    "renew",
    "restore_version",
    "say",
    "say_of",
    "seat",
    "set_draft_state",
    "show_post",
    "split_term",
    "take",
    "take_attendance",
    "take_paper_back",
    "vacate",
    "withdraw_amendment",
    "word_paragraph",
    "write_to",
]
