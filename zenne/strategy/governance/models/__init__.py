"""The nouns: who sits in which body, what it dealt with, the periodic review of a plan, money that is asked for, and the registers."""

from .calls import Call, Match, Piece
from .registers import Entry
from .reviews import BudgetChange, Review, Stage
from .sittings import Item, Resolution, Seat, Sitting

__all__ = [
    "BudgetChange",
    "Call",
    "Entry",
    "Item",
    "Match",
    "Piece",
    "Resolution",
    "Review",
    "Seat",
    "Sitting",
    "Stage",
]
