from .ballot import Ballot, Replaced, SealedBallot, VoteKey, Voter
from .options import District, Exclusion, Option
from .paper import CounterPass, PaperBatch, PaperEntry
from .result import Result
from .vote import Vote

__all__ = [
    "Ballot",
    "CounterPass",
    "District",
    "Exclusion",
    "Option",
    "PaperBatch",
    "PaperEntry",
    "Replaced",
    "Result",
    "SealedBallot",
    "Vote",
    "VoteKey",
    "Voter",
]
