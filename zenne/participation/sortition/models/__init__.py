from .draw import DiceReading, Draw, Offer
from .frame import Answer, Import, Invitation
from .lottery import Category, Feature, Lottery, Relaxation
from .post import Mailing, PrintedPart, Printing

__all__ = [
    "Answer",
    "Category",
    "DiceReading",
    "Draw",
    "Feature",
    "Import",
    "Invitation",
    "Lottery",
    "Mailing",
    "Offer",
    "PrintedPart",
    "Printing",
    "Relaxation",
]
