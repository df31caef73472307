"""The verbs. Keyword-only, `by=` says who, `now=` says when; one transaction each."""

from .desk import add_note, assign, move, tag
from .drafts import attach, detach, forget_draft, save_draft, sweep_drafts, take_over
from .merging import complete_merge, consent_merge, propose_merge, undo_merge
from .statuses import Outcome, answer_idea, change_status, change_statuses, follow_decision, publish_idea, reject_idea
from .supporting import oppose, support, withdraw_support
from .tallying import fold_tallies
from .writing import Place, adapt_idea, edit_idea, submit_idea, withdraw_idea

__all__ = [
    "Outcome",
    "Place",
    "adapt_idea",
    "add_note",
    "answer_idea",
    "assign",
    "attach",
    "change_status",
    "change_statuses",
    "complete_merge",
    "consent_merge",
    "detach",
    "edit_idea",
    "fold_tallies",
    "follow_decision",
    "forget_draft",
    "move",
    "oppose",
    "propose_merge",
    "publish_idea",
    "reject_idea",
    "save_draft",
    "submit_idea",
    "support",
    "sweep_drafts",
    "tag",
    "take_over",
    "undo_merge",
    "withdraw_idea",
    "withdraw_support",
]
