"""Pabulib files (`.pb`), the exchange format of participatory budgets: read and written exactly, in pure Python."""

from .election import Election, Malformed, Patterns, Project, Vote, VoteType
from .money import NotAnAmount, written
from .reading import read
from .writing import write

__all__ = [
    "Election",
    "Malformed",
    "NotAnAmount",
    "Patterns",
    "Project",
    "Vote",
    "VoteType",
    "read",
    "write",
    "written",
]
