from .candidate import Candidate, read_together
from .jury import MOST_POINTS, Criterion, Jury, Level
from .member import Member
from .sitting import Move, Session
from .work import Assessment, Score, Unlocking

__all__ = [
    "MOST_POINTS",
    "Assessment",
    "Candidate",
    "Criterion",
    "Jury",
    "Level",
    "Member",
    "Move",
    "Score",
    "Session",
    "Unlocking",
    "read_together",
]
