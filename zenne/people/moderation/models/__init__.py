from .appeal import APPEAL_TERM, Appeal
from .block import LONGEST_BLOCK, Block
from .case import Case, Decision, Flag, Report
from .settings import FlaggedWord, FlagRule
from .trace import Trace

__all__ = [
    "APPEAL_TERM",
    "LONGEST_BLOCK",
    "Appeal",
    "Block",
    "Case",
    "Decision",
    "Flag",
    "FlagRule",
    "FlaggedWord",
    "Report",
    "Trace",
]
