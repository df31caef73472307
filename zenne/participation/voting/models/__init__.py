from .ballot import Ballot, Replaced, SealedBallot, VoteKey, Voter
from .funding import Contribution, Contributor
from .options import District, Exclusion, Option
from .paper import CounterPass, PaperBatch, PaperEntry
from .result import Result
from .vote import Vote

__all__ = [
    "Ballot",
    "Contribution",
    "Contributor",
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
