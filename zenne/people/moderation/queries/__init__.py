"""The reads worth a name."""

from .blocks import block_behind, block_of, blocked, blocks_of, forget_blocks
from .figures import Figures, figures_of
from .knowing import who_asks
from .queue import Page, Wanted, appeals_for, appeals_to_judge, cases_for, page_of, wanted
from .things import appeal_until, judges, latest_decision, statements_of, who_handles

__all__ = [
    "Figures",
    "Page",
    "Wanted",
    "appeal_until",
    "appeals_for",
    "appeals_to_judge",
    "block_behind",
    "block_of",
    "blocked",
    "blocks_of",
    "cases_for",
    "figures_of",
    "forget_blocks",
    "judges",
    "latest_decision",
    "page_of",
    "statements_of",
    "wanted",
    "who_asks",
    "who_handles",
]
