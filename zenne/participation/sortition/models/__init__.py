from .draw import DiceReading, Draw, Offer
from .frame import Answer, Import, Invitation
from .lottery import Category, Feature, Lottery, Relaxation

__all__ = [
    "Answer",
    "Category",
    "DiceReading",
    "Draw",
    "Feature",
    "Import",
    "Invitation",
    "Lottery",
    "Offer",
    "Relaxation",
]
