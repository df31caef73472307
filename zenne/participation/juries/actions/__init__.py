"""The verbs of a jury. Other apps import them from here; each lives in a small file with its kin."""

from .candidates import release_candidate, take_candidates, take_subjects
from .chasing import chase
from .deliberating import close_session, move, open_session, word_reason, word_statement
from .members import (
    accept_invitation,
    appoint_chair,
    decline_invitation,
    invite,
    invite_again,
    leave,
    withdraw_invitation,
)
from .publishing import publish, publish_verdicts
from .scoring import lift_recusal, recuse, save_draft, submit, unlock
from .settings import change_jury, remove_criterion, write_criterion

__all__ = [
    "accept_invitation",
    "appoint_chair",
    "change_jury",
    "chase",
    "close_session",
    "decline_invitation",
    "invite",
    "invite_again",
    "leave",
    "lift_recusal",
    "move",
    "open_session",
    "publish",
    "publish_verdicts",
    "recuse",
    "release_candidate",
    "remove_criterion",
    "save_draft",
    "submit",
    "take_candidates",
    "take_subjects",
    "unlock",
    "withdraw_invitation",
    "word_reason",
    "word_statement",
    "write_criterion",
]
