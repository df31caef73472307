from .draft import Amendment, Draft, Version
from .panel import Panel, Seat, Term
from .poll import StrawOption, StrawPoll, StrawVoice
from .presence import Attendance, Payout
from .talk import Paper, Post, Thread

__all__ = [
    "Amendment",
    "Attendance",
    "Draft",
    "Panel",
    "Paper",
    "Payout",
    "Post",
    "Seat",
    "StrawOption",
    "StrawPoll",
    "StrawVoice",
    "Term",
    "Thread",
    "Version",
]
